import { spawn } from 'node:child_process'
import { mkdir, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { shown } from '../../core/evidence/show.ts'
import { ok, type Result, refuse } from '../../core/support/result.ts'
import { writeSelfReportedSidecar } from '../../host/node/evidence/write-sidecar.ts'
import { checkCount } from '../arguments.ts'
import { openWritable } from '../design-write.ts'
import { answer, type Call, type Command, type Outcome } from '../frame.ts'
import { table } from '../table.ts'

/** Stands in a command for the file that it should write its report to. */
const REPORT = '{report}'

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
    if (file !== path.basename(file))
      return refuse({ code: 'evidence.file', message: `"${file}" is not a plain file name.`, cure: 'A name, as unit.junit.xml.' })
    const opened = await openWritable(world)
    if (!opened.ok) return opened
    const { folder } = opened.value
    const report = path.join(folder, '.skeptic/evidence', file)
    await mkdir(path.dirname(report), { recursive: true })
    const startedAt = new Date().toISOString()
    const ran = await runProgram({ program, words: words.map(word => word.replaceAll(REPORT, report)), cwd: world.cwd })
    if (!ran.ok) return ran
    if (!words.some(word => word.includes(REPORT))) await writeFile(report, ran.value.output)
    const made = await stat(report).catch(() => undefined)
    if (made === undefined || made.mtimeMs < Date.parse(startedAt) - 2000)
      return refuse({
        code: 'evidence.noReport',
        at: report,
        message: 'The command wrote no report there.',
        cure: `Write ${REPORT} where it takes the name of its report, or let it print the report.`,
      })
    const sidecar = await writeSelfReportedSidecar({
      report,
      slot,
      argv: [program, ...words],
      exitCode: ran.value.exitCode,
      startedAt,
      endedAt: new Date().toISOString(),
      codeRoot: path.dirname(folder),
      designDir: folder,
    })
    if (!sidecar.ok) return sidecar
    const { commit, dirty } = sidecar.value
    const about =
      commit === undefined
        ? 'There is no commit here, so nothing says which code it is about.'
        : dirty
          ? `Uncommitted changes stand beside commit ${commit.slice(0, 7)}: commit them, then run it again.`
          : `It is about commit ${commit.slice(0, 7)}.`
    return answer(sidecar.value, `${report}\n${program} ended with ${ran.value.exitCode}. ${about}`)
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

type Run = { readonly program: string; readonly words: readonly string[]; readonly cwd: string }

/** Runs a program without a shell; what it prints as errors is shown as it comes. */
function runProgram({ program, words, cwd }: Run): Promise<Result<{ readonly output: Buffer; readonly exitCode: number }>> {
  return new Promise(done => {
    const parts: Buffer[] = []
    const child = spawn(program, words, { cwd, stdio: ['ignore', 'pipe', 'inherit'] })
    child.stdout.on('data', (part: Buffer) => parts.push(part))
    child.on('error', error =>
      done(
        refuse({
          code: 'evidence.command',
          message: `${program} cannot be run: ${error.message}.`,
          cure: 'Name a program that is on the path.',
        }),
      ),
    )
    child.on('close', code => done(ok({ output: Buffer.concat(parts), exitCode: code ?? 1 })))
  })
}
