import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { table } from '../cli/table.ts'
import { lockedNames } from '../core/dependencies/brought-in.ts'
import { readLockfile } from '../core/dependencies/read-lockfile.ts'
import { evidenceInWords } from '../core/evidence/in-words.ts'
import { readEvidence } from '../core/evidence/read.ts'
import { counted } from '../core/evidence/show.ts'
import type { Evidence, Facts } from '../core/evidence/types.ts'
import type { Problem, Result } from '../core/support/result.ts'
import { counts as lockfileCounts } from '../test/corpus/lockfile-counts.ts'

/** A second count of each kind of facts; without folders it is for all of them. */
export type Counter = {
  readonly folders?: readonly string[]
  readonly counts: Readonly<Record<string, (text: string) => number>>
}

/** One file of the corpus of evidence: what our reader says and what a second count says. */
export type Row = {
  readonly file: string
  readonly format?: string
  /** What it holds in words, or why it is refused. */
  readonly says: string
  readonly problem?: Problem
  /** `vulnerabilities 37`, one for each kind that somebody else counted too. */
  readonly counted: readonly { readonly kind: string; readonly ours: number; readonly theirs: number }[]
  readonly crashed: boolean
}

/** How many things there are of each kind. */
const SIZES: { readonly [K in keyof Facts]-?: (facts: NonNullable<Facts[K]>) => number } = {
  scan: ({ results }) => results.length,
  tests: ({ cases }) => cases.length,
  vulnerabilities: ({ found }) => found.length,
  components: ({ components }) => components.length,
  coverage: ({ files }) => files.length,
  fuzz: ({ executions }) => executions,
  dast: ({ alerts }) => alerts.length,
  statements: statements => statements.length,
  attestation: ({ subjects }) => subjects.length,
  attribution: ({ files }) => files.length,
  registry: ({ packages }) => packages.length,
}

/** Every counter beside the tests: modules that are named *-counts.ts and export `counts`. */
export const COUNTERS: readonly Counter[] = Object.values(
  import.meta.glob<Partial<Counter>>('../test/corpus/*-counts.ts', { eager: true }),
).flatMap(({ counts, folders }) => (counts ? [{ counts, ...(folders ? { folders } : {}) }] : []))

/** A row for every file below the folder but the list of their sources. */
export function evidenceRows(folder: string, counters: readonly Counter[] = COUNTERS): readonly Row[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && entry.name !== 'SOURCES.tsv')
    .map(entry => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort()
    .map(file => {
      const text = readFileSync(path.join(folder, file), 'utf8')
      return file.split(path.sep)[0] === 'lockfiles' ? lockfileRow(file, text) : rowOf(file, text, counters)
    })
}

/** Lockfiles are no reports: the readers of dependencies answer for them, by the name the file had in its repository. */
function lockfileRow(file: string, text: string): Row {
  const [, kind = '', base = ''] = file.split(path.sep)
  const name = kind === 'yarn-lock' ? 'yarn.lock' : (base.split('__').at(-1) ?? base)
  const read = readLockfile(name, text)
  if (!read.ok) {
    const [problem] = read.problems
    return { file, says: problem.message, problem: { ...problem, at: file }, counted: [], crashed: false }
  }
  const { format, packages } = read.value
  const ours = lockedNames([read.value]).length
  const theirs = lockfileCounts[base.endsWith('bun.lock') ? 'bun-lock' : kind]?.(text)
  return {
    file,
    format,
    says: `${counted(packages.length, 'package')}, ${ours} of them fetched`,
    counted: theirs === undefined ? [] : [{ kind: 'fetched', ours, theirs }],
    crashed: false,
  }
}

function rowOf(file: string, text: string, counters: readonly Counter[]): Row {
  let reading: Result<Evidence>
  try {
    reading = readEvidence(path.basename(file), text)
  } catch (error) {
    return { file, says: `crash: ${error instanceof Error ? error.message : String(error)}`, counted: [], crashed: true }
  }
  if (!reading.ok) {
    const [problem] = reading.problems
    return { file, says: problem.message, problem, counted: [], crashed: false }
  }
  const { format, facts } = reading.value
  return {
    file,
    format,
    says: evidenceInWords(reading.value),
    counted: countedIn(file, text, { facts, counters }),
    crashed: false,
  }
}

type Both = { readonly facts: Facts; readonly counters: readonly Counter[] }

/** Counters that name the file's folder come first; of those that name none, one that agrees is enough. */
function countedIn(file: string, text: string, { facts, counters }: Both): Row['counted'] {
  const folder = file.split(path.sep)[0] ?? ''
  return Object.entries(SIZES).flatMap(([name, sizeOf]) => {
    const kind = name as keyof Facts
    const of = facts[kind]
    if (of === undefined) return []
    const ours = (sizeOf as (of: unknown) => number)(of)
    const named = counters.filter(counter => counter.folders?.includes(folder))
    const own = named.length > 0 ? named : counters.filter(counter => counter.folders === undefined)
    const theirs = own.flatMap(({ counts }) => answerOf(counts[kind], text))
    const [first] = theirs
    return first === undefined ? [] : [{ kind, ours, theirs: theirs.includes(ours) ? ours : first }]
  })
}

/** A counter that falls over, or answers no number, does not know the format. */
function answerOf(count: Counter['counts'][string] | undefined, text: string): readonly number[] {
  try {
    const answer = count?.(text)
    return answer === undefined || Number.isNaN(answer) ? [] : [answer]
  } catch {
    return []
  }
}

export function isEqual({ counted }: Row): boolean {
  return counted.every(({ ours, theirs }) => ours === theirs)
}

export function evidenceText(rows: readonly Row[]): string {
  const lines = rows.map(row => [
    row.file,
    row.format ?? (row.crashed ? 'CRASH' : 'refused'),
    row.counted.map(({ kind, ours, theirs }) => `${kind} ${theirs}${ours === theirs ? '' : `, NOT ${ours}`}`).join('; ') || '-',
    row.says,
  ])
  const [read, refused] = [rows.filter(row => row.format !== undefined), rows.filter(row => row.problem !== undefined)]
  const wrong = rows.filter(row => row.crashed || !isEqual(row))
  const twice = rows.filter(row => row.counted.length > 0).length
  const sum = `${rows.length} files: ${read.length} read, ${twice} of them counted twice, ${refused.length} refused, ${wrong.length} wrong.`
  return `${table(['file', 'format', 'second count', 'what it holds, or why it is refused'], lines)}\n\n${sum}\n`
}
