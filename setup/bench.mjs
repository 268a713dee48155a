// npm run bench: tables of ratios, each pair measured in one run. npm run bench -- window: only the window, in a browser;
// further words name its parts (size, start, canvas, large, edits).
import path from 'node:path'
import { withoutFixtures } from './packs-plugin.mjs'
import { ensureBuild, ensureDependencies } from './ready.mjs'
import { root } from './root.mjs'

const [table, ...parts] = process.argv.slice(2)

await ensureDependencies()
await ensureBuild()
const { build, runnerImport } = await import('vite')
if (table !== 'window') await ratios()
if (table === undefined || table === 'window') await windowTable()

async function ratios() {
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    plugins: [withoutFixtures()],
    json: { stringify: true },
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: true,
      outDir: path.join(root, 'dist/bench'),
      target: 'node20',
      minify: true,
      rollupOptions: {
        input: Object.fromEntries(
          ['threats-child', 'parse-child', 'edit-child', 'prompts-child'].map(name => [
            name,
            path.join(root, `bench/${name}.ts`),
          ]),
        ),
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  })
  const { module } = await runnerImport(path.join(root, 'bench/run.ts'), { root, configFile: false, logLevel: 'error' })
  module.run(root)
}

async function windowTable() {
  const { default: react } = await import('@vitejs/plugin-react')
  process.env.NODE_ENV = 'production' // what ran modules before has marked the process as a development one
  await build({
    root: path.join(root, 'bench/plain'),
    configFile: false,
    logLevel: 'warn',
    base: './',
    plugins: [react(), withoutFixtures()],
    json: { stringify: true },
    build: { outDir: path.join(root, 'dist/bench/plain'), emptyOutDir: true, target: 'es2023', chunkSizeWarningLimit: 1500 },
  })
  const { module } = await runnerImport(path.join(root, 'bench/window.ts'), { root, configFile: false, logLevel: 'error' })
  await module.run(root, parts)
}
