import { shown } from '../../core/evidence/show.ts'
import { type Result, refuse } from '../../core/support/result.ts'
import { checkCount } from '../arguments.ts'
import { openWritable } from '../design-write.ts'
import { answer, type Call, type Command, type Outcome } from '../frame.ts'
import { table } from '../table.ts'
import { aboutWords, runTool } from './collect.ts'

const TAKES = ['SLOT', 'FILE', '-- COMMAND ...']

export const evidence: Command = {
  takes: TAKES.map(word => `[${word}]`),
  options: {
    inbox: { help: 'What coding tools handed in over MCP; nothing of it counts yet.' },
    confirm: { value: 'ID', help: 'Make a report of the inbox evidence, on your word; the ledger names you.' },
    drop: { value: 'ID', help: 'Take a report out of the inbox.' },
  },
  async run(call) {
    const { args, options, world } = call
    if (options.on('inbox') || options.text('confirm') !== undefined || options.text('drop') !== undefined) return inbox(call)
    const enough = checkCount('evidence', TAKES, args)
    if (!enough.ok) return enough
    const [slot = '', file = '', program = '', ...words] = args
    if (program === '') return refuse(NO_COMMAND)
    const opened = await openWritable(world)
    if (!opened.ok) return opened
    const kept = await runTool(world, { folder: opened.value.folder, slot, file, program, words })
    if (!kept.ok) return kept
    const { report, sidecar } = kept.value
    return answer(sidecar, `${report}\n${program} ended with ${sidecar.exitCode}. ${aboutWords(sidecar)}`)
  },
}

/** What was proposed: listed, taken on somebody's word, or dropped. */
async function inbox({ options, world }: Call): Promise<Result<Outcome>> {
  const opened = await openWritable(world)
  if (!opened.ok) return opened
  const { design, folder } = opened.value
  const { confirmEvidence, dropEvidence, readInbox } = await import('../../host/node/evidence/inbox.ts')
  const [confirm, drop] = [options.text('confirm'), options.text('drop')]
  if (drop !== undefined) {
    const dropped = await dropEvidence(folder, drop)
    return dropped.ok ? answer({ dropped: drop }, `${drop} is gone.`) : dropped
  }
  if (confirm !== undefined) {
    const confirmed = await confirmEvidence(folder, design, { id: confirm, stamp: world })
    if (!confirmed.ok) return confirmed
    const { file, entry, proposal } = confirmed.value
    const words = `${file}\nTaken on the word of ${world.by}; ${shown(proposal.client.name)} says it ran it. It stays self-reported.`
    return answer({ confirmed: confirm, file, entry }, words)
  }
  const { proposals, problems } = await readInbox(folder)
  const rows = proposals.map(({ proposal: { id, at, client, workItem, slot, note, command }, holds }) => {
    const said = note === undefined ? '' : `"${shown(note)}"`
    return [id, at, shown(client.name, 40), workItem, slot, holds, shown(command.join(' ')), said]
  })
  const head = ['id', 'when', 'from', 'work item', 'slot', 'says', 'command', 'note']
  const listed = proposals.map(({ proposal: { report, ...rest }, holds }) => ({ ...rest, holds }))
  const lines = [
    rows.length === 0 ? 'Nothing waits.' : table(head, rows),
    ...(rows.length === 0
      ? []
      : [
          '',
          'Whoever wrote the change handed these in. To count: --confirm ID; to run it yourself instead: skeptic evidence SLOT FILE -- COMMAND',
        ]),
    ...problems.map(({ at, message, cure }) => `${at}: ${message} ${cure}`),
  ]
  return answer({ proposals: listed, problems }, lines.join('\n'), problems.length > 0 ? 2 : 0)
}

const NO_COMMAND = {
  code: 'evidence.command',
  message: 'There is no command to run.',
  cure: 'skeptic evidence unit unit.junit.xml -- node --test --test-reporter=junit',
}
