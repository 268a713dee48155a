import path from 'node:path'
import type { Sidecar } from '../../core/model/types.ts'
import { type Result, refuse } from '../../core/support/result.ts'
import { type Asked, collectEvidence, type Kept } from '../../host/node/evidence/collect.ts'
import { noteEntry } from '../../host/node/kept-states.ts'
import { signerFor } from '../../host/node/keys/signer.ts'
import { openWritable } from '../design-write.ts'
import { answer, type Command, type World } from '../frame.ts'

export const collect: Command = {
  takes: ['-- COMMAND ...'],
  options: {
    slot: { value: 'NAME', help: 'What the report is evidence of, as the checklist names it: unit, sast.' },
    file: { value: 'NAME', help: 'Name of the report; default: the slot and what the report turns out to be.' },
    without: {
      value: 'PATH',
      help: 'Run in a checkout with this file as it was before the change: tests of a control must fail.',
    },
    base: { value: 'REF', help: 'With --without: revision the change starts from.' },
    paths: { value: 'GLOB', many: true, help: 'Outside git: the files the report is about; may be given more than once.' },
    key: { value: 'ID', help: 'Sign with this key; default: your only one that is enrolled.' },
    unsigned: { help: 'Sign nothing: on your word alone.' },
  },
  async run({ args, options, world }) {
    const [program = '', ...words] = args
    const slot = options.text('slot')
    if (slot === undefined)
      return refuse({
        code: 'collect.slot',
        message: 'Nothing says what the report is evidence of.',
        cure: 'skeptic collect --slot unit -- COMMAND',
      })
    const opened = await openWritable(world)
    if (!opened.ok) return opened
    const { design, folder } = opened.value
    const wanted = options.text('key')
    const signer = options.on('unsigned') ? undefined : await signerFor(folder, wanted === undefined ? {} : { wanted })
    if (signer && !signer.ok) return signer
    const [file, without, base, paths] = [
      options.text('file'),
      options.text('without'),
      options.text('base'),
      options.many('paths'),
    ]
    const kept = await runTool(world, {
      ...{ folder, slot, program, words },
      ...(file === undefined ? {} : { file }),
      ...(without === undefined ? {} : { without }),
      ...(base === undefined ? {} : { base }),
      ...(paths.length === 0 ? {} : { paths }),
      ...(signer?.value ? { signer: signer.value } : {}),
    })
    if (!kept.ok) return kept
    const { report, sidecar } = kept.value
    const { sha256, commit, tree, reported, exitCode } = sidecar
    const files = [{ path: path.relative(folder, report).split(path.sep).join('/'), sha256 }]
    const payload = { slot, file: sidecar.file, sha256, reported, ...(commit === undefined ? {} : { commit, tree }) }
    const stamp = { at: world.at, by: world.by, ...(signer?.value ? { signer: signer.value } : {}) }
    const noted = await noteEntry(folder, { type: 'collected', payload, design }, stamp)
    if (!noted.ok) return noted
    const word = signer?.value ? `Signed by ${signer.value.name}.` : 'Not signed: it stays self-reported.'
    const apart = without === undefined ? '' : ` ${without} was as before the change.`
    return answer(
      { slot, exitCode, files, ...(commit === undefined ? {} : { commit, tree }), reported, entry: noted.value.hash },
      `${report}\n${program} ended with ${exitCode}.${apart} ${aboutWords(sidecar)} ${word}`,
    )
  },
}

/** Runs a tool for a person: what it prints beside its report goes to stderr as it comes, and a terminal is told that it still runs. */
export async function runTool(
  world: World,
  asked: Omit<Asked, 'cwd' | 'now' | 'pass' | 'stopped' | 'env'>,
): Promise<Result<Kept>> {
  const ticks = process.stderr.isTTY
    ? every(TICK_SECONDS, seconds => world.say(`${asked.program} still runs, ${seconds} s`))
    : undefined
  try {
    return await collectEvidence({
      ...asked,
      cwd: world.cwd,
      now: () => new Date().toISOString(),
      pass: chunk => void process.stderr.write(chunk),
      stopped: world.stopped(),
      env: process.env,
    })
  } finally {
    clearInterval(ticks)
  }
}

const TICK_SECONDS = 10

function every(seconds: number, tell: (seconds: number) => void): NodeJS.Timeout {
  let passed = 0
  return setInterval(() => {
    passed += seconds
    tell(passed)
  }, seconds * 1000)
}

/** What a report is about, in one sentence. */
export function aboutWords({ commit, dirty, subject, paths = [] }: Sidecar): string {
  if (subject !== undefined) return `It is about the files that match ${paths.join(', ')}.`
  if (commit === undefined) return 'There is no commit here, so nothing says which code it is about.'
  return dirty
    ? `Uncommitted changes stand beside commit ${commit.slice(0, 7)}: commit them, then run it again.`
    : `It is about commit ${commit.slice(0, 7)}.`
}
