import { useShortcuts } from './useShortcuts.ts'

/** n and p walk along the answers, b thanks the one that has focus, d goes to the composer, m opens what more there is. */
export function useAnswerKeys(): void {
  const answers = () => [...document.querySelectorAll<HTMLElement>('[data-answer]')]
  const current = () => answers().findIndex((answer) => answer.contains(document.activeElement))

  function walk(step: 1 | -1): void {
    const all = answers()
    const at = current()
    const target = all[at < 0 ? 0 : Math.min(Math.max(at + step, 0), all.length - 1)]
    target?.querySelector<HTMLElement>('h3')?.focus()
    target?.scrollIntoView({ block: 'nearest' })
  }
  useShortcuts({
    n: () => walk(1),
    p: () => walk(-1),
    b: () => answers()[current()]?.querySelector<HTMLElement>('[data-thanks]')?.click(),
    d: () => document.querySelector<HTMLElement>('#denk-mee textarea')?.focus(),
    m: () => openMenu(document.querySelector<HTMLElement>('[data-more] button')),
  })
}

/** A menu that is there opens on the keys of a menu button; one that is still to be fetched opens on a click. */
function openMenu(button: HTMLElement | null): void {
  if (button?.dataset['state']) {
    button.focus()
    button.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
  } else button?.click()
}
