// npm run bench: one table of ratios, each pair measured in one run.
import path from 'node:path'
import { withoutFixtures } from './packs-plugin.mjs'
import { ensureBuild, ensureDependencies } from './ready.mjs'
import { root } from './root.mjs'

await ensureDependencies()
await ensureBuild()
const { build, runnerImport } = await import('vite')
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
        ['threats-child', 'parse-child', 'edit-child'].map(name => [name, path.join(root, `bench/${name}.ts`)]),
      ),
      output: { format: 'cjs', entryFileNames: '[name].cjs' },
    },
  },
})
const { module } = await runnerImport(path.join(root, 'bench/run.ts'), { root, configFile: false, logLevel: 'error' })
module.run(root)
