import type { Packs } from '../../../core/model/types.ts'

/** The packs that come with the program; read only when a call needs them. */
export async function loadPacks(): Promise<Packs> {
  return (await import('../../../packs/builtin.ts')).builtinPacks
}
