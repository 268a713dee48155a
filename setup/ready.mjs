import { createHash } from 'node:crypto'
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { root } from './root.mjs'
import { must } from './run.mjs'

/** Sources that a build is made from; tests, docs and benches are not. */
const SOURCES = [
  'cli',
  'core',
  'electron',
  'host',
  'hub',
  'packs',
  'renderer',
  'schemas',
  'setup',
  'templates',
  'ydoc',
  'package-lock.json',
  'vite.config.ts',
  'tsconfig.base.json',
]

/** Installs the dependencies when they are missing or the lock has moved on. */
export async function ensureDependencies() {
  const stamp = path.join(root, 'node_modules', '.skeptic-lock')
  const lock = digestOfFiles([path.join(root, 'package-lock.json')])
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return
  const modules = path.join(root, 'node_modules')
  // npm would empty the folder that the link leads to, under the feet of whoever else uses it.
  if (lstatSync(modules, { throwIfNoEntry: false })?.isSymbolicLink())
    throw new Error(`${modules} is a link to dependencies of another lock. Remove the link, or install where it leads to.`)
  say('Installing dependencies (once)')
  await must('npm ci', 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'])
  writeFileSync(stamp, lock)
}

/** Builds when a source is newer than what was built from it. */
export async function ensureBuild() {
  const stamp = path.join(root, 'dist', '.stamp')
  const sources = digestOfFiles(filesBelow(SOURCES.map(name => path.join(root, name))))
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) return
  say('Building (when a source changed)')
  const { build } = await import('./build.mjs')
  await build()
  mkdirSync(path.dirname(stamp), { recursive: true })
  writeFileSync(stamp, sources)
}

export function say(text) {
  process.stderr.write(`${text} ...\n`)
}

function filesBelow(places) {
  return places.flatMap(place => {
    if (!existsSync(place)) return []
    if (statSync(place).isFile()) return [place]
    if (/(^|[\\/])(generated|\.skeptic|samples)$/.test(place)) return []
    return filesBelow(
      readdirSync(place)
        .sort()
        .map(name => path.join(place, name)),
    )
  })
}

function digestOfFiles(files) {
  const hash = createHash('sha256')
  for (const file of files)
    hash
      .update(`${path.relative(root, file)}\0`)
      .update(readFileSync(file))
      .update('\0')
  return hash.digest('hex')
}
