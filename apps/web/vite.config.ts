import { readFileSync } from 'node:fs'
import tailwindcss from '@tailwindcss/vite'
import vue from '@vitejs/plugin-vue'
import { defineConfig, type Plugin } from 'vite'

const api = process.env['MEEDENK_API'] ?? 'http://localhost:3000'

/** The two latin fonts and the Dutch texts are needed for the first line, so the page asks for them at once. */
function preloadFirst(): Plugin {
  return {
    name: 'meedenk-preload-first',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle }) {
        const files = Object.keys(bundle ?? {})
        const link = (attrs: Record<string, string | boolean>) => ({ tag: 'link', attrs, injectTo: 'head' as const })
        return [
          ...files
            .filter((file) => /latin-(opsz|wght)-normal.*\.woff2$/.test(file))
            .map((file) =>
              link({ rel: 'preload', href: `/${file}`, as: 'font', type: 'font/woff2', crossorigin: true }),
            ),
          ...files
            .filter((file) => /messages-nl-.*\.js$/.test(file))
            .map((file) => link({ rel: 'modulepreload', href: `/${file}`, crossorigin: true })),
        ]
      },
    },
  }
}

/** The server writes the pages of plain text for readers without JavaScript, so they are left beside the app as they are. */
function leaveTexts(): Plugin {
  return {
    name: 'meedenk-leave-texts',
    apply: 'build',
    generateBundle() {
      for (const language of ['nl', 'en']) {
        const source = readFileSync(new URL(`./src/info/locales/${language}.json`, import.meta.url), 'utf8')
        this.emitFile({ type: 'asset', fileName: `texts/info.${language}.json`, source })
      }
    },
  }
}

// Sixty small files cost more in headers and waiting than in code, so what nearly every page needs travels together.
// The heavy layers (menus, dialogs, lists to search) stay apart: they are fetched when somebody opens one.
const chunks = [
  {
    name: 'base',
    test: /node_modules[\\/](?!.*(reka-ui|@floating-ui|@simplewebauthn|@internationalized|@tanstack|@vueuse))/,
  },
  {
    name: 'kit',
    test: /src[\\/](shell|ui)[\\/](?!locales|messages-|Md(Layer|Dialog|Drawer|Combobox|MenuPanel)|AccountMenu)[\w-]+\.(ts|vue)/,
  },
]

export default defineConfig({
  plugins: [vue(), tailwindcss(), preloadFirst(), leaveTexts()],
  build: {
    // light-dark() must reach the browser untouched, or yellow blocks could not stay light inside a dark page.
    target: ['chrome123', 'firefox120', 'safari17.5'],
    manifest: true,
    cssCodeSplit: false,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { output: { codeSplitting: { groups: chunks } } },
  },
  define: { __VUE_OPTIONS_API__: false, __VUE_I18N_LEGACY_API__: false, __INTLIFY_PROD_DEVTOOLS__: false },
  server: { proxy: { '/api': api } },
  preview: { proxy: { '/api': api } },
})
