// The floor of P1: a process that parses the same text and holds what came out.

import { readFileSync } from 'node:fs'
import { mostHeld } from './held.ts'

const parsed = JSON.parse(readFileSync(process.argv[2] as string, 'utf8')) as { files: object }
const rss = mostHeld()
process.stdout.write(JSON.stringify({ count: parsed.files ? 1 : 0, rss }))
