import { onBeforeUnmount, onMounted } from 'vue'

const setting = 'meedenk.shortcuts'

/** Whether keys without Ctrl do something; can be switched off under "weergave" (WCAG 2.1.4). */
function areShortcutsOn(): boolean {
  return localStorage.getItem(setting) !== 'off'
}

/** Acts on single keys while the page is there, but never while somebody types or a layer is open. */
export function useShortcuts(acts: Record<string, () => void>): void {
  function hear(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || !areShortcutsOn()) return
    if (
      event.target instanceof Element &&
      event.target.closest('input, textarea, select, [role="dialog"], [role="menu"]')
    )
      return
    const act = acts[event.key]
    if (!act) return
    event.preventDefault()
    act()
  }
  onMounted(() => addEventListener('keydown', hear))
  onBeforeUnmount(() => removeEventListener('keydown', hear))
}
