import { useShortcuts } from '../questions/useShortcuts.ts'

/** j and k walk along the lines, e is done with the one that has focus, s puts it off. Enter is the link itself. */
export function useInboxKeys(): void {
  const rows = () => [...document.querySelectorAll<HTMLElement>('[data-topic]')]
  const current = () => rows().findIndex((row) => row.contains(document.activeElement))

  function walk(step: 1 | -1): void {
    const all = rows()
    const at = current()
    const target = all[at < 0 ? 0 : Math.min(Math.max(at + step, 0), all.length - 1)]
    target?.querySelector<HTMLElement>('a, button')?.focus()
  }
  function press(act: 'done' | 'later'): void {
    const button = rows()[current()]?.querySelector<HTMLElement>(`[data-act="${act}"]`)
    button?.focus()
    button?.click()
  }
  useShortcuts({
    j: () => walk(1),
    k: () => walk(-1),
    e: () => press('done'),
    s: () => press('later'),
  })
}
