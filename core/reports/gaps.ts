import { rowsOf } from '../model/table.ts'
import { openAmong } from '../threats/checks.ts'
import { decisionsIn } from '../threats/decided.ts'
import { heading, paragraph } from './document/blocks.ts'
import type { Block, Span } from './document/types.ts'
import type { Facts } from './facts.ts'

type Line = readonly Span[]

/** What a reader must not believe to be covered; it stands on top, because it is what other reports leave out. */
export function gapBlocks(facts: Facts, more: readonly Line[] = [], room: Room = PLENTY): readonly Block[] {
  const gaps = [...findingGaps(facts), ...threatGaps(facts), ...drawingGaps(facts), ...requirementGaps(facts)]
  const lines = [...more, ...gaps.map(gap => ('line' in gap ? gap.line : lineOf(gap, room)))]
  return [
    heading('What this does not cover', 'not-covered'),
    paragraph('What is not drawn was not examined.'),
    ...(lines.length === 0 ? [] : [{ kind: 'list', items: lines } as const]),
  ]
}

/** How much of each gap is said: so many are named, the rest is counted; and so many characters of a statement. */
export type Room = { readonly named: number; readonly longest: number }

const PLENTY: Room = { named: 10, longest: 140 }

/** A sentence, or so many of a kind of which some are named: put into words by their place, since a large design has a hundred thousand. */
type Gap =
  | { readonly line: Line }
  | { readonly lead: string; readonly count: number; readonly said: (most: number) => readonly Line[] }

function findingGaps({ design, findings }: Facts): readonly Gap[] {
  const now = openAmong(findings, design.triage)
  const decisionOn = decisionsIn(design.triage)
  const later = findings.filter(finding => finding.attention === 'later' && !decisionOn(finding)).length
  return [
    ...(findings.length === 0 ? [{ line: ['No rule found anything: either nothing is drawn, or no rules were loaded.'] }] : []),
    ...gap(now, finding => [finding.title], [
      'finding asks for a decision and has none',
      'findings ask for a decision and have none',
    ]),
    ...(later > 0
      ? [
          {
            line: [
              `${later} ${later === 1 ? 'finding' : 'findings'} put off: nothing there crosses a boundary, is exposed or confidential.`,
            ],
          },
        ]
      : []),
  ]
}

function threatGaps({ design, states }: Facts): readonly Gap[] {
  const named = (wanted: (state: Facts['states'][number]) => boolean) => states.filter(wanted).map(state => state.threat)
  return [
    ...gap(
      named(state => state.response === 'open'),
      stated,
      ['threat has no answer', 'threats have no answer'],
    ),
    ...gap(
      named(state => state.response === 'accepted'),
      stated,
      ['threat somebody decided to live with', 'threats somebody decided to live with'],
    ),
    ...gap(
      named(state => state.mitigations.length > 0 && !state.verifiable),
      stated,
      ['threat whose mitigation nothing can show', 'threats whose mitigations nothing can show'],
    ),
    ...gap(rowsOf(design.assumptions), row => [row.statement], ['assumption nobody proved', 'assumptions nobody proved']),
  ]
}

function drawingGaps({ design }: Facts): readonly Gap[] {
  const outside = [...rowsOf(design.elements), ...rowsOf(design.flows)].filter(row => row.outOfScope !== undefined)
  return [
    ...gap(outside, row => [`${row.name} (${row.outOfScope})`], ['part out of scope', 'parts out of scope']),
    ...gap(
      rowsOf(design.boundaries).filter(row => row.membership === 'unresolved'),
      row => [row.name],
      ['boundary of which nobody knows what lies inside', 'boundaries of which nobody knows what lies inside'],
    ),
    ...gap(
      rowsOf(design.data).filter(row => row.class === undefined),
      row => [row.name],
      ['datum without a class', 'data without a class'],
    ),
  ]
}

function requirementGaps({ design }: Facts): readonly Gap[] {
  const loose = rowsOf(design.requirements).filter(
    row => row.status !== 'retired' && Object.keys({ ...row.elements, ...row.flows, ...row.data }).length === 0,
  )
  return gap(loose, stated, ['requirement linked to nothing drawn', 'requirements linked to nothing drawn'])
}

function stated({ id, statement }: { readonly id: string; readonly statement: string }): Line {
  return [{ ref: id }, ` ${statement}`]
}

function gap<Row>(rows: readonly Row[], words: (row: Row) => Line, [one, many]: readonly [string, string]): readonly Gap[] {
  if (rows.length === 0) return []
  const { length: count } = rows
  return [{ lead: `${count} ${count === 1 ? one : many}: `, count, said: most => rows.slice(0, most).map(words) }]
}

function lineOf({ lead, count, said }: Extract<Gap, { lead: string }>, { named, longest }: Room): Line {
  const words = said(named).flatMap((line, i) => [
    ...(i === 0 ? [] : ['; ']),
    ...line.map(span => shortened(withoutStop(span), longest)),
  ])
  return [lead, ...words, count > named ? `; and ${count - named} more.` : '.']
}

function withoutStop(span: Span): Span {
  return typeof span === 'string' ? span.replace(/\.$/, '') : span
}

/** Long words end in an ellipsis; another report has them whole. */
export function shortened<S extends Span>(span: S, longest: number): S | string {
  return typeof span !== 'string' || span.length <= longest
    ? span
    : `${[...span.slice(0, longest)].slice(0, -1).join('').trimEnd()}…`
}
