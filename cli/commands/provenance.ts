import path from 'node:path'
import { rowsOf } from '../../core/model/table.ts'
import { attestedIn, promptedZones } from '../../core/provenance/unmarked.ts'
import { traceOf } from '../../core/provenance/write-agent-trace.ts'
import { refuse } from '../../core/support/result.ts'
import { provenanceLines } from '../../core/verdict/as-text.ts'
import { changeDigest } from '../../host/node/evidence/change.ts'
import { changesBetween } from '../../host/node/evidence/code-tree.ts'
import { ownPaths } from '../../host/node/evidence/own-paths.ts'
import { readLedgerFolder } from '../../host/node/ledger.ts'
import { readProvenance } from '../../host/node/provenance/read.ts'
import { type Stand, standOf } from '../../host/node/stand.ts'
import { openWritable } from '../design-write.ts'
import { answer, type Command } from '../frame.ts'
import { writeOut } from '../output.ts'

export const provenance: Command = {
  takes: [],
  options: {
    base: { value: 'REF', help: 'Revision the change starts from; default: the merge base with the default branch.' },
    head: { value: 'REF', help: 'Revision to look at; default: HEAD.' },
    trace: { value: 'FILE', many: true, help: 'Agent Trace records; default: those in .agent-trace beside the code.' },
    out: { value: 'FILE', help: 'Also write what is said as Agent Trace records to FILE, one to a line.' },
  },
  async run({ options, world }) {
    const opened = await openWritable(world)
    if (!opened.ok) return opened
    const { design, folder } = opened.value
    const ledger = await readLedgerFolder(folder)
    if (!ledger.ok) return ledger
    const codeRoot = path.dirname(folder)
    const isOwn = ownPaths(codeRoot, [folder])
    const [base, head] = [options.text('base'), options.text('head')]
    const stand = await standOf({
      ...{ codeRoot, isOwn, globs: [] },
      ...(base === undefined ? {} : { base }),
      ...(head === undefined ? {} : { head }),
    })
    if (!stand.ok) return stand
    const change = await digestOf(stand.value, isOwn)
    const zones = promptedZones(design, ledger.value)
    const attested = rowsOf(design.workItems).flatMap(({ id }) => attestedIn(ledger.value, { workItem: id, change }))
    const traces = options.many('trace').map(file => path.resolve(world.cwd, file))
    const made = await readProvenance({
      ...{ design, ledger: ledger.value, codeRoot, isOwn, zones, attested, base: stand.value.base, head: head ?? 'HEAD' },
      ...(traces.length > 0 ? { traces } : {}),
    })
    if (!made)
      return refuse({
        code: 'provenance.noRepository',
        at: codeRoot,
        message: 'The code is in no git repository with a commit, so no commit says who made it.',
        cure: 'Run it where the design lies beside the code, in a repository.',
      })
    const out = options.text('out')
    if (out !== undefined) {
      const records = made.commits.map(commit => `${JSON.stringify(traceOf(commit, world))}\n`)
      const written = await writeOut(path.resolve(world.cwd, out), records.join(''))
      if (!written.ok) return written
    }
    const problems = [...stand.value.problems, ...made.problems]
    return answer({ ...made, problems }, provenanceLines({ ...made, problems }).join('\n'))
  },
}

/** What answers of people are bound to, as a review binds them. */
async function digestOf({ before, tree }: Stand, isOwn: (path: string) => boolean): Promise<string | undefined> {
  const changes = before && (await changesBetween(before, tree)).filter(change => !isOwn(change.path))
  return changeDigest(changes, tree, [])
}
