import type { Condition, Rule } from '../../core/model/types.ts'

/** A rule with one of its conditions turned round, and what was turned. */
export type Mutation = { readonly what: string; readonly rule: Rule }

const KINDS = ['process', 'dataStore', 'externalEntity'] as const

/** Every rule that differs from this one in one condition: matchers negated, kinds exchanged, crossing turned. */
export function mutationsOf(rule: Rule): readonly Mutation[] {
  const when = rule.when ?? []
  const unless = rule.unless ?? []
  return [
    ...when.flatMap((condition, i) =>
      flipped(condition).map(({ what, condition: flip }) => ({
        what: `when ${i + 1}: ${what}`,
        rule: { ...rule, when: when.with(i, flip) },
      })),
    ),
    ...unless.flatMap((suppression, i) =>
      flipped(suppression.condition).map(({ what, condition }) => ({
        what: `unless ${i + 1}: ${what}`,
        rule: { ...rule, unless: unless.with(i, { ...suppression, condition }) },
      })),
    ),
    ...(['source', 'target', 'element'] as const).flatMap(side => {
      const others = KINDS.filter(kind => !(rule[side] ?? KINDS).includes(kind))
      const [first, ...rest] = others
      return first === undefined ? [] : [{ what: `${side} exchanged`, rule: { ...rule, [side]: [first, ...rest] } as Rule }]
    }),
    { what: 'crossing turned', rule: { ...rule, crossing: rule.crossing === 'only' ? 'any' : 'only' } },
  ]
}

/** Each member of a condition negated by itself, inner ones too. */
function flipped(condition: Condition): readonly { readonly what: string; readonly condition: Condition }[] {
  const { of, ...members } = condition
  const side = of === undefined ? {} : { of }
  const keys = Object.keys(members) as (keyof typeof members)[]
  return keys.flatMap(key => {
    const rest: Condition = Object.fromEntries(Object.entries(condition).filter(([name]) => name !== key))
    const inner: Condition = { ...side, [key]: condition[key] }
    const hasRest = Object.keys(rest).some(name => name !== 'of')
    const negated: Condition = { ...(hasRest ? rest : side), not: inner }
    const deeper =
      key === 'any'
        ? (condition.any ?? []).flatMap((part, i) =>
            flipped(part).map(({ what, condition: flip }) => ({
              what: `any ${i + 1} ${what}`,
              condition: { ...condition, any: (condition.any ?? []).with(i, flip) as [Condition, ...Condition[]] },
            })),
          )
        : []
    return [{ what: `not ${key}`, condition: condition.not && key !== 'not' ? condition : negated }, ...deeper]
  })
}
