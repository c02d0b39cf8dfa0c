import { useShortcuts } from './useShortcuts.ts'

/** j and k walk along the rows, d thinks along with the one that has focus, f opens the filters. */
export function useRowKeys({ openFilters }: { openFilters(): void }): void {
  const rows = () => [...document.querySelectorAll<HTMLElement>('[data-row]')]
  const current = () => rows().findIndex((row) => row.contains(document.activeElement))

  function walk(step: 1 | -1): void {
    const all = rows()
    const at = current()
    const target = all[at < 0 ? 0 : Math.min(Math.max(at + step, 0), all.length - 1)]
    target?.querySelector<HTMLElement>('a')?.focus()
  }
  useShortcuts({
    j: () => walk(1),
    k: () => walk(-1),
    d: () => rows()[current()]?.querySelector<HTMLElement>('.md-row-side')?.click(),
    f: openFilters,
  })
}
