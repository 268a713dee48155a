import path from 'node:path'
import { rowsOf } from '../../core/model/table.ts'
import { refuse } from '../../core/support/result.ts'
import { exitCodeOfAll, type VerdictRecord } from '../../core/verdict/record.ts'
import { renderRecord } from '../../core/verdict/render.ts'
import { tickProblems } from '../../core/verdict/ticks.ts'
import { nodeDisk } from '../../host/node/disk.ts'
import { noteEntry } from '../../host/node/kept-states.ts'
import { signerFor } from '../../host/node/keys/signer.ts'
import { readLedgerFolder } from '../../host/node/ledger.ts'
import { readText } from '../../host/node/read-files.ts'
import { reviewChange } from '../../host/node/review.ts'
import { openWritable } from '../design-write.ts'
import { answer, type Command } from '../frame.ts'
import { writeOut } from '../output.ts'
import { allPacks } from '../packs.ts'

export const verify: Command = {
  takes: ['[W ...]'],
  options: {
    base: { value: 'REF', help: 'Revision the change starts from; default: the merge base with the default branch.' },
    head: { value: 'REF', help: 'Revision to judge; default: the working tree.' },
    evidence: { value: 'DIR', help: 'Evidence; default: .skeptic/evidence of the design.' },
    out: { value: 'FILE', help: 'Also write the record to FILE.' },
    format: { value: 'sarif|junit|md|json|intoto|svr|cyclonedx|oscal', help: 'Format of FILE; default json.' },
    'task-list': { value: 'FILE', help: 'A pull-request text with the checklist in it: says which ticks are not proven.' },
    'dry-run': { help: 'Note nothing in the ledger.' },
  },
  async run({ args, options, world }) {
    const opened = await openWritable(world)
    if (!opened.ok) return opened
    const { design, folder } = opened.value
    const workItems = args.length > 0 ? args : rowsOf(design.workItems).map(item => item.id)
    if (workItems.length === 0)
      return refuse({
        code: 'verify.nothing',
        at: folder,
        message: 'The design has no work items, so there is nothing to verify.',
        cure: 'Add a work item in the workbench.',
      })
    const list = options.text('task-list')
    const listText = list === undefined ? undefined : readText(path.resolve(world.cwd, list), nodeDisk, LIST_LIMIT)
    if (listText && !listText.ok) return listText
    const ledger = await readLedgerFolder(folder)
    if (!ledger.ok) return ledger
    const evidenceDir = path.resolve(world.cwd, options.text('evidence') ?? path.join(folder, '.skeptic/evidence'))
    const [base, head] = [options.text('base'), options.text('head')]
    const packs = await allPacks({ folder })
    // A key that cannot be used keeps no verdict from being noted: it is then on our own word.
    const key = options.on('dry-run') ? undefined : await signerFor(folder)
    if (key && !key.ok) world.say(`The verdict is not signed. ${key.problems[0].message} ${key.problems[0].cure ?? ''}`)
    const signer = key?.ok ? key.value : undefined
    const records: VerdictRecord[] = []
    for (const workItem of workItems) {
      const reviewed = await reviewChange({
        design,
        packs,
        ledger: ledger.value,
        workItem,
        evidenceDir,
        codeRoot: path.dirname(folder),
        designDir: folder,
        at: world.at,
        ...(base === undefined ? {} : { base }),
        ...(head === undefined ? {} : { head }),
      })
      if (!reviewed.ok) return reviewed
      const { record } = reviewed.value
      records.push(record)
      if (!options.on('dry-run')) {
        const noted = await noteEntry(
          folder,
          {
            type: 'verdict',
            payload: { workItem, digest: record.digest, verdict: record.verdict, counts: record.counts, record },
            design,
          },
          { at: world.at, by: world.by, ...(signer ? { signer } : {}) },
        )
        if (!noted.ok) return noted
      }
    }
    const out = options.text('out')
    const format = options.text('format') ?? 'json'
    if (out !== undefined) {
      const text = renderRecord(records, format)
      if (!text.ok) return text
      const written = await writeOut(path.resolve(world.cwd, out), text.value)
      if (!written.ok) return written
    }
    const ticks = listText === undefined ? undefined : tickProblems(records, path.basename(list ?? ''), listText.value)
    for (const { at, message, cure } of ticks ?? []) world.say(`${at}: ${message} ${cure}`)
    const [only] = records
    const json = {
      ...(records.length === 1 && only ? only : { verdict: worst(records), records }),
      ...(ticks ? { ticks } : {}),
    }
    const shown = renderRecord(records, 'text')
    return answer(json, shown.ok ? shown.value : '', exitCodeOfAll(records))
  },
}

/** Bytes of a pull-request text; more is another file. */
const LIST_LIMIT = 1024 * 1024

function worst(records: readonly VerdictRecord[]): string {
  return (
    (['fail', 'inconclusive', 'pass'] as const).find(verdict => records.some(record => record.verdict === verdict)) ??
    'inconclusive'
  )
}
