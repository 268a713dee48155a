import { rowAt } from '../../model/table.ts'
import type { Acceptance, Threat } from '../../model/types.ts'
import { many, tally } from '../report.ts'
import { type Building, provenanceFor } from './building.ts'
import { type DrawnThreat, NO_REASON } from './drawing.ts'
import { defined, lineOf } from './json-fields.ts'

/** What a threat is on, and the path of original ids that leads to it. */
export type ThreatOn = {
  readonly elements?: { readonly [id: string]: true }
  readonly flows?: { readonly [id: string]: true }
  readonly origin: readonly string[]
}

/** The threat, and what its file decided about it; answers its id. */
export function addDrawnThreat(building: Building, drawn: DrawnThreat, on: ThreatOn): string {
  const again = sameThreat(building, drawn)
  if (again) return addThings(building, again, on)
  const id = building.ownId('T', drawn.ownId) ?? building.idFor('T', ...on.origin)
  const decided = decide(building, { id, drawn, origin: on.origin })
  if (!on.elements && !on.flows)
    building.report.losses.push({
      at: drawn.place,
      what: 'What this threat is on',
      why: 'It hangs on something that is neither an element nor a flow.',
    })
  building.threats[id] = defined({
    id,
    statement: statementOf(building, drawn),
    description: drawn.description,
    categories: Object.fromEntries(drawn.categories.map(category => [category, true as const])) as Threat['categories'],
    elements: on.elements,
    flows: on.flows,
    provenance: provenanceFor(building, drawn.originalId),
    foreign: decided ? drawn.foreign : defined({ ...drawn.foreign, status: drawn.status, mitigation: undecidedAnswer(drawn) }),
  })
  return id
}

/** One threat of ours that a file carries at several things. */
function sameThreat(building: Building, { ownId, statement }: DrawnThreat): Threat | undefined {
  const known = rowAt(building.threats, ownId)
  return known && known.statement === statement ? known : undefined
}

function addThings(building: Building, threat: Threat, { elements, flows }: ThreatOn): string {
  building.threats[threat.id] = defined({
    ...threat,
    elements: elements ? { ...threat.elements, ...elements } : threat.elements,
    flows: flows ? { ...threat.flows, ...flows } : threat.flows,
  })
  return threat.id
}

function statementOf(building: Building, drawn: DrawnThreat): string {
  if (drawn.statement !== undefined) return drawn.statement
  tally(building.report, drawn.place, {
    what: count => `Title of ${many(count, 'threat')}`,
    why: 'The file gives none; called "Unnamed threat".',
  })
  return 'Unnamed threat'
}

type Deciding = { readonly id: string; readonly drawn: DrawnThreat; readonly origin: readonly string[] }

/** True when the design now says all that the status said. */
function decide(building: Building, deciding: Deciding): boolean {
  const { id, drawn } = deciding
  switch (drawn.decision) {
    case 'open':
      if (drawn.answer !== undefined) addMitigation(building, deciding, 'planned')
      return true
    case 'mitigated':
      if (drawn.answer !== undefined) addMitigation(building, deciding, 'implemented')
      else
        ask(building, id, {
          code: 'import.mitigatedHow',
          message: 'The file calls this threat mitigated and does not say how, so it counts as open.',
          cure: 'Add the mitigation.',
        })
      return drawn.answer !== undefined
    case 'unclear':
      if (drawn.answer !== undefined) addMitigation(building, deciding, 'planned')
      ask(building, id, {
        code: 'import.status',
        message: `The file gives this threat the status "${(drawn.status ?? '').slice(0, 80)}", which has no meaning here, so it counts as open.`,
        cure: 'Decide it: mitigate, accept, transfer or avoid.',
      })
      return false
    default:
      return addAcceptance(building, deciding)
  }
}

/** Implemented at most: nobody has verified anything here yet. */
function addMitigation(building: Building, { id: threat, drawn, origin }: Deciding, status: Done): void {
  const provenance = provenanceFor(building, drawn.originalId)
  for (const { ownId, answer, key } of answersOf(drawn)) {
    const statement = lineOf(answer, 4000)
    if (statement === undefined) continue
    const known = rowAt(building.mitigations, ownId)
    if (known && known.statement === statement) {
      const least = known.status === 'planned' ? known.status : status
      building.mitigations[known.id] = { ...known, threats: { ...known.threats, [threat]: true as const }, status: least }
      continue
    }
    const id = building.ownId('M', ownId) ?? building.idFor('M', ...origin, ...key)
    const description = statement === answer ? undefined : answer
    building.mitigations[id] = defined({ id, statement, threats: { [threat]: true as const }, status, description, provenance })
  }
}

type Done = 'planned' | 'implemented'
type Answer = { readonly ownId: string | undefined; readonly answer: string | undefined; readonly key: readonly string[] }

/** Mitigations of ours stand in paragraphs; where somebody changed their number, the text is one again. */
function answersOf({ answer, ownAnswers = [] }: DrawnThreat): readonly Answer[] {
  const parts = ownAnswers.length > 1 ? (answer ?? '').split(/\n{2,}/) : []
  if (parts.length < 2 || parts.length !== ownAnswers.length) return [{ ownId: ownAnswers[0], answer, key: [] }]
  return parts.map((part, i) => ({ ownId: ownAnswers[i], answer: part, key: i === 0 ? [] : [String(i)] }))
}

/** Not applicable becomes avoid with its own word beside it: nobody has to do anything, and somebody said why. */
function addAcceptance(building: Building, { id: threat, drawn, origin }: Deciding): boolean {
  const isNotApplicable = drawn.decision === 'notApplicable'
  const word = isNotApplicable ? 'not applicable' : (drawn.status ?? '').toLowerCase()
  const owner = drawn.owner ?? building.owner
  if (owner === undefined) {
    ask(building, threat, {
      code: 'import.noOwner',
      message: `The file calls this threat ${word}, but names nobody who decided it, so it counts as open.`,
      cure: 'Decide it again: mitigate, accept, transfer or avoid.',
    })
    return false
  }
  const id = building.ownId('X', drawn.ownAnswers?.[0]) ?? building.idFor('X', ...origin)
  const reason = lineOf(drawn.answer, 4000)
  building.acceptances[id] = defined({
    id,
    response: isNotApplicable ? 'avoid' : (drawn.decision as Acceptance['response']),
    threat,
    reason: reason ?? NO_REASON,
    owner,
    description: reason === drawn.answer ? undefined : drawn.answer,
    provenance: provenanceFor(building, drawn.originalId),
    foreign: isOwnWord(drawn) ? { status: drawn.status } : undefined,
  })
  ask(building, threat, {
    code: 'import.approver',
    message: `The file calls this threat ${word}; it names neither an approver nor an end.`,
    cure: 'Name an approver other than the owner and, if it is accepted, the day it expires.',
  })
  return true
}

/** Words that say more than the response does: not applicable, eliminated. */
function isOwnWord({ decision, status }: DrawnThreat): boolean {
  return decision === 'notApplicable' || (status !== undefined && !/^(accept|transferr|avoid)ed$/i.test(status))
}

/** The text of a decision that was not taken over is kept as it was. */
function undecidedAnswer(drawn: DrawnThreat): string | undefined {
  return drawn.decision === 'unclear' || drawn.decision === 'mitigated' ? undefined : drawn.answer
}

function ask(building: Building, at: string, problem: { code: string; message: string; cure: string }): void {
  building.report.problems.push({ severity: 'warning', at, ...problem })
}
