// One pass over a JUnit report: `facts` as evidence is read, `saxes` the floor, a parser that only counts.

import { readFileSync } from 'node:fs'
import { SaxesParser } from 'saxes'
import { readEvidence } from '../core/evidence/read.ts'
import { mostHeld } from './held.ts'

const [way, file = ''] = process.argv.slice(2)
const count = way === 'facts' ? testsOf(readFileSync(file, 'utf8')) : passed(readFileSync(file, 'utf8'))
process.stdout.write(JSON.stringify({ count, rss: mostHeld() }))

function testsOf(text: string): number {
  const read = readEvidence(file, text)
  if (!read.ok) throw new Error(read.problems[0].message)
  return read.value.facts.tests?.cases.length ?? 0
}

function passed(text: string): number {
  const parser = new SaxesParser({ xmlns: false })
  let tests = 0
  parser.on('opentag', ({ name }) => {
    if (name === 'testcase') tests++
  })
  parser.write(text).close()
  return tests
}
