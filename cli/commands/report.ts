import { resolve } from 'node:path'
import { modelReport } from '../../core/reports/model-report.ts'
import { ok, type Result, refuse } from '../../core/support/result.ts'
import { type Opened, openDesign } from '../design.ts'
import { answer, type Command } from '../frame.ts'
import { packsFor } from '../packs.ts'

export const report: Command = {
  isShort: true,
  takes: [],
  options: {
    format: { value: 'md', help: 'Markdown; more formats come later.' },
    kind: { value: 'model', help: 'Which document; the threat model.' },
    out: { value: 'FILE', help: 'Where to write; default: stdout.' },
  },
  async run({ options, world }) {
    const [format, kind, out] = [options.text('format') ?? 'md', options.text('kind') ?? 'model', options.text('out')]
    if (format !== 'md')
      return refuse({ code: 'report.format', message: `Reports cannot be written as "${format}" yet.`, cure: 'Use --format md.' })
    if (kind !== 'model')
      return refuse({ code: 'report.kind', message: `There is no report "${kind}" yet.`, cure: 'Use --kind model.' })
    const opened = await openDesign(world)
    if (!opened.ok) return opened
    const warning = await warningOf(opened.value)
    if (!warning.ok) return warning
    const text = `${warning.value}${modelReport(opened.value.design, await packsFor(opened.value), { at: world.at })}`
    if (out === undefined) return answer({ file: null, text }, text)
    const { writeOut } = await import('../output.ts')
    const written = await writeOut(resolve(world.cwd, out), text)
    return written.ok ? answer({ file: written.value }, written.value) : written
  },
}

/** A broken ledger is said on top of every report; a bundle has no ledger. */
async function warningOf({ folder }: Opened): Promise<Result<string>> {
  if (folder === undefined) return ok('')
  const { readLedgerFolder } = await import('../../host/node/ledger.ts')
  const ledger = await readLedgerFolder(folder)
  if (!ledger.ok || ledger.value.ok) return ledger.ok ? ok('') : ledger
  const { ledgerWarning } = await import('../../core/reports/ledger-warning.ts')
  return ok(ledgerWarning(ledger.value))
}
