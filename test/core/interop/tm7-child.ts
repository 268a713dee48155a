// Reads the model that is named and prints what it holds: a program of its own, so that a test can say how much memory it may use.
import { readFileSync } from 'node:fs'
import { countsOf } from '../../../core/interop/counts.ts'
import { readTm7 } from '../../../core/interop/tm7/read.ts'

const read = readTm7('large.tm7', readFileSync(process.argv[2] as string, 'utf8'), {
  at: '2026-11-22T16:00:00Z',
  by: 'Security lead',
  random: () => 0,
})
process.stdout.write(JSON.stringify(read.ok ? countsOf(read.value.design) : read.problems))
