import type { Packs } from '../../../core/model/types.ts'

/** What a rule pack is called; its id where nobody has it. */
export function packTitle({ rules }: Pick<Packs, 'rules'>, id: string): string {
  return rules.find(pack => pack.id === id)?.title ?? id
}
