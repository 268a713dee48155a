// Everything that runs is built here: the command line, the browser host, the workbench and the desktop shell.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { build as viteBuild } from 'vite'
import { buildElectron } from './build-electron.mjs'
import { noteBundled, writeBundled } from './bundled.mjs'
import { generate } from './generate.mjs'
import { dropFixtures, withoutFixtures } from './packs-plugin.mjs'
import { isProgram, root } from './root.mjs'
import { must } from './run.mjs'

export async function build() {
  await generate()
  // Generating runs modules through Vite, which marks the process as a development one: React would be built with all its checks.
  process.env.NODE_ENV = 'production'
  rmSync(path.join(root, 'dist'), { recursive: true, force: true })
  await buildCli()
  await viteBuild({ configFile: path.join(root, 'vite.config.ts'), logLevel: 'warn' })
  await buildElectron()
  writeBundled()
}

/** One small file that answers most commands, and files beside it that are read only by the commands that need them. */
export async function buildCli() {
  await viteBuild({
    root,
    configFile: false,
    logLevel: 'warn',
    plugins: [startData(), withoutFixtures(), forLaunch(), noteBundled('cli')],
    json: { stringify: true },
    ssr: { noExternal: true, target: 'node' },
    define: { 'process.env.NODE_ENV': '"production"', __VERSION__: JSON.stringify(await versionOf()) },
    build: {
      ssr: true,
      outDir: path.join(root, 'dist/cli'),
      target: 'node20',
      minify: true,
      emptyOutDir: true,
      rollupOptions: {
        input: { skeptic: path.join(root, 'cli/launch.ts'), main: path.join(root, 'cli/main.ts') },
        output: {
          format: 'cjs',
          banner: chunk => (chunk.name === 'skeptic' ? '#!/usr/bin/env node' : ''),
          entryFileNames: '[name].cjs',
          chunkFileNames: 'parts/[name].cjs',
          codeSplitting: { groups: [{ name: 'start', test: isStartup }] },
          exports: 'named',
        },
      },
    },
  })
  await warmUp()
}

/** Runs the program once over a small design, so that V8's code cache holds what a short run needs. */
async function warmUp() {
  const program = path.join(root, 'dist/cli/skeptic.cjs')
  const design = path.join(root, 'packs/samples/bank-transfer/threat-model')
  const dir = mkdtempSync(path.join(tmpdir(), 'skeptic-build-'))
  const bundle = path.join(dir, 'bundle.json')
  const env = { ...process.env, SKEPTIC_WRITE_CACHE: path.join(root, 'dist/cli/main.cache') }
  await must('Bundling the sample', process.execPath, [program, 'export', '--design', design, '--out', bundle, '--quiet'], {
    stdio: 'ignore',
  })
  await must('Warming up', process.execPath, [program, 'report', '--design', bundle], {
    env,
    stdio: 'ignore',
  })
  rmSync(dir, { recursive: true, force: true })
}

/** What reading, judging and reporting a design needs: one file, because every further file costs a start its lookup. */
function isStartup(id) {
  const place = path.relative(root, id)
  return STARTUP.some(pattern => pattern.test(place))
}

const STARTUP = [
  /^core\/support\/(?!encoding)/,
  /^core\/(?!(?:mitigations|dfd)\/checks)(dfd|threats|mitigations|gate|reports)\/(?!edits|explain|absence|geometry|routes|drawn|drawing|removal|membership|fixtures|policy-edits|slice|scope-of-slice|policy|floors|explain-decision|ask-work-item|judge|globs|control-rows|evaluate|simulate|outline|team-packs|merged|coverage|covered|trace|owasp-severity|rating-edits|cvss\.|cvss-score|rules-asked|difference|decisions-since|links|ledger-facts|forms|diagram|bom|kinds\.ts|kinds\/(?:executive|frameworks|gate\.|index-of-ids|proofs|records|review|trace)|document\/(?:as-(?!markdown)|html|escape)|together|rating|opening|cures|presets|confirm|standing|check-edits|owners|acceptance-edits|chain|copied|from-mermaid|mermaid-source|clipboard|reassign|sentence)/,
  /^core\/model\/(?!explain|ledger|write|diff|compare|create|merge|bring-back|removal|suggest)/,
  /^core\/targets\/(inert|active|hidden)\.ts$/,
  /^packs\/start\.ts$/,
  /^schemas\/(acceptor|generated\/accept-entities)/,
  /^cli\/(arguments|design|frame|main|pace|packs|commands|commands\/report)\.ts$/,
  /^node_modules\/(@noble\/hashes(?!\/hmac)|canonicalize)\//,
]

/** What every run needs of the packs, as one file of data beside the program: read and parsed, never compiled. */
function startData() {
  const read = place => JSON.parse(readFileSync(path.join(root, place), 'utf8'), dropFixtures)
  return {
    name: 'start-data',
    load(id) {
      if (path.relative(root, id) !== 'packs/start.ts') return undefined
      return `import { readFileSync } from 'node:fs'
        const { rules, guard: table } = JSON.parse(readFileSync(__dirname + '/start.json', 'latin1'))
        export const firstRules = [rules]
        export const guard = table`
    },
    generateBundle() {
      const data = { rules: read('packs/rules/stride-interaction.json'), guard: read('packs/generated/guard.json') }
      this.emitFile({ type: 'asset', fileName: 'start.json', source: asciiOnly(JSON.stringify(data)) })
    },
  }
}

function asciiOnly(text) {
  return text.replace(/[^\0-\x7f]/g, char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/**
 * What the launcher counts on (decision 0006): ASCII only, so that reading needs no decoding, and the bundler's helpers, which
 * have a file of their own for the parts, once more inside main.cjs, because a second file at start costs a third of a millisecond.
 * modules.json tells the tests what is in which file.
 */
function forLaunch() {
  return {
    name: 'for-launch',
    generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue
        chunk.code = asciiOnly(chunk.code)
      }
      const helpers = bundle['parts/rolldown-runtime.cjs']
      const main = bundle['main.cjs']
      if (!helpers || !main) throw new Error('setup/build.mjs: main.cjs or the helpers of the bundler have another name now')
      const call = /require\(["'`]\.\/parts\/rolldown-runtime\.cjs["'`]\)/
      if (!call.test(main.code)) throw new Error('setup/build.mjs: main.cjs does not read the helpers of the bundler')
      const modules = Object.values(bundle).map(chunk => [
        chunk.fileName,
        (chunk.moduleIds ?? []).map(id => path.relative(root, id)),
      ])
      this.emitFile({ type: 'asset', fileName: 'modules.json', source: JSON.stringify(Object.fromEntries(modules), null, 1) })
      main.code = shortened(main.code.replace(call, () => `(exports=>{${helpers.code}\nreturn exports})({})`))
    },
  }
}

/** The bundler writes out at each late part how parts are loaded; said once, it saves one and a half thousand bytes of every start. */
function shortened(code) {
  const late = /Promise\.resolve\(\)\.then\(\(\)=>require\(("[^"]+")\)\)/g
  const parts = code.match(late) ?? []
  if (parts.length === 0 || code.includes('$late')) throw new Error('setup/build.mjs: late parts are loaded in another way now')
  return `${code.replace(late, '$$late($1)')}\nfunction $late(part){return Promise.resolve().then(()=>require(part))}\n`
}

async function versionOf() {
  return JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).version
}

if (isProgram(import.meta.url)) await build()
