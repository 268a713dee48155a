import type { Design, Packs } from '../core/model/types.ts'
import { vouchFor } from '../core/threats/compile.ts'
import { builtinRules } from '../packs/rules.ts'

/** The packs that judging a design needs: rules always, controls only when a mitigation may name one. */
export async function packsFor(design: Design): Promise<Packs> {
  const controls = Object.keys(design.mitigations).length > 0 ? (await import('../packs/controls.ts')).builtinControls : []
  return { rules: vouchFor(builtinRules), controls, words: [], targets: [] }
}
