// npm run pack: the command line, the browser workbench and the hub as one npm package without dependencies, in dist/npm.
import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { bundledPackages, noticesText } from './pack-notices.mjs'
import { isProgram, root } from './root.mjs'

/** What goes in, by pattern of its place in the project, and how it is called there. Whatever no line names stays behind. */
export const CONTENTS = [
  /^dist\/cli\/(skeptic|main)\.cjs$/,
  /^dist\/cli\/start\.json$/,
  /^dist\/cli\/parts\/[\w-]+\.cjs$/,
  /^dist\/renderer\/(index|mermaid-host)\.html$/,
  /^dist\/renderer\/mermaid-host\.js$/,
  /^dist\/renderer\/assets\/[\w.-]+\.(css|js|woff2)$/,
  /^packs\/samples\/(?!README)/,
  /^LICENSE$/,
]

const PLACES = ['dist/cli', 'dist/renderer', 'packs/samples', 'LICENSE']

/** Lays the package out in `to` from a built project; answers its files, sorted. */
export function stageCli({ folder = root, to }) {
  rmSync(to, { recursive: true, force: true })
  const files = PLACES.flatMap(place => filesBelow(folder, place)).filter(file => CONTENTS.some(form => form.test(file)))
  for (const file of files) {
    const target = path.join(to, file)
    mkdirSync(path.dirname(target), { recursive: true })
    cpSync(path.join(folder, file), target)
  }
  cpSync(path.join(root, 'setup/npm-page.md'), path.join(to, 'README.md'))
  writeFileSync(path.join(to, 'THIRD-PARTY-NOTICES.txt'), noticesText(bundledPackages({ folder })))
  writeFileSync(path.join(to, 'package.json'), `${JSON.stringify(describeCli(folder), null, 2)}\n`)
  const staged = filesBelow(to, '.').sort()
  // Whatever the umask of who builds: the archive is the same, and others than root can read what root installs.
  for (const file of staged) chmodSync(path.join(to, file), 0o644)
  return staged
}

/** The description of the npm package: ours without what only a checkout needs, and without a dependency. */
export function describeCli(folder = root) {
  const { name, version, description, license, bin, engines } = JSON.parse(
    readFileSync(path.join(folder, 'package.json'), 'utf8'),
  )
  return {
    name,
    version,
    description,
    license,
    keywords: ['threat-model', 'stride', 'security', 'design', 'verification'],
    bin,
    files: ['dist', 'packs', 'THIRD-PARTY-NOTICES.txt'],
    engines,
    publishConfig: { access: 'public', provenance: true },
  }
}

/** Stages and packs into `out`; answers the tarball and what it holds. Reaches for no network. */
export function packCli({ folder = root, out = path.join(folder, 'dist/npm') } = {}) {
  const to = path.join(out, 'package')
  const staged = stageCli({ folder, to })
  const command = ['pack', '--json', '--offline', '--ignore-scripts', '--pack-destination', out]
  const said = execFileSync('npm', command, {
    cwd: to,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    shell: process.platform === 'win32',
  })
  const [made] = Object.values(JSON.parse(said))
  const files = made.files.map(file => file.path).sort()
  const lost = staged.filter(file => !files.includes(file))
  if (lost.length > 0) throw new Error(`npm pack left out ${lost.join(', ')}`)
  return { tarball: path.join(out, made.filename), files, size: made.size, unpackedSize: made.unpackedSize }
}

function filesBelow(folder, place) {
  if (statSync(path.join(folder, place)).isFile()) return [place]
  return readdirSync(path.join(folder, place), { withFileTypes: true }).flatMap(entry =>
    entry.isDirectory() ? filesBelow(folder, path.posix.join(place, entry.name)) : [path.posix.join(place, entry.name)],
  )
}

if (isProgram(import.meta.url)) {
  const { ensureBuild, ensureDependencies } = await import('./ready.mjs')
  await ensureDependencies()
  await ensureBuild()
  const { tarball, files, size, unpackedSize } = packCli()
  const mega = bytes => `${(bytes / 1e6).toFixed(1)} MB`
  process.stdout.write(
    `${path.relative(root, tarball)}: ${files.length} files, ${mega(size)} packed, ${mega(unpackedSize)} unpacked\n`,
  )
}
