import { spawn } from 'node:child_process'
import { mkdir, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { ok, type Result, refuse } from '../../core/support/result.ts'
import { writeSelfReportedSidecar } from '../../host/node/evidence/write-sidecar.ts'
import { openWritable } from '../design-write.ts'
import { answer, type Command } from '../frame.ts'

/** Stands in a command for the file that it should write its report to. */
const REPORT = '{report}'

export const evidence: Command = {
  takes: ['SLOT', 'FILE', '-- COMMAND ...'],
  options: {},
  async run({ args, world }) {
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
