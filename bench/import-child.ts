// Reads one model again and again: as an import does, and in turn by the bare parser of its notation. Prints the processor time of both.

import { readFileSync } from 'node:fs'
import { SaxesParser } from 'saxes'
import { parse } from 'yaml'
import { importModel } from '../core/interop/import.ts'
import { mostHeld } from './held.ts'

const [file = '', notation = 'json', rounds = '11'] = process.argv.slice(2)
const text = readFileSync(file, 'utf8')

const stamp = {
  at: '2026-01-01T00:00:00Z',
  by: 'bench',
  random: () => {
    throw new Error('an import draws no random ids')
  },
}

function ours(): number {
  const read = importModel('model', text, { stamp })
  if (!read.ok) throw new Error(read.problems[0].message)
  return read.value.summary.counts.elements ?? 0
}

/** What nothing that reads the notation can do without. A notation without a parser of its own is held against its lines. */
const BARE: Readonly<Record<string, () => unknown>> = {
  json: () => JSON.parse(text),
  yaml: () => parse(text, { version: '1.2', merge: false, uniqueKeys: false, prettyErrors: false, logLevel: 'silent' }),
  xml: () => new SaxesParser({ xmlns: false }).write(text).close(),
  lines: () => text.split('\n').map(line => line.trim().split(/\s+/)),
}

const bare = BARE[notation]
if (!bare) throw new Error(`no bare parser for ${notation}`)

/** Processor time of one call in milliseconds, of as many calls as fill a twentieth of a second. */
function timeOf(call: () => unknown): number {
  const begun = process.cpuUsage()
  let calls = 0
  let spent = 0
  do {
    call()
    calls++
    const { user, system } = process.cpuUsage(begun)
    spent = (user + system) / 1000
  } while (spent < 50)
  return spent / calls
}

const elements = ours()
timeOf(ours)
timeOf(bare)
const pairs = Array.from({ length: Number(rounds) }, () => ({ ours: timeOf(ours), floor: timeOf(bare) }))
process.stdout.write(JSON.stringify({ elements, pairs, rss: mostHeld() }))
