import { applyChanges } from '../../core/model/change.ts'
import type { Design, Packs, Rule, RulePack } from '../../core/model/types.ts'
import { builtinPacks } from '../../packs/builtin.ts'
import { firstRules } from '../../packs/start.ts'
import { smallDesign } from '../support/small-design.ts'

/** The interaction patterns, and a team's pack that says the same again under its own names. */
export function overlappingPacks(): Packs {
  return { ...builtinPacks, rules: [...firstRules, ...firstRules.map(again)] }
}

function again(pack: RulePack): RulePack {
  const rules = pack.rules.map(({ fixtures: _fixtures, ...rule }): Rule => ({ ...rule, id: `TEAM-${rule.id}` }))
  return { ...pack, id: 'team-again', title: 'Team', rules: rules as RulePack['rules'] }
}

/** A chain of so many processes; every flow between them yields findings. */
export function chainOf(count: number): Design {
  const provenance = { kind: 'human', at: '2026-11-22T16:00:00Z' } as const
  return applyChanges(
    smallDesign(),
    Array.from({ length: count }, (_, i) => i).flatMap(i => [
      { kind: 'put', table: 'elements', row: { id: idOf('E', i), name: `Step ${i}`, kind: 'process', provenance } } as const,
      ...(i === 0
        ? []
        : [
            {
              kind: 'put',
              table: 'flows',
              row: { id: idOf('F', i), name: `hand over ${i}`, source: idOf('E', i - 1), target: idOf('E', i), provenance },
            } as const,
          ]),
    ]),
  )
}

const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

function idOf(prefix: 'E' | 'F', number: number): string {
  return `${prefix}-Z${[15, 10, 5, 0].map(shift => DIGITS[(number >> shift) & 31]).join('')}`
}
