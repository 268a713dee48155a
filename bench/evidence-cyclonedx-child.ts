// Reads a bill of materials as evidence is read, held against its whole schema: what P10 measures as a whole process.

import { readFileSync } from 'node:fs'
import { paceForLongRun } from '../cli/pace.ts'
import { readEvidence } from '../core/evidence/read.ts'
import { mostHeld } from './held.ts'

paceForLongRun()
const file = process.argv[2] as string
const read = readEvidence(file, readFileSync(file, 'utf8'))
if (!read.ok) throw new Error(read.problems[0].message)
const facts = read.value.facts.components
if (facts?.oddities[0]) throw new Error(`${facts.oddities[0].pointer} ${facts.oddities[0].text}`)
process.stdout.write(JSON.stringify({ count: facts?.components.length, rss: mostHeld() }))
