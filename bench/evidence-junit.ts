import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { compare, cpuOf } from './measure.ts'
import type { Part } from './run.ts'

type Told = { readonly count: number; readonly rss: number }

const MEGABYTE = 1_000_000
const LARGE = 50
const SMALL = 5

/** P11: facts of a JUnit report of 50 MB, against a bare pass of saxes over the same bytes; each in a process of its own. */
export function junitReports(root: string): Part {
  const dir = mkdtempSync(path.join(tmpdir(), 'skeptic-bench-'))
  try {
    const [large, small] = [LARGE, SMALL].map(size => writeReport(path.join(dir, `${size}.xml`), size * MEGABYTE)) as [
      string,
      string,
    ]
    const child = path.join(root, 'dist/bench/evidence-junit-child.cjs')
    const command = (way: 'facts' | 'saxes', file: string) => [process.execPath, child, way, file]
    const facts = (file: string) => () => cpuOf(command('facts', file), 1)
    const against = { against: 'a bare pass of saxes', most: 2 }
    const told = (way: 'facts' | 'saxes') =>
      JSON.parse(spawnSync(process.execPath, command(way, large).slice(1), { encoding: 'utf8' }).stdout) as Told
    const [ours, bare] = [told('facts'), told('saxes')]
    return {
      lines: [
        {
          goal: 'P11',
          what: `tests of a JUnit report of ${LARGE} MB`,
          ...against,
          ratio: compare(facts(large), () => cpuOf(command('saxes', large), 1), 9),
        },
        {
          goal: 'P11',
          what: `growth from ${SMALL} to ${LARGE} MB`,
          against: `the same at ${SMALL} MB`,
          most: 12,
          ratio: compare(facts(large), facts(small), 9),
        },
      ],
      remarks: [
        `P11: ${ours.count.toLocaleString('en-US')} tests of ${LARGE} MB; at most ${ours.rss} MB held, of which the bare pass takes ${bare.rss} MB.`,
      ],
    }
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

/** Writes a report of at least so many bytes: suites of a hundred tests, some failed with a trace, some skipped, some with output. */
function writeReport(file: string, bytes: number): string {
  const out = openSync(file, 'w')
  let written = writeSync(out, '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="bench">\n')
  for (let suite = 0; written < bytes; suite++) written += writeSync(out, suiteOf(suite))
  writeSync(out, '</testsuites>\n')
  closeSync(out)
  return file
}

const TESTS = 100

function suiteOf(suite: number): string {
  const cases = Array.from({ length: TESTS }, (_, test) => caseOf(suite, test))
  const count = (element: string) => cases.filter(one => one.includes(element)).length
  const totals = `tests="${TESTS}" failures="${count('<failure')}" errors="0" skipped="${count('<skipped')}"`
  return `  <testsuite name="shop/orders/part-${suite}.test.ts" timestamp="2026-01-01T00:00:00Z" ${totals} time="1.25">\n${cases.join('')}  </testsuite>\n`
}

function caseOf(suite: number, test: number): string {
  const head = `    <testcase classname="shop/orders/part-${suite}.test.ts" name="order ${test} &gt; keeps what &quot;customer ${suite % 97}&quot; asked for" time="0.0${test}"`
  if (test % 25 === 7)
    return `${head}>\n      <failure message="expected ${suite} to be ${test}" type="AssertionError">${TRACE}</failure>\n    </testcase>\n`
  if (test % 20 === 3) return `${head}>\n      <skipped/>\n    </testcase>\n`
  if (test % 10 === 9) return `${head}>\n      <system-out><![CDATA[${LOG}]]></system-out>\n    </testcase>\n`
  return `${head}/>\n`
}

const TRACE = Array.from({ length: 12 }, (_, i) => `    at step${i} (shop/orders/step-${i}.ts:${i * 7}:11) &amp; on`).join('\n')
const LOG = Array.from({ length: 20 }, (_, i) => `2026-01-01T00:00:${i + 10}Z info <order ${i}> is kept & sent on`).join('\n')
