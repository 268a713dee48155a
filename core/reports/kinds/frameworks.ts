import { deriveCoverage } from '../../frameworks/derive.ts'
import { exclusionProblems } from '../../frameworks/exclusions.ts'
import {
  type AnswerState,
  type Coverage,
  type FrameworkCoverage,
  type FrameworkRow,
  LAYERS,
  ROW_STATES,
  type RowState,
} from '../../frameworks/types.ts'
import { LAYER_WORDS, NOT_CERTIFICATION, restWords, STANDING_WORDS, STATE_WORDS } from '../../frameworks/words.ts'
import { shortDigest } from '../../model/digest.ts'
import { cell, columns, each, heading, paragraph, table } from '../document/blocks.ts'
import type { Block, Cell, ReportDocument, Span, Tone } from '../document/types.ts'
import { factsOf } from '../facts.ts'
import { gapBlocks } from '../gaps.ts'
import { type ReportInput, stampOf } from '../input.ts'
import { withIndex } from './index-of-ids.ts'

/** How far this design answers what frameworks ask; without any framework at hand it says so. */
export function frameworksReport(input: ReportInput): ReportDocument {
  const { design, packs, at, ledger, frameworks = [] } = input
  const facts = factsOf(design, packs, at)
  const stamp = stampOf(input)
  const state = ledger?.state ?? { entries: [], ok: true }
  const coverage = deriveCoverage(design, { packs, frameworks, ledger: state, at })
  const means = frameworks.length === 0 ? ['No framework was loaded, so nothing is said of any.'] : NOT_CERTIFICATION
  const strange = exclusionProblems(design, frameworks).map(({ at: place = '', message, cure }) => `${place}: ${message} ${cure}`)
  const gaps = [...means, ...strange].map((line): readonly Span[] => [line])
  return withIndex(facts, {
    kind: 'frameworks',
    title: `Framework coverage: ${stamp.design}`,
    stamp,
    notCovered: gapBlocks(facts, gaps),
    sections:
      frameworks.length === 0
        ? nothing()
        : [...totals(coverage), ...decided(coverage), ...coverage.frameworks.flatMap(blocksOfOne)],
  })
}

function nothing(): readonly Block[] {
  return [heading('Coverage', 'coverage'), paragraph('Nothing was examined; that is not a pass.')]
}

/** The heads of the five states, with which every table of counts ends. */
const STATE_COLUMNS: Readonly<Record<RowState, readonly [string, 'end']>> = {
  proven: ['Proven', 'end'],
  planned: ['Planned', 'end'],
  notAddressed: ['Not addressed', 'end'],
  notApplicable: ['Not applicable', 'end'],
  outside: ['Outside', 'end'],
}

function totals({ frameworks, layers }: Coverage): readonly Block[] {
  const rows = LAYERS.flatMap(layer => [
    ...frameworks
      .filter(one => one.layer === layer)
      .map(one => ({ layer: LAYER_WORDS[layer], name: one.title, version: one.source.version, counts: one.totals })),
    { layer: LAYER_WORDS[layer], name: 'All of this layer', version: '', counts: layers[layer] },
  ])
  return [
    heading('Coverage', 'coverage'),
    table({
      name: 'coverage',
      caption: 'Entries of each framework by state; outside means that no design tool can show it.',
      columns: columns({ layer: ['Layer', 2], framework: ['Framework', 4], version: ['Version', 2], ...STATE_COLUMNS }),
      rows: () =>
        each(rows, ({ layer, name, version, counts }) => [
          ...[cell(layer), cell(name), cell(version)],
          ...ROW_STATES.map(state => cell(String(counts[state]), counts[state] > 0 ? TONES[state] : 'muted')),
        ]),
    }),
  ]
}

/** What people called not applicable, over all frameworks: who, when and why, and whether it counts. */
function decided({ frameworks }: Coverage): readonly Block[] {
  const rows = frameworks.flatMap(({ title, rows: entries }) =>
    entries.flatMap(({ id, title: asks, excluded }) => (excluded ? [{ title, id, asks, excluded }] : [])),
  )
  return [
    heading('Called not applicable', 'not-applicable'),
    paragraph('People decide this and give the reason; nothing here checks whether they are right.'),
    table({
      name: 'not-applicable',
      caption: 'Entries that a person called not applicable.',
      nothing: 'Nobody called an entry not applicable.',
      columns: columns({
        ...{ framework: ['Framework', 3], entry: ['Entry', 2], title: ['What it asks', 4], reason: ['Reason', 5] },
        ...{ by: ['Who', 3], at: ['When', 3], until: ['Until', 3], counts: ['Counts', 3] },
      }),
      rows: () =>
        each(rows, ({ title, id, asks, excluded: { reason, by, at, expires = '-', standing } }) => [
          ...[cell(title), cell(id), cell(asks), cell(reason), cell(by), cell(at.slice(0, 10))],
          ...[cell(expires), cell(STANDING_WORDS[standing], standing === 'counts' ? 'plain' : 'attention')],
        ]),
    }),
  ]
}

const TONES: { readonly [S in RowState]: Tone } = {
  proven: 'good',
  planned: 'attention',
  notAddressed: 'plain',
  notApplicable: 'muted',
  outside: 'muted',
}

function blocksOfOne({ id, title, source, selection, rows }: FrameworkCoverage): readonly Block[] {
  return [
    heading(title, id),
    paragraph(`${source.name} ${source.version}, ${source.publisher}, ${source.date}. `, { code: source.url }, `. ${selection}`),
    table({
      name: id,
      caption: `Entries of ${title}, by its own ids and in our words.`,
      columns: columns({
        entry: ['Entry', 2],
        title: ['What it asks', 5],
        state: ['State', 2],
        rests: ['Rests on', 6],
        ids: ['Ids', 4],
      }),
      rows: () =>
        each(rows, row => [
          ...[cell(row.id), cell(row.title), cell(STATE_WORDS[row.state], TONES[row.state])],
          ...[cell(restsOn(row)), idsCell(row)],
        ]),
    }),
  ]
}

/** What a row rests on, as one sentence after the other. */
function restsOn(row: FrameworkRow): string {
  const parts = restWords(row).join('; ')
  return row.without ? `${parts.charAt(0).toUpperCase()}${parts.slice(1)}.` : parts
}

function idsCell({ state, answers }: FrameworkRow): Cell {
  if (state !== 'proven' && state !== 'planned') return cell('-', 'muted')
  const spans = [...new Map(answers.flatMap(spansOf)).values()]
  const shown = spans.slice(0, MOST_IDS).flatMap((span, i): readonly Span[] => (i === 0 ? [span] : [', ', span]))
  const more = spans.length - MOST_IDS
  return { spans: shown.length === 0 ? ['-'] : [...shown, ...(more > 0 ? [` and ${more} more`] : [])] }
}

/** Ids that a row of the report names; the rest is counted. */
const MOST_IDS = 8

function spansOf({ state, links }: AnswerState): readonly (readonly [string, Span])[] {
  if (state === 'none') return []
  return links.map(({ kind, id }): readonly [string, Span] => [
    id,
    kind === 'entry' ? { code: shortDigest(id) } : kind === 'check' ? { code: id } : { ref: id },
  ])
}
