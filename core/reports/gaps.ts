import { hasRow, rowsOf } from '../model/table.ts'
import type { Facts } from './facts.ts'
import { some } from './table.ts'

/** What a reader must not believe to be covered; it stands on top, because it is what other reports leave out. */
export function gapLines(facts: Facts): readonly string[] {
  const lines = [...findingGaps(facts), ...threatGaps(facts), ...drawingGaps(facts), ...requirementGaps(facts)]
  return ['## What this does not cover', '', 'What is not drawn was not examined.', ...lines.map(line => `- ${line}`), '']
}

function findingGaps({ design, findings }: Facts): readonly string[] {
  const undecided = findings.filter(finding => !hasRow(design.triage, finding.id))
  const now = undecided.filter(finding => finding.attention === 'now')
  const later = undecided.length - now.length
  return [
    ...(findings.length === 0 ? ['No rule found anything: either nothing is drawn, or no rules were loaded.'] : []),
    ...gap(
      now.map(finding => finding.title),
      ['finding asks for a decision and has none', 'findings ask for a decision and have none'],
    ),
    ...(later > 0
      ? [
          `${later} ${later === 1 ? 'finding' : 'findings'} put off: nothing there crosses a boundary, is exposed or confidential.`,
        ]
      : []),
  ]
}

function threatGaps({ design, states }: Facts): readonly string[] {
  const named = (wanted: (state: Facts['states'][number]) => boolean) =>
    states.filter(wanted).map(state => `${state.threat.id} ${state.threat.statement}`)
  return [
    ...gap(
      named(state => state.response === 'open'),
      ['threat has no answer', 'threats have no answer'],
    ),
    ...gap(
      named(state => state.response === 'accepted'),
      ['threat somebody decided to live with', 'threats somebody decided to live with'],
    ),
    ...gap(
      named(state => state.mitigations.length > 0 && !state.verifiable),
      ['threat whose mitigation nothing can show', 'threats whose mitigations nothing can show'],
    ),
    ...gap(
      rowsOf(design.assumptions).map(row => row.statement),
      ['assumption nobody proved', 'assumptions nobody proved'],
    ),
  ]
}

function drawingGaps({ design }: Facts): readonly string[] {
  const outside = [...rowsOf(design.elements), ...rowsOf(design.flows)].filter(row => row.outOfScope !== undefined)
  return [
    ...gap(
      outside.map(row => `${row.name} (${row.outOfScope})`),
      ['part out of scope', 'parts out of scope'],
    ),
    ...gap(
      rowsOf(design.boundaries)
        .filter(row => row.membership === 'unresolved')
        .map(row => row.name),
      ['boundary of which nobody knows what lies inside', 'boundaries of which nobody knows what lies inside'],
    ),
    ...gap(
      rowsOf(design.data)
        .filter(row => row.class === undefined)
        .map(row => row.name),
      ['datum without a class', 'data without a class'],
    ),
  ]
}

function requirementGaps({ design }: Facts): readonly string[] {
  const loose = rowsOf(design.requirements).filter(
    row => row.status !== 'retired' && Object.keys({ ...row.elements, ...row.flows, ...row.data }).length === 0,
  )
  return gap(
    loose.map(row => `${row.id} ${row.statement}`),
    ['requirement linked to nothing drawn', 'requirements linked to nothing drawn'],
  )
}

function gap(texts: readonly string[], [one, many]: readonly [string, string]): readonly string[] {
  return texts.length === 0 ? [] : [`${texts.length} ${texts.length === 1 ? one : many}: ${some(texts)}.`]
}
