import type { Split } from '../split.ts'

/** What to make of a work item that is too large; undefined where no cut is proposed. */
export function splitWords({ parts }: Split, workItem: string): string | undefined {
  if (parts.length === 0) return undefined
  const told = parts.map(({ flows, elements, rows }) => `${(flows.length > 0 ? flows : elements).join(', ')} (${rows.length})`)
  return `Make ${parts.length} work items of it: ${told.join('; ')}. Which control goes where: skeptic prompt ${workItem} --split.`
}
