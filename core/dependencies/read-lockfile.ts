import { parseSyml } from '@yarnpkg/parsers'
import { parse as parseToml } from 'smol-toml'
import { isObject, type Loose, textOf } from '../evidence/loose.ts'
import { parseJson, placeOf, tooLarge } from '../model/json.ts'
import { ok, type Result, refuse } from '../support/result.ts'
import { goSums, readGoMod } from './go-mod.ts'
import { plainJson } from './jsonc.ts'
import { type Ecosystem, LOCKFILE_LENGTH, type LockedPackage, type Lockfile, MOST_PACKAGES, withoutRepeats } from './lockfile.ts'
import { bunPackages, npmPackages } from './npm-lock.ts'
import { pnpmPackages } from './pnpm-lock.ts'
import { cargoPackages, poetryPackages, uvPackages } from './toml-lock.ts'
import { parseYaml } from './yaml.ts'
import { yarnPackages } from './yarn-lock.ts'

type Read = {
  readonly format: string
  readonly ecosystem: Ecosystem
  readonly packages: readonly LockedPackage[]
}

/** Lockfiles by name; the content must bear the name out. */
const READERS: Readonly<Record<string, (file: string, text: string, sums: string | undefined) => Result<Read>>> = {
  'package-lock.json': readNpm,
  'npm-shrinkwrap.json': readNpm,
  'pnpm-lock.yaml': readPnpm,
  'yarn.lock': readYarn,
  'bun.lock': readBun,
  'Cargo.lock': readCargo,
  'poetry.lock': (file, text) => fromToml(file, text, 'poetry'),
  'uv.lock': (file, text) => fromToml(file, text, 'uv'),
  'go.mod': readGo,
}

const NOT_ALL = 'it need not name every package that is installed'
const LATER = 'this format is not read yet'

/** Files that say what is installed and are not read, with the reason. */
const REFUSED: Readonly<Record<string, string>> = {
  'Gemfile.lock': LATER,
  'composer.lock': LATER,
  'Pipfile.lock': LATER,
  'pdm.lock': LATER,
  'pylock.toml': LATER,
  'mix.lock': LATER,
  'pubspec.lock': LATER,
  'Podfile.lock': LATER,
  'Package.resolved': LATER,
  'packages.lock.json': LATER,
  'gradle.lockfile': LATER,
  'deno.lock': LATER,
  'bun.lockb': 'it is binary; bun writes bun.lock as text',
  'pom.xml': `${NOT_ALL}; a list of components (SBOM) does`,
  'build.gradle': `${NOT_ALL}; a list of components (SBOM) does`,
  'build.gradle.kts': `${NOT_ALL}; a list of components (SBOM) does`,
}

/** How a file of this name counts; undefined: it locks nothing. go.sum goes with its go.mod. */
export function lockfileNamed(path: string): 'read' | 'refused' | undefined {
  const name = nameIn(path)
  if (Object.hasOwn(READERS, name)) return 'read'
  return Object.hasOwn(REFUSED, name) || isRequirements(name) ? 'refused' : undefined
}

function nameIn(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

function isRequirements(name: string): boolean {
  return /^[\w.-]*requirements[\w.-]*\.txt$/i.test(name)
}

/** What a lockfile pins, told by its name and borne out by its content. `goSum`: the text of the go.sum beside a go.mod. */
export function readLockfile(path: string, text: string, goSum?: string): Result<Lockfile> {
  const name = nameIn(path)
  const read = Object.hasOwn(READERS, name) ? READERS[name] : undefined
  if (!read) return notRead(path, name)
  if (text.length > LOCKFILE_LENGTH) return tooLarge(path, text.length, LOCKFILE_LENGTH)
  const clean = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n')
  if (clean.trim() === '') return unfit(path, 'the file is empty')
  const result = read(path, clean, goSum)
  if (!result.ok) return result
  const { packages, ...rest } = result.value
  const nameless = packages.find(one => one.name === '')
  if (nameless) return unfit(path, `${nameless.pointer} names no package`)
  if (packages.length > MOST_PACKAGES) return unfit(path, `it pins more than ${MOST_PACKAGES} packages`)
  return ok({ path, ...rest, packages: withoutRepeats(packages) })
}

function notRead(path: string, name: string): Result<never> {
  const why = name === 'go.sum' ? 'it lists modules that are known, not those that are used: go.mod does' : REFUSED[name]
  return refuse({
    code: 'lockfile.format',
    at: path,
    message: `This lockfile is not read: ${why ?? (isRequirements(name) ? NOT_ALL : 'nothing is known of its name')}.`,
    cure: 'Look at what it brings in yourself, and answer the check.',
  })
}

function unfit(at: string, why: string): Result<never> {
  return refuse({
    code: 'lockfile.shape',
    at,
    message: `This lockfile cannot be read: ${why}.`,
    cure: 'Let the package manager write it again.',
  })
}

function objectFrom(file: string, parsed: Result<unknown>): Result<Loose> {
  if (!parsed.ok) return parsed
  return isObject(parsed.value) ? ok(parsed.value) : unfit(file, 'it holds no table')
}

const LIMITS = { length: LOCKFILE_LENGTH, depth: 100 }

function readNpm(file: string, text: string): Result<Read> {
  const lock = objectFrom(file, parseJson(file, text, LIMITS))
  if (!lock.ok) return lock
  const version = lock.value.lockfileVersion
  if (version !== 1 && version !== 2 && version !== 3) return unfit(file, 'lockfileVersion is none of 1, 2 and 3')
  if (version === 3 && !isObject(lock.value.packages)) return unfit(file, 'it has no packages')
  const packages = npmPackages(lock.value)
  return packages
    ? ok({ format: `package-lock ${version}`, ecosystem: 'npm', packages })
    : unfit(file, 'packages or dependencies is no table')
}

function readBun(file: string, text: string): Result<Read> {
  const lock = objectFrom(file, parseJson(file, plainJson(text), LIMITS))
  if (!lock.ok) return lock
  const { lockfileVersion } = lock.value
  const packages = typeof lockfileVersion === 'number' ? bunPackages(lock.value) : undefined
  return packages
    ? ok({ format: `bun.lock ${lockfileVersion}`, ecosystem: 'npm', packages })
    : unfit(file, 'it has no lockfileVersion or no packages')
}

function readPnpm(file: string, text: string): Result<Read> {
  const lock = objectFrom(file, parseYaml(file, text, { length: LOCKFILE_LENGTH, depth: 50, pieces: 4_000_000, repeated: 0 }))
  if (!lock.ok) return lock
  const version = String(lock.value.lockfileVersion ?? '')
  const major = Number.parseInt(version, 10)
  if (major !== 5 && major !== 6 && major !== 9) return unfit(file, 'lockfileVersion is none of 5, 6 and 9')
  const packages = pnpmPackages(lock.value, major)
  return packages ? ok({ format: `pnpm-lock ${version}`, ecosystem: 'npm', packages }) : unfit(file, 'packages is no table')
}

function readYarn(file: string, text: string): Result<Read> {
  const isClassic = /^(?:#.*\n|\s*\n)*?# yarn lockfile v1\n/i.test(text.slice(0, 2000))
  if (!isClassic && !/^__metadata:/m.test(text)) return unfit(file, 'nothing in it says that yarn wrote it')
  const hurt = hostileYarn(file, text)
  if (hurt) return hurt
  let parsed: unknown
  try {
    parsed = parseSyml(text)
  } catch (error) {
    return unfit(file, firstLine(error))
  }
  const lock = objectFrom(file, ok(parsed))
  if (!lock.ok) return lock
  const version = textOf((lock.value.__metadata as Loose | undefined)?.version)
  return ok({
    format: isClassic ? 'yarn.lock 1' : `yarn.lock berry ${version ?? '?'}`,
    ecosystem: 'npm',
    packages: yarnPackages(lock.value),
  })
}

/** What yarn never writes and what would hurt its parsers: deep nesting, anchors, aliases, tags, and a key that reaches into every object. */
function hostileYarn(file: string, text: string): Result<never> | undefined {
  let at = 0
  for (const line of text.split('\n')) {
    const refuseAt = (why: string) => unfit(placeOf(file, text, at), why)
    if (/^[ \t?:-]{40}/.test(line)) return refuseAt('it is nested too deep')
    if (line.includes('__proto__')) return refuseAt('it holds the key "__proto__", which attacks use')
    if (/^[ \t]*[&*!]|:[ \t]+[&*!|>{[]/.test(line))
      return refuseAt('it holds an anchor, an alias or a nested value, which yarn does not write')
    at += line.length + 1
  }
  return undefined
}

function tableOf(file: string, text: string): Result<Loose> {
  try {
    return objectFrom(file, ok(parseToml(text, { maxDepth: 50, integersAsBigInt: 'asNeeded' })))
  } catch (error) {
    return unfit(file, firstLine(error))
  }
}

function firstLine(error: unknown): string {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n')
  return line.slice(0, 200).replace(/[.:]$/, '')
}

function readCargo(file: string, text: string): Result<Read> {
  const lock = tableOf(file, text)
  if (!lock.ok) return lock
  if (!Array.isArray(lock.value.package)) return unfit(file, 'it lists no package, not even the project')
  return ok({ format: `Cargo.lock ${lock.value.version ?? 1}`, ecosystem: 'cargo', packages: cargoPackages(lock.value) })
}

function fromToml(file: string, text: string, tool: 'poetry' | 'uv'): Result<Read> {
  const lock = tableOf(file, text)
  if (!lock.ok) return lock
  const metadata = lock.value.metadata
  const version = tool === 'uv' ? lock.value.version : isObject(metadata) ? (metadata['lock-version'] ?? '?') : undefined
  if (version === undefined) return unfit(file, 'it does not say which version of the format it has')
  if (lock.value.package !== undefined && !Array.isArray(lock.value.package)) return unfit(file, 'package is no list')
  const packages = tool === 'uv' ? uvPackages(lock.value) : poetryPackages(lock.value)
  return ok({ format: `${tool}.lock ${String(version)}`, ecosystem: 'pypi', packages })
}

function readGo(file: string, text: string, sums: string | undefined): Result<Read> {
  const { name, go, packages } = readGoMod(text, sums === undefined ? undefined : goSums(sums))
  if (name === undefined) return unfit(file, 'it names no module')
  const [major = 0, minor = 0] = (go ?? '1.0').split('.').map(Number)
  if (packages.length > 0 && (major < 1 || (major === 1 && !(minor >= 17))))
    return unfit(file, `with go ${go ?? 'before 1.12'} it lists only what is asked for directly; since 1.17 it lists all`)
  return ok({ format: `go.mod ${go ?? ''}`.trimEnd(), ecosystem: 'golang', packages })
}
