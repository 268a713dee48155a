import type { Acceptance } from '../../model/types.ts'
import { provenanceFor } from '../reading/building.ts'
import { NO_REASON } from '../reading/drawing.ts'
import { defined, lineOf, listOf, type Raw, recordOf } from '../reading/json-fields.ts'
import type { Thing } from './lists.ts'
import { marksIn } from './marks.ts'
import { partyName, wordOf } from './party.ts'
import { threatIds } from './ratings.ts'
import type { Model } from './read.ts'

const STRATEGIES: Readonly<Record<string, Acceptance['response']>> = { accept: 'accept', transfer: 'transfer', avoid: 'avoid' }

/** States in which somebody has decided; a proposal decides nothing. */
const DECIDED: ReadonlySet<unknown> = new Set(['approved', 'planned', 'in-progress', 'implemented', 'verified'])

/** A response that somebody decided, and the risk it answers. */
type Decision = { readonly risk: Thing; readonly raw: Raw; readonly response: Acceptance['response'] }

/** What the risks of one threat say together; several risks, or several responses to one, say no single thing. */
type Stated = { readonly risk: Thing; readonly isOnly: boolean; readonly decision: Decision | undefined }

/**
 * The format decides about risks, not threats. The decision is that of a threat when only one risk names it and one response
 * answers that; else it is a question. A risk that names a scenario means the threats it realizes.
 */
export function addDecisions(model: Model): void {
  const { building, lists, links } = model
  const stated = new Map<string, Stated>()
  const note = (names: unknown, more: Stated) => {
    for (const id of threatIds(names, links)) stated.set(id, together(stated.get(id), more))
  }
  const ours = new Set(lists.risks.filter(risk => takeBack(model, risk)))
  for (const risk of lists.risks) {
    if (ours.has(risk)) continue
    const [decision] = decisionsOf(risk)
    note(risk.raw.relatedThreats, { risk, isOnly: listOf(risk.raw.responses).length === 1, decision })
  }
  for (const { raw, id } of lists.scenarios) {
    const own = stated.get(id)
    if (own) note(raw.threats, own)
  }
  for (const [threat, { isOnly, decision }] of stated) {
    if (!decision || !Object.hasOwn(building.threats, threat)) continue
    if (isOnly) decide(model, threat, decision)
    else
      ask(model, threat, {
        code: 'import.decision',
        message: 'The file answers the risks of this threat in several ways, so it counts as open.',
        cure: 'Decide it: mitigate, accept, transfer or avoid.',
      })
  }
}

/** Responses of ours are decisions as they stand. Says whether the risk has any. */
function takeBack(model: Model, risk: Thing): boolean {
  const { building, links } = model
  const [threat] = threatIds(risk.raw.relatedThreats, links)
  const taken = listOf(risk.raw.responses).filter((value, i) => {
    const raw = recordOf(value) ?? {}
    const marks = marksIn(raw)
    const response = strategyOf(raw)
    const owner = partyName(raw.owner ?? risk.raw.owner, links)
    if (!marks.has('id') || !response || owner === undefined || threat === undefined || !Object.hasOwn(building.threats, threat))
      return false
    const id = building.ownId('X', marks.get('id'))
    if (id === undefined) return false
    building.acceptances[id] = {
      id,
      response,
      threat,
      reason: lineOf(raw.description, 4000) ?? NO_REASON,
      owner,
      provenance: provenanceFor(building, risk.originalId),
    }
    model.marked.push({ table: 'acceptances', id, marks, at: `${risk.place.at}/responses/${i}` })
    return true
  })
  return taken.length > 0
}

function strategyOf({ strategy }: Raw): Acceptance['response'] | undefined {
  const word = lineOf(strategy, 40) ?? ''
  return Object.hasOwn(STRATEGIES, word) ? STRATEGIES[word] : undefined
}

function together(known: Stated | undefined, more: Stated): Stated {
  if (!known) return more
  const isOnly = known.isOnly && more.isOnly && known.risk === more.risk
  return { risk: known.risk, isOnly, decision: known.decision ?? more.decision }
}

function decisionsOf(risk: Thing): readonly Decision[] {
  return listOf(risk.raw.responses).flatMap(value => {
    const raw = recordOf(value) ?? {}
    const response = strategyOf(raw)
    return response && isDecided(raw, risk) ? [{ risk, raw, response }] : []
  })
}

function isDecided({ status }: Raw, risk: Thing): boolean {
  const word = wordOf(risk.raw.status)
  return status === undefined ? word === 'accepted' || word === 'transferred' : DECIDED.has(wordOf(status))
}

function decide(model: Model, threat: string, { risk, raw, response }: Decision): void {
  const { building, links } = model
  const owner = partyName(raw.owner, links) ?? partyName(risk.raw.owner, links)
  if (owner === undefined) {
    ask(model, threat, {
      code: 'import.noOwner',
      message: `The file answers the risk of this threat with "${response}", but names nobody who carries it, so it counts as open.`,
      cure: 'Decide it again: mitigate, accept, transfer or avoid.',
    })
    return
  }
  const id = building.idFor('X', building.model, risk.id, threat)
  building.acceptances[id] = defined({
    id,
    response,
    threat,
    reason: lineOf(raw.description, 4000) ?? NO_REASON,
    owner,
    provenance: provenanceFor(building, risk.originalId),
  })
  ask(model, threat, {
    code: 'import.approver',
    message: `The file answers the risk of this threat with "${response}"; it names neither an approver nor an end.`,
    cure: 'Name an approver other than the owner and, if it is accepted, the day it expires.',
  })
}

function ask({ building }: Model, at: string, problem: { code: string; message: string; cure: string }): void {
  building.report.problems.push({ severity: 'warning', at, ...problem })
}
