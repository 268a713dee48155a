// Reads a bundle and derives every finding: what P1 measures as a whole process.

import { readFileSync } from 'node:fs'
import { EMPTY_DESIGN } from '../core/model/change.ts'
import type { Design } from '../core/model/types.ts'
import { vouchFor } from '../core/threats/compile.ts'
import { deriveFindings } from '../core/threats/engine.ts'
import { builtinRules } from '../packs/rules.ts'
import { mostHeld } from './held.ts'

const { files } = JSON.parse(readFileSync(process.argv[2] as string, 'utf8')) as { files: Record<string, { id?: string }> }
/** Tables by the prefix of their ids; what the rules do not read is left where it is. */
const BY_PREFIX: { readonly [prefix: string]: 'elements' | 'flows' | 'boundaries' | 'data' } = {
  E: 'elements',
  F: 'flows',
  B: 'boundaries',
  D: 'data',
}
const tables: Record<string, Record<string, unknown>> = { ...EMPTY_DESIGN, elements: {}, flows: {}, boundaries: {}, data: {} }
for (const row of Object.values(files)) {
  const { id } = row // the two single rows have none
  const name = id?.charAt(1) === '-' ? BY_PREFIX[id.charAt(0)] : undefined
  if (name && id) (tables[name] as Record<string, unknown>)[id] = row
}
const design = tables as unknown as Design
const rules = vouchFor(builtinRules)
const { count } = deriveFindings(design, rules)
const rss = mostHeld()
process.stdout.write(JSON.stringify({ count, rules: rules.reduce((sum, pack) => sum + pack.rules.length, 0), rss }))
