import type { EvidenceSource } from '../../schemas/generated/types.ts'
import { shown } from '../evidence/show.ts'

/** Where a predicate looks, as part of its sentence. */
export function sourceWords({ slot, tool }: EvidenceSource): string {
  return tool === undefined ? `evidence "${shown(slot)}"` : `evidence "${shown(slot)}" from ${shown(tool)}`
}

export function quoted(text: string): string {
  return `"${text}"`
}
