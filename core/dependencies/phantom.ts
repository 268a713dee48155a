import { byText } from '../support/order.ts'
import { NODE_BUILTINS, PYTHON_BUILTINS, PYTHON_NAMES } from './builtins.ts'
import { type Imports, jsImports, type Specifier, scriptsIn } from './js-imports.ts'
import type { Ecosystem, Lockfile } from './lockfile.ts'
import type { Manifest } from './manifest.ts'
import { pythonImports } from './python-imports.ts'
import { pythonName } from './toml-lock.ts'

/** A changed source file as it is now. */
export type SourceText = { readonly path: string; readonly text: string }

/** An import of a name that nothing here explains. */
export type Import = {
  readonly ecosystem: Ecosystem
  readonly path: string
  readonly line: number
  readonly name: string
}

export type Phantoms = {
  /** Belongs to nothing that is known, and everything is known. */
  readonly phantoms: readonly Import[]
  /** Belongs to nothing that is known, but not everything is known. */
  readonly unplaced: readonly Import[]
  /** Changed code whose imports are not looked at, with the reason. */
  readonly unread: readonly { readonly path: string; readonly why: string }[]
  /** Files whose imports were looked at. */
  readonly looked: number
}

/** What gives a name a meaning besides lockfiles and manifests. */
export type Surroundings = {
  /** Paths of the judged tree. */
  readonly paths: readonly string[]
  /** Specifiers of tsconfig `paths`; folders of its `baseUrl`, empty for the root. */
  readonly tsPaths: readonly string[]
  readonly baseFolders: readonly string[]
  /** Ecosystems of which not everything could be read, so that an unknown name proves nothing. */
  readonly unsure: ReadonlySet<Ecosystem>
}

const JS = /\.(?:[cm]?[jt]sx?)$/
const COMPONENT = /\.(?:vue|svelte)$/
const PYTHON = /\.pyi?$/
/** Languages with a registry whose imports are not read. Go and Rust refuse by themselves to build what go.mod or Cargo.toml does not name. */
const OTHER = /\.(?:java|kts?|scala|groovy|cs|fs|vb|rb|php|swift|dart|exs?|erl|hs|lua|p[lm]|r|jl|cljs?|zig|astro|sol|coffee)$/i

/** Whether the imports of such a file matter. */
export function isSource(path: string): boolean {
  return JS.test(path) || COMPONENT.test(path) || PYTHON.test(path) || OTHER.test(path)
}

export function phantomsIn(
  sources: readonly SourceText[],
  locked: { readonly lockfiles: readonly Lockfile[]; readonly manifests: readonly Manifest[] },
  around: Surroundings,
): Phantoms {
  const known = { npm: npmKnown(locked, around), pypi: pythonKnown(locked, around) }
  const found: Import[] = []
  const unread: { path: string; why: string }[] = []
  let looked = 0
  for (const { path, text } of sources) {
    if (OTHER.test(path)) {
      unread.push({ path, why: 'imports of this language are not read' })
      continue
    }
    const isPython = PYTHON.test(path)
    const { specifiers, isWhole }: Imports = isPython
      ? pythonImports(text)
      : jsImports(COMPONENT.test(path) ? scriptsIn(text) : text)
    if (!isWhole) unread.push({ path, why: 'a text or comment in it never ends' })
    looked++
    const ecosystem = isPython ? 'pypi' : 'npm'
    for (const specifier of specifiers) {
      const name = isPython ? specifier.text : packageIn(specifier)
      if (name !== undefined && !known[ecosystem](name, specifier.text))
        found.push({ ecosystem, path, line: specifier.line, name })
    }
  }
  // A Python module need not bear the name of its distribution, so an unknown one proves nothing.
  // Neither does one that may be a folder of the project, which some bundlers can be told to look into.
  const roots = [
    '',
    'src',
    'app',
    'lib',
    ...locked.manifests.flatMap(({ path }) => [folderOf(path), inside(folderOf(path), 'src')]),
  ]
  const local = found.length > 0 ? firstNames(around.paths, roots) : new Set<string>()
  const isPhantom = ({ ecosystem, name }: Import) =>
    ecosystem === 'npm' && !around.unsure.has('npm') && !name.includes(':') && !local.has(name)
  const unique = [...new Map(found.map(one => [JSON.stringify([one.path, one.name]), one])).values()].sort(
    (a, b) => byText(a.path, b.path) || a.line - b.line,
  )
  return { phantoms: unique.filter(isPhantom), unplaced: unique.filter(one => !isPhantom(one)), unread, looked }
}

/** The package of a specifier; undefined where it can belong to no registry. An address that is fetched stays whole. */
function packageIn({ text }: Specifier): string | undefined {
  const specifier = text.replace(/^.*!/s, '').replace(/[?].*$/s, '')
  if (/^(?:https?|npm|jsr):/.test(specifier)) return specifier
  if (specifier === '' || /^[./#~$\\]/.test(specifier) || specifier.includes(':')) return undefined
  const [first = '', second] = specifier.split('/')
  if (!first.startsWith('@')) return first
  return first.length > 1 && second !== undefined && second !== '' ? `${first}/${second}` : undefined
}

type Knows = (name: string, specifier: string) => boolean

function namesIn({ lockfiles, manifests }: Parameters<typeof phantomsIn>[1], ecosystem: Ecosystem): Set<string> {
  const names = new Set<string>()
  for (const lockfile of lockfiles.filter(one => one.ecosystem === ecosystem))
    for (const { name, alias } of lockfile.packages) {
      names.add(name)
      if (alias !== undefined) names.add(alias)
    }
  for (const manifest of manifests.filter(one => one.ecosystem === ecosystem))
    for (const name of [...manifest.declared, ...manifest.optional, ...(manifest.name === undefined ? [] : [manifest.name])])
      names.add(name)
  return names
}

function npmKnown(locked: Parameters<typeof phantomsIn>[1], { paths, tsPaths, baseFolders }: Surroundings): Knows {
  const names = namesIn(locked, 'npm')
  const aliases = [...tsPaths, ...locked.manifests.flatMap(({ aliases: own }) => own)]
  const local = firstNames(paths, baseFolders)
  return (name, specifier) =>
    NODE_BUILTINS.has(name) ||
    names.has(name) ||
    names.has(`@types/${name.startsWith('@') ? name.slice(1).replace('/', '__') : name}`) ||
    aliases.some(alias => fitsAlias(alias, specifier)) ||
    local.has(name.split('/')[0] ?? name)
}

/** `@app/*` fits `@app/x`; without a star only itself. A lone star fits everything and so says nothing. */
function fitsAlias(alias: string, specifier: string): boolean {
  const star = alias.indexOf('*')
  if (star < 0) return alias === specifier
  const [head, tail] = [alias.slice(0, star), alias.slice(star + 1)]
  return head !== '' && specifier.length >= head.length + tail.length && specifier.startsWith(head) && specifier.endsWith(tail)
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}

function inside(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`
}

/** Folders and files that stand directly in one of these folders. */
function firstNames(paths: readonly string[], folders: readonly string[]): ReadonlySet<string> {
  const names = new Set<string>()
  for (const folder of new Set(folders)) {
    const start = folder === '' ? '' : `${folder}/`
    for (const path of paths) {
      if (!path.startsWith(start)) continue
      const rest = path.slice(start.length)
      const slash = rest.indexOf('/')
      names.add(slash < 0 ? rest.replace(/(?:\.d)?\.[^.]+$/, '') : rest.slice(0, slash))
    }
  }
  return names
}

function pythonKnown(locked: Parameters<typeof phantomsIn>[1], { paths }: Surroundings): Knows {
  const names = namesIn(locked, 'pypi')
  const local = new Set(
    paths.filter(path => PYTHON.test(path)).flatMap(path => path.split('/').map(part => part.replace(PYTHON, ''))),
  )
  return name =>
    PYTHON_BUILTINS.has(name) ||
    local.has(name) ||
    names.has(pythonName(name)) ||
    names.has(pythonName(PYTHON_NAMES.get(name) ?? name))
}
