import tailwindcss from '@tailwindcss/vite'
import vue from '@vitejs/plugin-vue'
import { defineConfig, type Plugin } from 'vite'

const api = process.env['MEEDENK_API'] ?? 'http://localhost:3000'

/** The two latin fonts are needed for the first line of text, so the page asks for them before the stylesheet does. */
function preloadFonts(): Plugin {
  return {
    name: 'meedenk-preload-fonts',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle }) {
        return Object.keys(bundle ?? {})
          .filter((file) => /latin-(opsz|wght)-normal.*\.woff2$/.test(file))
          .map((file) => ({
            tag: 'link',
            attrs: { rel: 'preload', href: `/${file}`, as: 'font', type: 'font/woff2', crossorigin: true },
            injectTo: 'head-prepend' as const,
          }))
      },
    },
  }
}

export default defineConfig({
  plugins: [vue(), tailwindcss(), preloadFonts()],
  build: {
    // light-dark() must reach the browser untouched, or yellow blocks could not stay light inside a dark page.
    target: ['chrome123', 'firefox120', 'safari17.5'],
    manifest: true,
    cssCodeSplit: false,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  define: { __VUE_OPTIONS_API__: false, __VUE_I18N_LEGACY_API__: false, __INTLIFY_PROD_DEVTOOLS__: false },
  server: { proxy: { '/api': api } },
  preview: { proxy: { '/api': api } },
})
