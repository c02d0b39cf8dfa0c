import { ref } from 'vue'

export const colorModes = ['light', 'dark', 'system'] as const
export type ColorMode = (typeof colorModes)[number]

// The same key is read by public/color-mode.js before the first paint.
const key = 'meedenk.color-mode'
const chosen = ref<ColorMode>(readChosen())

/** Light, dark or as the device says; kept on this device only. */
export function useColorMode() {
  function choose(mode: ColorMode): void {
    chosen.value = mode
    const root = document.documentElement.classList
    root.remove('light', 'dark')
    if (mode === 'system') localStorage.removeItem(key)
    else {
      root.add(mode)
      localStorage.setItem(key, mode)
    }
  }
  return { mode: chosen, choose }
}

function readChosen(): ColorMode {
  const root = document.documentElement.classList
  if (root.contains('dark')) return 'dark'
  return root.contains('light') ? 'light' : 'system'
}
