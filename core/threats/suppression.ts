import type { Provenance } from '../model/types.ts'
import { type Binding, rowIn } from './binding.ts'
import type { CompiledRule } from './compile.ts'
import { holdAll } from './condition.ts'
import type { SuppressedBy } from './finding.ts'

/** The first assertion that suppresses; what an AI proposed and nobody confirmed asserts nothing. */
export function suppressionOf({ unless }: CompiledRule, binding: Binding): SuppressedBy | undefined {
  for (const { control, probes } of unless) {
    if (!holdAll(probes, binding)) continue
    const facts = probes.map(probe => probe.fact(binding))
    const [first] = facts
    if (first && facts.every(fact => isConfirmed(provenanceIn(binding, fact.at))))
      return {
        control,
        at: first.at,
        states: facts.map(({ name, value }) => `${name}: ${value}`).join(', '),
        by: assertedBy(provenanceIn(binding, first.at)),
      }
  }
  return undefined
}

function provenanceIn(binding: Binding, id: string): Provenance | undefined {
  return rowIn(binding, id)?.provenance
}

function isConfirmed(provenance: Provenance | undefined): boolean {
  return provenance !== undefined && (provenance.kind !== 'ai' || provenance.confirmedBy !== undefined)
}

/** Who stated a fact, as far as the design knows. */
function assertedBy(provenance: Provenance | undefined): string {
  return provenance?.confirmedBy ?? provenance?.by ?? provenance?.tool ?? 'nobody on record'
}
