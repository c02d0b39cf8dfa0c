// Runs before the first paint, so that a chosen mode never flashes; the policy forbids inline scripts.
;(() => {
  try {
    const mode = localStorage.getItem('meedenk.color-mode')
    if (mode === 'light' || mode === 'dark') document.documentElement.classList.add(mode)
  } catch {
    // Without storage the device decides.
  }
})()
