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
  const find = (selector: string) => rows()[current()]?.querySelector<HTMLElement>(selector)
  function putOff(): void {
    const button = find('[data-act="later"] button')
    button?.focus()
    // A menu opens by key or pointer, not by a click that a script makes.
    button?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
  }
  useShortcuts({
    j: () => walk(1),
    k: () => walk(-1),
    e: () => find('[data-act="done"]')?.click(),
    s: putOff,
  })
}
