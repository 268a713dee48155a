// Reads a bundle and derives every finding: what P1 measures as a whole process.

import { readFileSync } from 'node:fs'
import { EMPTY_DESIGN } from '../core/model/change.ts'
import { tableAt } from '../core/model/parse.ts'
import type { Design } from '../core/model/types.ts'
import { vouchFor } from '../core/threats/compile.ts'
import { deriveFindings, placesOf } from '../core/threats/engine.ts'
import { builtinRules } from '../packs/rules.ts'
import { mostHeld } from './held.ts'

const { files } = JSON.parse(readFileSync(process.argv[2] as string, 'utf8')) as { files: Record<string, { id: string }> }
const tables: Record<string, Record<string, unknown>> = Object.fromEntries(Object.keys(EMPTY_DESIGN).map(name => [name, {}]))
let folder = ''
let rows: Record<string, unknown> = {}
for (const path in files) {
  const row = files[path] as { id: string }
  // Files of one folder stand together.
  if (!path.startsWith(folder) || folder === '') {
    folder = path.slice(0, path.indexOf('/') + 1)
    rows = tables[tableAt(path) ?? ''] ?? {}
  }
  rows[row.id] = row
}
const design = tables as unknown as Design
const rules = vouchFor(builtinRules)
const { count } = deriveFindings(design, rules)
let now = 0
for (const place of placesOf(design, rules).all()) if (place.isNow) now += place.matched.length
const rss = mostHeld()
process.stdout.write(JSON.stringify({ count, now, rules: rules.reduce((sum, pack) => sum + pack.rules.length, 0), rss }))
