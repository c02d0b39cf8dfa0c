import { ref } from 'vue'

export const announcement = ref('')
let clearing: ReturnType<typeof setTimeout> | undefined

/** Tells screen readers what changed, politely; the one live region of the app sits in AppShell. */
export function announce(text: string): void {
  announcement.value = ''
  clearTimeout(clearing)
  // The region must be empty for a moment, or saying the same again stays silent.
  setTimeout(() => {
    announcement.value = text
  }, 60)
  clearing = setTimeout(() => {
    announcement.value = ''
  }, 8000)
}
