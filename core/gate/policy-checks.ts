import { entityOf } from '../model/lookup.ts'
import { hasRow } from '../model/table.ts'
import type { Design, Policy, PolicyMatch } from '../model/types.ts'
import { idsOf } from '../support/order.ts'
import type { Problem } from '../support/result.ts'
import { defaultZone, FLOORS, isStricter, PRESETS } from './floors.ts'
import { GATE_RULES } from './gate-rules.ts'
import { isKnownMap } from './policy-maps.ts'
import { isExpired, waiverFault, waiversOf } from './waivers.ts'

/** What a policy says and does not mean: rules that never hold, tools nobody may use any more, waivers of nothing. */
export function policyProblems(design: Design, policy: Policy, at: string): readonly Problem[] {
  return [...ofDefault(policy), ...ofRules(design, policy), ...ofTools(policy, at), ...ofWaivers(design, policy, at)]
}

type Said = Omit<Problem, 'severity'>

function warn(said: Said): Problem {
  return { ...said, severity: 'warning' }
}

function ofDefault({ preset, default: zone }: Policy): readonly Problem[] {
  if (preset === 'own' || !isStricter(PRESETS[preset], zone)) return []
  return [
    warn({
      code: 'policy.default.looser',
      at: 'default',
      message: `The default ${zone} is looser than the preset ${preset}, which stays at ${PRESETS[preset]}.`,
      cure: 'Choose the preset "own" to stand by that default, or take the default of the preset.',
    }),
  ]
}

function ofRules(design: Design, policy: Policy): readonly Problem[] {
  return idsOf(policy.rules).flatMap((id): readonly Problem[] => {
    const rule = policy.rules?.[id]
    if (!rule) return []
    const at = `rules/${id}`
    const { dataClassAtLeast: least, dataClassAtMost: most } = rule.when
    const isNever = (least !== undefined && most !== undefined && least > most) || hasEmptyList(rule.when)
    const gone = [...(rule.when.element ?? []), ...(rule.when.boundary ?? [])].filter(one => entityOf(design, one) === undefined)
    const unknown = (rule.maps ?? []).filter(one => !isKnownMap(one))
    return [
      ...(isNever
        ? [warn({ code: 'policy.rule.never', at, message: `The rule ${id} can never hold.`, cure: 'Correct what it asks for.' })]
        : []),
      ...gone.map(one =>
        warn({
          code: 'policy.rule.gone',
          at,
          message: `The rule ${id} names ${one}, which is not in the design.`,
          cure: 'Take it out of the rule, or restore it.',
        }),
      ),
      ...unknown.map(one =>
        warn({
          code: 'policy.rule.unknownMap',
          at,
          message: `The rule ${id} maps to "${one}", which is no id of AISVS, SSDF or the LLM Top 10.`,
          cure: 'Write it as AISVS AC.4.4, SSDF PW.7 or LLM02.',
        }),
      ),
      ...(rule.insteadOfDefault && isStricter(defaultZone(policy), rule.level)
        ? [
            {
              code: 'policy.rule.allowsMore',
              severity: 'info' as const,
              at,
              message: `The rule ${id} allows more than the default: ${rule.level} instead of ${defaultZone(policy)}.`,
              cure: 'See that this is meant; without "insteadOfDefault" the default would hold.',
            },
          ]
        : []),
      ...(rule.maps === undefined || rule.maps.length === 0
        ? [
            {
              code: 'policy.rule.unmapped',
              severity: 'info' as const,
              at,
              message: `The rule ${id} does not say which duty it answers.`,
              cure: 'Add "maps", as AISVS AC.4.4, SSDF PW.7 or LLM02.',
            },
          ]
        : []),
    ]
  })
}

function hasEmptyList(when: PolicyMatch): boolean {
  return Object.values(when).some(value => Array.isArray(value) && value.length === 0)
}

function ofTools(policy: Policy, at: string): readonly Problem[] {
  return idsOf(policy.tools).flatMap(id => {
    const tool = policy.tools?.[id]
    if (tool?.approved !== true || !isExpired(at, tool.expires)) return []
    return [
      warn({
        code: 'policy.tool.expired',
        at: `tools/${id}`,
        message: `The approval of ${id} ended on ${tool.expires}, so it may not be used.`,
        cure: 'Have it reviewed and approved again, or take it out.',
      }),
    ]
  })
}

function ofWaivers(design: Design, policy: Policy, at: string): readonly Problem[] {
  return waiversOf(policy).flatMap(({ id, waiver }) => {
    const place = `waivers/${id}`
    const isRule =
      policy.rules?.[waiver.rule] !== undefined ||
      GATE_RULES[waiver.rule] !== undefined ||
      Object.keys(FLOORS).some(name => waiver.rule === `floor.${name}`)
    const isPlace =
      waiver.rule.startsWith('gate.') || hasRow(design.elements, waiver.scope) || hasRow(design.workItems, waiver.scope)
    const fault = waiverFault(waiver, policy, at)
    return [
      ...(isRule
        ? []
        : [
            warn({
              code: 'policy.waiver.noRule',
              at: place,
              message: `The waiver ${id} names ${waiver.rule}, which is no rule, floor or gate rule that can be waived.`,
              cure: 'Correct the name, or remove the waiver.',
            }),
          ]),
      ...(isPlace
        ? []
        : [
            warn({
              code: 'policy.waiver.noPlace',
              at: place,
              message: `The waiver ${id} is for ${waiver.scope}, which is no element or work item of the design.`,
              cure: 'Name an element or a work item, or remove the waiver.',
            }),
          ]),
      ...(fault === undefined
        ? []
        : [warn({ code: 'policy.waiver.void', at: place, message: `The waiver ${id} does not count: ${VOID[fault]}.` })]),
    ]
  })
}

const VOID: Readonly<Record<NonNullable<ReturnType<typeof waiverFault>>, string>> = {
  expired: 'it has ended',
  samePerson: 'one person asked and approved',
  notNamed: 'the policy does not name who approved',
}
