import { parse as parseToml } from 'smol-toml'
import { isObject, type Loose, listOf, objectOf, textOf } from '../evidence/loose.ts'
import { parseJson } from '../model/json.ts'
import { ok, type Result, refuse } from '../support/result.ts'

import { readGoMod } from './go-mod.ts'
import { plainJson } from './jsonc.ts'
import type { Ecosystem } from './lockfile.ts'
import { pythonName } from './toml-lock.ts'

/** What a project says that it needs. */
export type Manifest = {
  readonly path: string
  readonly ecosystem: Ecosystem
  /** Its own name, by which its neighbours may import it. */
  readonly name?: string
  /** Names that must be locked once they are declared. */
  readonly declared: readonly string[]
  /** Names that somebody else provides. */
  readonly optional: readonly string[]
  /** Specifiers that its own code may import besides, as `#x` and `#x/*`. */
  readonly aliases: readonly string[]
  /** Whether all it declares is in these lists; setup scripts compute theirs. */
  readonly isWhole: boolean
}

const MANIFEST_LENGTH = 1024 * 1024

export function isManifest(path: string): boolean {
  return ['package.json', 'pyproject.toml', 'Cargo.toml', 'go.mod'].includes(path.slice(path.lastIndexOf('/') + 1))
}

export function readManifest(path: string, text: string): Result<Manifest> {
  if (text.length > MANIFEST_LENGTH) return unfit(path, 'it is too large')
  const name = path.slice(path.lastIndexOf('/') + 1)
  if (name === 'go.mod') return ok(fromGo(path, text))
  if (name === 'package.json') {
    const parsed = parseJson(path, text, { length: MANIFEST_LENGTH, depth: 100 })
    if (!parsed.ok) return parsed
    return isObject(parsed.value) ? ok(fromNpm(path, parsed.value)) : unfit(path, 'it holds no object')
  }
  try {
    const table = parseToml(text, { maxDepth: 50, integersAsBigInt: 'asNeeded' }) as Loose
    return ok(name === 'Cargo.toml' ? fromCargo(path, table) : fromPython(path, table))
  } catch (error) {
    return unfit(path, (error instanceof Error ? error.message : '').split('\n')[0]?.slice(0, 200) ?? '')
  }
}

function unfit(at: string, why: string): Result<never> {
  return refuse({ code: 'manifest.shape', at, message: `This manifest cannot be read: ${why}.`, cure: 'Correct it there.' })
}

function keysIn(table: Loose, keys: readonly string[]): readonly string[] {
  return keys.flatMap(key => Object.keys(objectOf(table[key])))
}

function base(path: string, ecosystem: Ecosystem, name: string | undefined) {
  return { path, ecosystem, ...(name === undefined ? {} : { name }), optional: [], aliases: [], isWhole: true } as const
}

function fromNpm(path: string, table: Loose): Manifest {
  return {
    ...base(path, 'npm', textOf(table.name)),
    declared: ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap(key =>
      Object.entries(objectOf(table[key])).flatMap(([called, range]) =>
        /^(?:link|portal|workspace):/.test(textOf(range) ?? '') ? [] : [called],
      ),
    ),
    optional: keysIn(table, ['peerDependencies']),
    aliases: Object.keys(objectOf(table.imports)),
  }
}

function fromGo(path: string, text: string): Manifest {
  const { name, direct } = readGoMod(text, undefined)
  return { ...base(path, 'golang', name), declared: direct }
}

const CARGO = ['dependencies', 'dev-dependencies', 'build-dependencies'] as const

function fromCargo(path: string, table: Loose): Manifest {
  const places = [table, objectOf(table.workspace), ...Object.values(objectOf(table.target)).map(objectOf)]
  const declared = places.flatMap((place, index) =>
    // What a workspace merely offers to its members need not be locked.
    (index === 1 ? [] : CARGO).flatMap(key =>
      Object.entries(objectOf(place[key])).map(([called, value]) => textOf(objectOf(value).package) ?? called),
    ),
  )
  return { ...base(path, 'cargo', textOf(objectOf(table.package).name)), declared }
}

function fromPython(path: string, table: Loose): Manifest {
  const project = objectOf(table.project)
  const poetry = objectOf(objectOf(table.tool).poetry)
  const uv = objectOf(objectOf(table.tool).uv)
  const lists = [
    project.dependencies,
    ...Object.values(objectOf(project['optional-dependencies'])),
    ...Object.values(objectOf(table['dependency-groups'])),
    uv['dev-dependencies'],
  ]
  const named = lists.flatMap(listOf).flatMap(one => /^\s*([A-Za-z0-9][\w.-]*)/.exec(textOf(one) ?? '')?.[1] ?? [])
  const tables = [poetry, ...Object.values(objectOf(poetry.group)).map(objectOf)]
  const asked = tables.flatMap(one => keysIn(one, ['dependencies', 'dev-dependencies'])).filter(name => name !== 'python')
  const name = textOf(project.name) ?? textOf(poetry.name)
  return {
    ...base(path, 'pypi', name === undefined ? undefined : pythonName(name)),
    declared: [...named, ...asked].map(pythonName),
    isWhole: !listOf(project.dynamic).includes('dependencies'),
  }
}

/** Specifiers that a tsconfig gives a meaning: its `paths`, and its `baseUrl` as a folder; undefined when it cannot be read. */
export function pathsOfConfig(
  text: string,
): { readonly paths: readonly string[]; readonly baseUrl: string | undefined } | undefined {
  const parsed = parseJson('tsconfig.json', plainJson(text), { length: MANIFEST_LENGTH, depth: 100 })
  if (!parsed.ok) return undefined
  const options = objectOf(objectOf(parsed.value).compilerOptions)
  return { paths: Object.keys(objectOf(options.paths)), baseUrl: textOf(options.baseUrl) }
}
