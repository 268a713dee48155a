// npm test: sets everything up, runs every test, and ends with one line of totals.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { ensureBrowser } from './browser.mjs'
import { ensureBuild, ensureDependencies, say } from './ready.mjs'
import { run } from './run.mjs'

await ensureDependencies()
const { bin, checks } = await import('./check.mjs')
const { generate } = await import('./generate.mjs')
await generate()
await ensureBuild()
const chromium = await ensureBrowser()
const out = mkdtempSync(path.join(tmpdir(), 'skeptic-test-'))
const totals = { passed: 0, failed: 0, skipped: 0 }

say('Format, lint, types')
for (const [what, command, args] of checks()) {
  const code = await run(command, args)
  add(code === 0 ? { passed: 1 } : { failed: 1 })
  process.stdout.write(`${code === 0 ? 'ok    ' : 'FAILED'} ${what}\n`)
}

say('Unit tests')
const unitReport = path.join(out, 'unit.json')
const unitCode = await run(bin('vitest'), ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`])
add(
  readReport(unitReport, report => ({
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.numFailedTestSuites,
    skipped: report.numPendingTests + report.numTodoTests,
  })),
)
if (unitCode !== 0 && totals.failed === 0) totals.failed++

say('Journeys')
const journeyReport = path.join(out, 'journeys.json')
const env = { ...process.env, CHROMIUM: chromium ?? '', PLAYWRIGHT_JSON_OUTPUT_NAME: journeyReport }
const journeyCode = chromium ? await run(bin('playwright'), ['test', '--reporter=list,json'], { env }) : 1
const before = totals.failed
add(
  readReport(journeyReport, ({ stats }) => ({
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
    skipped: stats.skipped,
  })),
)
if (journeyCode !== 0 && totals.failed === before) totals.failed++

rmSync(out, { recursive: true, force: true })
process.stdout.write(
  `\n${totals.passed} passed, ${totals.failed} failed${totals.skipped > 0 ? `, ${totals.skipped} skipped` : ''}\n`,
)
process.exit(totals.failed === 0 && totals.passed > 0 ? 0 : 1)

function add(counts) {
  for (const key of Object.keys(totals)) totals[key] += counts[key] ?? 0
}

function readReport(file, countsOf) {
  if (!existsSync(file)) return { failed: 1 }
  return countsOf(JSON.parse(readFileSync(file, 'utf8')))
}
