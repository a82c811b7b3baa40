import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/** zod carries a JSON Schema writer that the browser never calls: 5 kB (gzip) of a volunteer's first
 *  load of 150. Its exports become empty functions here; parsing does not touch them. */
function withoutJsonSchema(): Plugin {
  const writer = /zod\/v4\/core\/(json-schema-processors|to-json-schema)\.js$/
  return {
    name: 'manyhands:zod-without-json-schema',
    apply: 'build',
    transform(code, id) {
      if (!writer.test(id)) return null
      const names = [...code.matchAll(/^export (?:const|function) (\w+)/gm)].map(([, name]) => name)
      const empty = names.map((name) => `export const ${name} = () => undefined`)
      if (/export \{ \w+ as process \}/.test(code)) {
        empty.push('const nothing = () => undefined', 'export { nothing as process }')
      }
      return { code: empty.join('\n'), map: null }
    },
  }
}

/** The two Latin faces are on every page: asking for them beside the script saves a round trip and
 *  the jump when the text changes its face. */
function preloadFonts(): Plugin {
  const onEveryPage = /(figtree-latin-wght-normal|fraunces-latin-opsz-normal)-[\w-]+\.woff2$/
  return {
    name: 'manyhands:preload-fonts',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle }) =>
        Object.keys(bundle ?? {})
          .filter((file) => onEveryPage.test(file))
          .map((file) => ({
            tag: 'link',
            attrs: {
              rel: 'preload',
              as: 'font',
              type: 'font/woff2',
              href: `/${file}`,
              crossorigin: '',
            },
            injectTo: 'head',
          })),
    },
  }
}

/** The API while developing. It refuses writes from foreign pages, so it has to see our own host. */
const api = { target: process.env.API_URL ?? 'http://127.0.0.1:3000', changeOrigin: false }

export default defineConfig({
  plugins: [react(), withoutJsonSchema(), preloadFonts()],
  build: {
    target: 'baseline-widely-available',
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            {
              // Changes with a dependency, not with a release of ours: stays in the browser's cache.
              name: 'base',
              test: /node_modules\/(\.pnpm\/)?(react|react-dom|scheduler|@tanstack|zod|idb-keyval)[@/]/,
              tags: ['$initial'],
            },
            // What the first page needs of ours, in one file instead of ten small ones.
            { name: 'app', test: /packages\/(web|shared)\/src\//, tags: ['$initial'] },
          ],
        },
      },
    },
  },
  server: {
    port: 5173,
    strictPort: true,
    proxy: { '/api': api, '/uploads': api },
  },
})
