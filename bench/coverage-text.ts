import { table } from '../cli/table.ts'
import { labelOf } from '../core/model/lookup.ts'
import { rowAt } from '../core/model/table.ts'
import type { RulePack } from '../core/model/types.ts'
import { CATEGORY_WORDS } from '../core/threats/absence.ts'
import type { Corpus, Unread } from './corpus-models.ts'
import { coverage, isCovered, type Judged, type Row, TABLE } from './coverage.ts'
import type { Cover } from './covering.ts'

const HEAD = ['model', 'threats', 'no category', 'no object', 'now', 'later', 'suppressed', 'missed', 'covered', `with ${TABLE}`]

/** The table, the reasons for what is missed, and what no reader reads; with `all`, every miss by name. */
export function coverageText(corpus: Corpus, packs: readonly RulePack[], all: boolean): string {
  const { stated, asRead } = coverage(corpus, packs)
  const missed = [...stated.filter(isWritten), ...asRead].flatMap(({ judged }) => judged).filter(({ cover }) => !isCovered(cover))
  const why = all
    ? table(['model', 'threat', 'on', 'why not', `with ${TABLE}`], missed.map(missLine))
    : 'Each of them: node setup/corpus.mjs coverage --all'
  return [
    'What people wrote into the models of the corpus, and whether a finding says the same: a category they share, on the same object',
    '(bench/covering.ts says exactly when). Per cent are of the threats with a STRIDE category and an object; the others cannot be compared.',
    '',
    table(HEAD, linesOf(stated, asRead).map(lineOf)),
    '',
    '* The format has no categories, and its authors named few objects. These are as we read them in the words of the threats, before the',
    '  rules were run on them (bench/threat-readings.json).',
    '† Made by the rules of another tool; left out of every sum.',
    '',
    table(['Covered, as stated', ...Object.values(KINDS)], byCategoryAndKind(stated.filter(isWritten))),
    '',
    table(['Not covered, with and without *', 'threats'], reasonsOf(missed)),
    '',
    why,
    '',
    table(['No reader reads', 'threats in it', 'why'], corpus.unread.map(unreadLine)),
    '',
  ].join('\n')
}

function linesOf(stated: readonly Row[], asRead: readonly Row[]): readonly Row[] {
  const dragons = stated.filter(({ name }) => name.startsWith('threat-dragon'))
  const others = stated.filter(row => !dragons.includes(row))
  const isAlsoRead = (row: Row) => asRead.some(({ name }) => name === row.name)
  return [
    ...dragons,
    joined('Threat Dragon', dragons),
    joined('Threat Dragon without files from its tests', dragons.filter(isReal)),
    ...others.map(row => (isWritten(row) ? row : { ...row, name: `${row.name} †` })),
    ...asRead.map(row => ({ ...row, name: `${row.name} *` })),
    joined('TM Library, as we read it *', asRead),
    joined('All, as stated', stated.filter(isWritten)),
    joined('All, those of TM Library as we read them *', [
      ...stated.filter(row => isWritten(row) && !isAlsoRead(row)),
      ...asRead,
    ]),
  ]
}

function isWritten({ judged }: Row): boolean {
  return judged.some(({ threat }) => !threat.isGenerated)
}

function isReal({ judged }: Row): boolean {
  return judged.every(({ model }) => !model.isTestFile)
}

const KINDS = { process: 'process', dataStore: 'data store', externalEntity: 'external entity', flow: 'data flow' } as const

function byCategoryAndKind(rows: readonly Row[]): readonly (readonly string[])[] {
  const judged = rows.flatMap(row => row.judged)
  return Object.entries(CATEGORY_WORDS).map(([category, word]) => {
    const own = judged.filter(({ threat }) => threat.categories.some(one => one === category))
    return [word, ...Object.keys(KINDS).map(kind => partOf(own.filter(one => kindsOf(one).includes(kind))))]
  })
}

function kindsOf({ model: { design }, threat }: Judged): readonly string[] {
  return threat.objects.map(id => (rowAt(design.flows, id) ? 'flow' : (rowAt(design.elements, id)?.kind ?? '')))
}

function partOf(judged: readonly Judged[]): string {
  return judged.length === 0 ? '-' : `${judged.filter(({ cover }) => isCovered(cover)).length}/${judged.length}`
}

function joined(name: string, rows: readonly Row[]): Row {
  return { name, judged: rows.flatMap(({ judged }) => judged) }
}

function lineOf({ name, judged }: Row): readonly string[] {
  const count = (cover: Cover) => judged.filter(one => one.cover === cover).length
  const comparable = judged.length - count('noCategory') - count('noObject')
  const covered = count('now') + count('later')
  const withTable = judged.filter(one => isCovered(one.withTable)).length
  const counts = [judged.length, ...ALONG.map(count)]
  return [name, ...counts.map(String), shareOf(covered, comparable), shareOf(withTable, comparable)]
}

const ALONG: readonly Cover[] = ['noCategory', 'noObject', 'now', 'later', 'suppressed', 'missed']

function shareOf(part: number, whole: number): string {
  return whole === 0 ? '-' : `${part}/${whole} ${Math.floor((part * 100) / whole)} %`
}

function reasonsOf(missed: readonly Judged[]): readonly (readonly string[])[] {
  const counts = new Map<string, number>()
  for (const { why } of missed) counts.set(why, (counts.get(why) ?? 0) + 1)
  return [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).map(([why, count]) => [why, String(count)])
}

function missLine({ model, threat, why, withTable }: Judged): readonly string[] {
  const on = threat.objects.map(id => short(labelOf(model.design, id), 30)).join(', ')
  return [model.file, short(threat.statement, 50), on, why, isCovered(withTable) ? 'covered' : '']
}

function short(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`
}

function unreadLine({ file, threats, why }: Unread): readonly string[] {
  return [file, threats === undefined ? '?' : String(threats), why]
}
