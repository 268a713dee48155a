import { rowsOf } from '../model/lookup.ts'
import type { Facts } from './facts.ts'
import { some } from './table.ts'

/** What a reader must not believe to be covered; it stands on top, because it is what other reports leave out. */
export function gapLines(facts: Facts): readonly string[] {
  const lines = [...findingGaps(facts), ...threatGaps(facts), ...drawingGaps(facts), ...requirementGaps(facts)]
  return ['## What this does not cover', '', 'What is not drawn was not examined.', ...lines.map(line => `- ${line}`), '']
}

function findingGaps({ design, findings }: Facts): readonly string[] {
  const undecided = findings.filter(finding => !Object.hasOwn(design.triage, finding.id))
  const now = undecided.filter(finding => finding.attention === 'now')
  const later = undecided.length - now.length
  return [
    ...(findings.length === 0 ? ['No rule found anything: either nothing is drawn, or no rules were loaded.'] : []),
    ...gap(
      now.map(finding => finding.title),
      'finding that asks for a decision and has none',
    ),
    ...(later > 0
      ? [`${count(later, 'finding')} put off: nothing about them crosses a boundary, is exposed or confidential.`]
      : []),
  ]
}

function threatGaps({ design, states }: Facts): readonly string[] {
  const named = (wanted: (state: Facts['states'][number]) => boolean) =>
    states.filter(wanted).map(state => `${state.threat.id} ${state.threat.statement}`)
  return [
    ...gap(
      named(state => state.response === 'open'),
      'threat without an answer',
    ),
    ...gap(
      named(state => state.response === 'accepted'),
      'threat somebody decided to live with',
    ),
    ...gap(
      named(state => state.mitigations.length > 0 && !state.verifiable),
      'threat whose mitigation nothing can show',
    ),
    ...gap(
      rowsOf(design.assumptions).map(row => row.statement),
      'assumption nobody proved',
    ),
  ]
}

function drawingGaps({ design }: Facts): readonly string[] {
  const outside = [...rowsOf(design.elements), ...rowsOf(design.flows)].filter(row => row.outOfScope !== undefined)
  return [
    ...gap(
      outside.map(row => `${row.name} (${row.outOfScope})`),
      'part out of scope',
    ),
    ...gap(
      rowsOf(design.boundaries)
        .filter(row => row.membership === 'unresolved')
        .map(row => row.name),
      'boundary of which nobody knows what lies inside',
    ),
    ...gap(
      rowsOf(design.data)
        .filter(row => row.class === undefined)
        .map(row => row.name),
      'datum without a class',
    ),
  ]
}

function requirementGaps({ design }: Facts): readonly string[] {
  const loose = rowsOf(design.requirements).filter(
    row => row.status !== 'retired' && Object.keys({ ...row.elements, ...row.flows, ...row.data }).length === 0,
  )
  return gap(
    loose.map(row => `${row.id} ${row.statement}`),
    'requirement linked to nothing drawn',
  )
}

/** `noun` in the singular, its first word the thing itself. */
function gap(texts: readonly string[], noun: string): readonly string[] {
  return texts.length === 0 ? [] : [`${count(texts.length, noun)}: ${some(texts)}.`]
}

const PLURALS: Readonly<Record<string, string>> = { boundary: 'boundaries', datum: 'data' }

function count(number: number, noun: string): string {
  if (number === 1) return `1 ${noun}`
  const [first = '', ...rest] = noun.split(' ')
  return [number, PLURALS[first] ?? `${first}s`, ...rest].join(' ')
}
