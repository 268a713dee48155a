// Reads a bundle and derives every finding, at the pace of the command line: what P1 measures as a whole process.

import { readFileSync } from 'node:fs'
import { paceForLongRun } from '../cli/pace.ts'
import { EMPTY_DESIGN } from '../core/model/change.ts'
import { tableFrom } from '../core/model/table.ts'
import type { Boundary, DataAsset, Design, Element, Flow } from '../core/model/types.ts'
import { vouchFor } from '../core/threats/compile.ts'
import { deriveFindings } from '../core/threats/engine.ts'
import { builtinRules } from '../packs/rules.ts'
import { mostHeld } from './held.ts'

paceForLongRun()
const { files } = JSON.parse(readFileSync(process.argv[2] as string, 'utf8')) as { files: Record<string, { id?: string }> }
/** Tables by the prefix of their ids; what the rules do not read is left where it is. */
const BY_PREFIX: { readonly [prefix: string]: 'elements' | 'flows' | 'boundaries' | 'data' } = {
  E: 'elements',
  F: 'flows',
  B: 'boundaries',
  D: 'data',
}
const rows = { elements: [] as Element[], flows: [] as Flow[], boundaries: [] as Boundary[], data: [] as DataAsset[] }
for (const row of Object.values(files)) {
  const { id } = row // the two single rows have none
  const name = id?.charAt(1) === '-' ? BY_PREFIX[id.charAt(0)] : undefined
  if (name) rows[name].push(row as never)
}
const design: Design = {
  ...EMPTY_DESIGN,
  elements: tableFrom(rows.elements),
  flows: tableFrom(rows.flows),
  boundaries: tableFrom(rows.boundaries),
  data: tableFrom(rows.data),
}
const rules = vouchFor(builtinRules)
const { count } = deriveFindings(design, rules)
const rss = mostHeld()
process.stdout.write(JSON.stringify({ count, rules: rules.reduce((sum, pack) => sum + pack.rules.length, 0), rss }))
