import { ok, type Result, refuse } from '../../support/result.ts'
import type { Others } from '../readers.ts'
import { listOf, type Raw, recordOf } from '../reading/json-fields.ts'
import { type ImportReport, many } from '../report.ts'
import { folderOfPath, MOST_INCLUDES, parsedText, pathFrom } from './includes.ts'
import { mergedOf } from './merge-keys.ts'

/** One of the files of a model; the place of everything in it begins with its prefix, which the main file has none of. */
export type Part = { readonly prefix: string; readonly root: Raw }

type Walk = {
  readonly file: string
  readonly others: ReadonlyMap<string, string>
  readonly report: ImportReport
  readonly parts: Part[]
  readonly missing: Set<string>
  readonly seen: Set<string>
  includes: number
}

/** The files of a model and the names of those that were not given: nothing is ever opened. */
export type Parts = { readonly parts: readonly Part[]; readonly missing: readonly string[] }

/** The main file first, then what it includes in order, each as deep as it goes. */
export function partsOf(file: string, root: Raw, others: Others, report: ImportReport): Result<Parts> {
  const walk: Walk = { file, others: byPath(others), report, parts: [], missing: new Set(), seen: new Set(), includes: 0 }
  const refusal = follow(walk, { root, prefix: '', folder: '', path: [] })
  return refusal ?? ok({ parts: walk.parts, missing: [...walk.missing] })
}

type At = { readonly root: Raw; readonly prefix: string; readonly folder: string; readonly path: readonly string[] }

function follow(walk: Walk, { root, prefix, folder, path }: At): Result<never> | undefined {
  const merged = mergedOf(root) ?? root
  walk.parts.push({ prefix, root: merged })
  for (const [i, name] of listOf(merged.includes).entries()) {
    if (++walk.includes > MOST_INCLUDES) return tooMany(walk.file)
    const at = `${prefix}/includes/${i}`
    const target = pathFrom(folder, name)
    if (target === undefined) tellOutside(walk.report, at, name)
    else if (path.includes(target)) tellCircle(walk.report, at, target)
    else if (!walk.seen.has(target)) {
      walk.seen.add(target)
      const refusal = readPart(walk, target, [...path, target])
      if (refusal) return refusal
    }
  }
  return undefined
}

function readPart(walk: Walk, target: string, path: readonly string[]): Result<never> | undefined {
  const text = walk.others.get(folderOfPath(slashed(walk.file)) + target) ?? walk.others.get(target)
  if (text === undefined) {
    walk.missing.add(target)
    return undefined
  }
  const parsed = parsedText(target, text)
  if (!parsed.ok) return parsed
  const root = recordOf(parsed.value)
  if (root) return follow(walk, { root, prefix: `${target}:`, folder: folderOfPath(target), path })
  if (parsed.value === null) return undefined
  return refuse({
    code: 'threagile.part',
    at: `${target}:/`,
    message: `The included file holds ${Array.isArray(parsed.value) ? 'a list' : `a single ${typeof parsed.value}`} where keys of a model belong.`,
    cure: 'Correct that file, or take it out of the includes.',
  })
}

/** By their paths, and by their last names where only one has it: a browser tells no more of a file. */
function byPath(others: Others): ReadonlyMap<string, string> {
  const paths = new Map([...others].map(([name, text]) => [slashed(name), text]))
  const names = new Map<string, string | undefined>()
  for (const [path, text] of paths) {
    const name = path.slice(path.lastIndexOf('/') + 1)
    names.set(name, names.has(name) ? undefined : text)
  }
  for (const [name, text] of names) if (text !== undefined && !paths.has(name)) paths.set(name, text)
  return paths
}

function slashed(name: string): string {
  return name.replaceAll('\\', '/').replace(/^(\.\/)+/, '')
}

/** Said of the design: a part that is missing belongs to no row. */
export function tellMissingParts(report: ImportReport, missing: readonly string[]): void {
  for (const name of missing.slice(0, 100))
    report.problems.push({
      code: 'import.include',
      severity: 'warning',
      at: 'design',
      message: `The model includes the file "${name.slice(0, 200)}", which was not given: what stands there is missing here.`,
      cure: `Import again and give ${name.slice(0, 200)} together with this file.`,
    })
  if (missing.length > 100)
    report.losses.push({
      at: '/includes',
      what: many(missing.length - 100, 'more included file'),
      why: 'They were not given together with this file.',
    })
}

/** Nothing but the names of other files. */
export function onlyIncludes(file: string, missing: readonly string[]) {
  const names = missing.slice(0, 20).map(name => name.slice(0, 100))
  return refuse({
    code: 'threagile.includes',
    at: `${file}:/includes`,
    message: `The file holds nothing but the names of ${many(missing.length, 'file')}, and none of them was given.`,
    cure: `Give them together with this file: ${names.join(', ')}${missing.length > names.length ? ' and more' : ''}.`,
  })
}

function tellOutside(report: ImportReport, at: string, name: unknown): void {
  const said = typeof name === 'string' ? `"${name.replace(/\p{Cc}/gu, '').slice(0, 80)}"` : 'something that is no name'
  report.losses.push({
    at,
    what: `Included file ${said}`,
    why: 'Only files in the folder of the model and below it are taken; this leads elsewhere and was not looked for.',
  })
}

function tellCircle(report: ImportReport, at: string, name: string): void {
  report.losses.push({
    at,
    what: `Included file "${name.slice(0, 80)}"`,
    why: 'It includes itself by way of this one; it was read once.',
  })
}

function tooMany(file: string) {
  return refuse({
    code: 'import.tooMany',
    at: `${file}:/includes`,
    message: `The model includes more than ${MOST_INCLUDES} files.`,
    cure: 'Split the model into several.',
  })
}
