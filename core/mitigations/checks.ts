import { highestClass } from '../dfd/data-class.ts'
import { rowsOf } from '../model/table.ts'
import type { Acceptance, Design, Packs, Threat } from '../model/types.ts'
import type { Problem } from '../support/result.ts'
import { impactOfClass } from '../threats/impact.ts'
import { acceptanceState, type VoidReason, voidBecause } from './acceptance.ts'
import { parseCvss } from './cvss.ts'
import { type ThreatState, threatStates } from './derive.ts'
import { controlsById, isVerifiable } from './effect.ts'
import { owaspRating } from './owasp.ts'

/** What is missing between the threats and their answers, in the order of ids. */
export function mitigationProblems(design: Design, packs: Pick<Packs, 'rules' | 'controls'>, at: string): readonly Problem[] {
  return [
    ...threatStates(design, packs, at).flatMap(state => threatProblemsOf(design, state)),
    ...ofMitigations(design, packs),
    ...rowsOf(design.acceptances).flatMap(acceptance => ofAcceptance(acceptance, at)),
  ]
}

/** Ids of mitigations that nothing could show to be there: hope. */
export function unverifiable(design: Design, packs: Pick<Packs, 'controls'>): readonly string[] {
  const controls = controlsById(packs.controls)
  return rowsOf(design.mitigations)
    .filter(mitigation => !isVerifiable(mitigation, controls))
    .map(({ id }) => id)
}

function threatProblemsOf(design: Design, state: ThreatState): readonly Problem[] {
  const { threat, inherent, response } = state
  return [
    ...(response === 'open'
      ? [
          problem('threat.undecided', 'error', threat.id, {
            message: `Nothing is decided about "${threat.statement}".`,
            cure: 'Mitigate, accept, transfer or avoid it, or find that it does not apply.',
          }),
        ]
      : []),
    ...(inherent ? [] : [unestimated(threat.id)]),
    ...belowClass(design, state),
    ...ofRatings(threat),
  ]
}

/** What cannot be read counts for nothing; what nobody stated is not zero. Neither stays silent. */
function ofRatings({ id, owasp, cvss }: Threat): readonly Problem[] {
  const parsed = cvss === undefined ? undefined : parseCvss(cvss)
  const { likelihood, impact } = owaspRating(owasp ?? {})
  const missing = owasp ? [...(likelihood?.missing ?? []), ...(impact?.missing ?? [])] : []
  const silent = owasp ? [...(likelihood ? [] : ['likelihood']), ...(impact ? [] : ['impact'])] : []
  const words = [...missing, ...silent.map(side => `all of ${side}`)]
  return [
    ...(parsed && !parsed.ok
      ? [
          problem('threat.cvss', 'error', id, {
            message: `Its CVSS vector cannot be read and counts for nothing. ${parsed.problems[0].message}`,
            cure: parsed.problems[0].cure ?? 'Correct the vector, or take it away.',
          }),
        ]
      : []),
    ...(words.length > 0
      ? [
          problem('threat.owaspIncomplete', 'info', id, {
            message: `Its OWASP rating leaves out ${words.join(', ')}; what is stated counts alone.`,
            cure: 'State the rest, from 0 to 9, as far as anybody knows it.',
          }),
        ]
      : []),
  ]
}

function unestimated(at: string): Problem {
  return problem('threat.noEstimate', 'warning', at, {
    message: 'Nobody said how likely and how bad it is, so it has no risk.',
    cure: 'Give likelihood and impact from 1 to 5, OWASP factors, or a CVSS vector.',
  })
}

/** A person's estimate stands, but not in silence when the class of the data asks for more. */
function belowClass(design: Design, { threat, inherent }: ThreatState): readonly Problem[] {
  const dataClass = highestClass(design, threat.data)
  const demanded = impactOfClass(dataClass)
  if (!inherent || demanded === undefined || inherent.impact >= demanded) return []
  return [
    problem('threat.belowClass', 'warning', threat.id, {
      message: `Its impact is ${inherent.impact}, but it affects data of class ${dataClass}, which asks for ${demanded}.`,
      cure: `Raise the impact to ${demanded}, or say in the description why less is harmed.`,
    }),
  ]
}

function ofMitigations(design: Design, packs: Pick<Packs, 'controls'>): readonly Problem[] {
  const controls = controlsById(packs.controls)
  return rowsOf(design.mitigations).flatMap(mitigation => {
    const { id, statement, control, threats, provenance } = mitigation
    const found: Problem[] = []
    if (!isVerifiable(mitigation, controls))
      found.push(
        problem('mitigation.notVerifiable', 'warning', id, {
          message: `"${statement}" is not verifiable yet: no check could show that it is there, so it counts as planned.`,
          cure: 'Add a check, or choose a control that has one.',
        }),
      )
    if (control !== undefined && !controls.has(control))
      found.push(
        problem('mitigation.unknownControl', 'warning', id, {
          message: `No loaded pack has the control ${control}.`,
          cure: 'Load its pack, or choose another control.',
        }),
      )
    if (!Object.keys(threats ?? {}).some(threat => design.threats[threat]))
      found.push(
        problem('mitigation.noThreat', 'warning', id, {
          message: `"${statement}" answers no threat.`,
          cure: 'Link it, or remove it.',
        }),
      )
    if (provenance.kind === 'ai' && provenance.confirmedBy === undefined)
      found.push(
        problem('mitigation.unconfirmed', 'warning', id, {
          message: `An AI proposed "${statement}", and nobody has confirmed it; it counts for nothing.`,
          cure: 'Confirm it, or remove it.',
        }),
      )
    return found
  })
}

const VOID: { readonly [R in VoidReason]: { readonly message: string; readonly cure: string } } = {
  proposedByAi: { message: 'An AI proposed it; it counts for nothing.', cure: 'Let a person accept the threat.' },
  noApprover: { message: 'Nobody but the owner agreed to it.', cure: 'Let another person agree.' },
  ownApprover: { message: 'Its owner agreed to it alone.', cure: 'Let another person agree.' },
  noExpiry: { message: 'It has no end.', cure: 'Say until which day it holds.' },
  noDay: { message: 'Its end is not a day of the calendar.', cure: 'Say until which day it holds.' },
}

function ofAcceptance(acceptance: Acceptance, at: string): readonly Problem[] {
  const { id, threat, expires } = acceptance
  const reason = voidBecause(acceptance)
  if (reason) return [problem(`acceptance.${reason}`, 'error', id, VOID[reason])]
  const state = acceptanceState(acceptance, at)
  if (state === 'expired')
    return [
      problem('acceptance.expired', 'error', id, {
        message: `The acceptance of ${threat} ended on ${expires}.`,
        cure: 'Mitigate the threat, or let it be accepted again.',
      }),
    ]
  if (state === 'expiring')
    return [
      problem('acceptance.expiring', 'warning', id, {
        message: `The acceptance of ${threat} ends on ${expires}.`,
        cure: 'Mitigate the threat, or let it be accepted again before that day.',
      }),
    ]
  return []
}

function problem(
  code: string,
  severity: Problem['severity'],
  at: string,
  words: { readonly message: string; readonly cure: string },
): Problem {
  return { code, severity, at, ...words }
}
