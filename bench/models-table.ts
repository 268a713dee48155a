import { readFileSync } from 'node:fs'
import path from 'node:path'
import { table } from '../cli/table.ts'
import { type Imported, importModel } from '../core/interop/import.ts'
import type { Loss } from '../core/interop/report.ts'
import type { Problem, Result } from '../core/support/result.ts'

/** How many things of each kind a file holds, by separate code: one function for each format. */
type Counter = { readonly counts: Readonly<Record<string, (text: string) => Readonly<Record<string, number>>>> }

/** One file of the corpus of models: what our reader found and what a second count finds. */
export type ModelRow = {
  readonly file: string
  /** The list of sources says that it is broken on purpose. */
  readonly isNegative: boolean
  readonly format?: string
  readonly counts: Readonly<Record<string, number>>
  readonly losses: readonly Loss[]
  readonly problems: readonly Problem[]
  /** Kinds that somebody else counted too. */
  readonly counted: readonly { readonly kind: string; readonly ours: number; readonly theirs: number }[]
  readonly crash?: string
}

const stamp = {
  at: '2026-01-01T00:00:00Z',
  by: 'corpus',
  random: () => {
    throw new Error('an import draws no random ids')
  },
}

/** Every counter beside the tests, by the formats it knows. */
const COUNTERS: readonly Counter['counts'][] = Object.values(
  import.meta.glob<Partial<Counter>>('../test/corpus/*-counts.ts', { eager: true }),
).flatMap(({ counts }) => (counts ? [counts] : []))

/** A row for every file that the list of sources names and that is there, the vendors' schemas too: they must be refused as what they are. */
export function modelRows(models: string): readonly ModelRow[] {
  const lines = readFileSync(path.join(models, 'SOURCES.tsv'), 'utf8').trim().split('\n').slice(1)
  return lines
    .map(line => line.split('\t'))
    .map(([file = '', , , , , , note = '']) => ({ file, isNegative: note.includes('NEGATIVE') }))
    .filter(({ file }) => file !== '')
    .map(({ file, isNegative }) => ({ isNegative, ...rowOf(file, path.join(models, file)) }))
}

function rowOf(file: string, place: string): Omit<ModelRow, 'isNegative'> {
  const nothing = { file, counts: {}, losses: [], problems: [], counted: [] }
  let text: string
  let result: Result<Imported>
  try {
    text = readFileSync(place, 'utf8')
    result = importModel(path.basename(file), text, { stamp })
  } catch (error) {
    return { ...nothing, crash: error instanceof Error ? error.message : String(error) }
  }
  if (!result.ok) return { ...nothing, problems: result.problems }
  const { format, counts, losses, problems } = result.value.summary
  return { file, format, counts, losses, problems, counted: countedIn(text, format, counts) }
}

function countedIn(text: string, format: string, ours: Readonly<Record<string, number>>): ModelRow['counted'] {
  const count = COUNTERS.find(counts => Object.hasOwn(counts, format))?.[format]
  return Object.entries(count?.(text) ?? {}).map(([kind, theirs]) => ({ kind, ours: ours[kind] ?? 0, theirs }))
}

/** Whether a row is as it should be: nothing crashed, both counts agree, and what is broken on purpose was refused or told. */
export function isRight({ crash, counted, isNegative, format, problems, losses }: ModelRow): boolean {
  if (crash !== undefined || counted.some(({ ours, theirs }) => ours !== theirs)) return false
  if (format === undefined) return problems.length > 0 && problems.every(({ at, message, cure }) => at && message && cure)
  return !isNegative || problems.length + losses.length > 0
}

/** The table, and below it how much was read, refused and counted twice. */
export function modelsText(rows: readonly ModelRow[], isAll: boolean): string {
  const lines = rows.map(row => [
    row.isNegative ? `${row.file} (broken on purpose)` : row.file,
    row.crash ? 'CRASH' : (row.format ?? 'refused'),
    row.crash ?? (row.format === undefined ? '' : countsText(row)),
    row.counted.length === 0 ? '' : differences(row),
    row.format === undefined ? '' : String(row.losses.length),
    row.format === undefined ? (row.problems[0]?.message ?? '') : String(row.problems.length),
  ])
  const read = rows.filter(({ format }) => format !== undefined)
  const twice = rows.filter(({ counted }) => counted.length > 0)
  const wrong = rows.filter(row => !isRight(row))
  const sum = `${rows.length} files: ${read.length} read, ${twice.length} of them counted twice, ${rows.length - read.length} refused, ${wrong.length} wrong.`
  const all = isAll ? `\n${read.map(lossesText).join('\n')}` : ''
  return `${table(['file', 'format', 'holds', 'second count', 'losses', 'problems, or why it is refused'], lines)}\n\n${sum}\n${all}`
}

function countsText({ counts }: ModelRow): string {
  const short = Object.entries(SHORT).flatMap(([kind, word]) => (counts[kind] ? [`${counts[kind]} ${word}`] : []))
  return short.length === 0 ? 'nothing' : short.join(', ')
}

const SHORT: Readonly<Record<string, string>> = {
  elements: 'elements',
  flows: 'flows',
  boundaries: 'boundaries',
  unresolvedBoundaries: 'curves',
  dataAssets: 'data',
  threats: 'threats',
  mitigations: 'mitigations',
  acceptances: 'acceptances',
  requirements: 'requirements',
  diagrams: 'diagrams',
}

function differences({ counted }: ModelRow): string {
  const wrong = counted.filter(({ ours, theirs }) => ours !== theirs)
  if (wrong.length === 0) return `same, ${counted.length} kinds`
  return wrong.map(({ kind, ours, theirs }) => `${kind} ${theirs}, NOT ${ours}`).join('; ')
}

function lossesText({ file, losses, problems }: ModelRow): string {
  const lost = losses.map(({ at, what, why }) => `  ${at}: ${what} (${why})`)
  const told = problems.map(({ at, message }) => `  ${at ?? ''}: ${message}`)
  return [file, ...lost, ...told, ''].join('\n')
}
