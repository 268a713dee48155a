import type { LockedPackage } from './lockfile.ts'

/** Modules and versions of a go.sum that have a digest of their code; it lists what Go knows of, which is more than what is used. */
export function goSums(text: string): ReadonlyMap<string, string> {
  const sums = new Map<string, string>()
  for (const line of text.split('\n')) {
    const [name, version, sum] = line.trim().split(/\s+/)
    if (name !== undefined && version !== undefined && sum !== undefined && !version.endsWith('/go.mod'))
      sums.set(`${name}@${version}`, sum)
  }
  return sums
}

export type GoModule = {
  readonly name: string | undefined
  /** `1.21`; absent in old files. */
  readonly go: string | undefined
  readonly packages: readonly LockedPackage[]
  /** Asked for by the project itself, not through others. */
  readonly direct: readonly string[]
}

type Replaced = { readonly name: string; readonly version: string | undefined; readonly line: number }

/** A go.mod; since Go 1.17 it lists every module that is used. `sums`: of the go.sum beside it, if there is one. */
export function readGoMod(text: string, sums: ReadonlyMap<string, string> | undefined): GoModule {
  const required: { name: string; version: string; line: number; direct: boolean }[] = []
  const replaced = new Map<string, Replaced>()
  let name: string | undefined
  let go: string | undefined
  for (const { words, line, comment } of directives(text)) {
    const [verb, first, second] = words
    if (verb === 'module') name = first
    else if (verb === 'go') go = first
    else if (verb === 'require' && first !== undefined && second !== undefined)
      required.push({ name: first, version: second, line, direct: !comment.startsWith('indirect') })
    else if (verb === 'replace' && first !== undefined) {
      const [to, version] = words.slice(words.indexOf('=>') + 1)
      if (to !== undefined) replaced.set(first, { name: to, version, line })
    }
  }
  return {
    name,
    go,
    direct: required.filter(one => one.direct).map(one => one.name),
    packages: required.map(one => packageOf(one, replaced.get(one.name), sums)),
  }
}

function packageOf(
  { name, version, line }: { readonly name: string; readonly version: string; readonly line: number },
  other: Replaced | undefined,
  sums: ReadonlyMap<string, string> | undefined,
): LockedPackage {
  if (other && other.version === undefined)
    return { name, version, hasIntegrity: false, source: 'file', resolved: other.name, pointer: `L${other.line}` }
  const real = { name: other?.name ?? name, version: other?.version ?? version }
  const sum = sums?.get(`${real.name}@${real.version}`)
  return {
    ...real,
    ...(other ? { alias: name } : {}),
    hasIntegrity: sum !== undefined,
    ...(sum === undefined ? {} : { integrity: sum }),
    source: 'registry',
    pointer: `L${other?.line ?? line}`,
  }
}

type Directive = { readonly words: readonly string[]; readonly line: number; readonly comment: string }

/** Lines with the verb of the block they stand in. */
function directives(text: string): readonly Directive[] {
  const found: Directive[] = []
  let block: string | undefined
  text.split('\n').forEach((written, index) => {
    const cut = written.indexOf('//')
    const comment = cut < 0 ? '' : written.slice(cut + 2).trim()
    const words = (cut < 0 ? written : written.slice(0, cut))
      .trim()
      .split(/\s+/)
      .filter(word => word !== '')
      .map(unquoted)
    if (words.length === 0) return
    if (block !== undefined && words[0] === ')') block = undefined
    else if (words.at(-1) === '(') block = words[0]
    else found.push({ words: block === undefined ? words : [block, ...words], line: index + 1, comment })
  })
  return found
}

function unquoted(word: string): string {
  return /^(["`]).*\1$/.test(word) ? word.slice(1, -1) : word
}
