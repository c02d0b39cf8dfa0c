export const silentMinutes = 15

/** An edit soon after posting is a correction: readers do not see that it happened, nor what stood there before. */
export function isSilent(postedAt: Date | string, now: Date): boolean {
  return now.getTime() - new Date(postedAt).getTime() < silentMinutes * 60_000
}
