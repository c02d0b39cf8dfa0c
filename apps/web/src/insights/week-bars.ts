export interface Bar {
  x: number
  y: number
  width: number
  height: number
}

/** Columns on a drawing of this size, from left to right, the highest as high as the drawing. */
export function weekBars(
  values: number[],
  { width, height, gap }: { width: number; height: number; gap: number },
): Bar[] {
  const most = Math.max(1, ...values)
  const room = values.length > 0 ? (width - gap * (values.length - 1)) / values.length : 0
  return values.map((value, place) => {
    const tall = Math.round((Math.max(0, value) / most) * height)
    return { x: place * (room + gap), y: height - tall, width: room, height: tall }
  })
}
