import { applyChanges, type Change } from '../../core/model/change.ts'
import { ok, type Result, refuse } from '../../core/support/result.ts'
import { deriveFindings, type Finding } from '../../core/threats/engine.ts'
import { saysTheSame } from '../../core/threats/merged.ts'
import { decideTogether, type Said } from '../../core/threats/together.ts'
import { writeChanges } from '../../host/node/store.ts'
import { openForEditing, tellTeam } from '../design-write.ts'
import { answer, type Command, type Options } from '../frame.ts'
import { packsFor } from '../packs.ts'

export const triage: Command = {
  takes: ['ID', '[ID ...]'],
  options: {
    real: { value: 'L,I', help: 'It is real: likelihood and impact, 1 to 5 each, as 3,4.' },
    'not-applicable': { value: 'REASON', help: 'It does not apply, and why.' },
    'duplicate-of': { value: 'ID', help: 'Another finding says the same.' },
  },
  async run({ args, options, world }) {
    const opened = await openForEditing(world)
    if (!opened.ok) return opened
    const { design, folder } = opened.value
    const { findings } = deriveFindings(design, (await packsFor(opened.value)).rules)
    const said = saidBy(options, findings)
    if (!said.ok) return said
    const changes: Change[] = []
    const lines: string[] = []
    let now = design
    for (const id of new Set(args)) {
      const finding = findings.find(candidate => candidate.id === id)
      if (!finding) return unknown(id)
      const same = saysTheSame(findings, finding).filter(other => other !== finding)
      const stamp = { at: world.at, by: world.by, random: world.random }
      const decided = decideTogether(now, { findings: [finding, ...same], said: said.value }, stamp)
      if (!decided.ok) return decided
      changes.push(...decided.value)
      now = applyChanges(now, decided.value)
      lines.push(`Decided ${id}: ${finding.title}${same.length > 0 ? ` (and ${same.map(other => other.id).join(', ')})` : ''}`)
    }
    const written = await writeChanges(folder, design, now)
    if (!written.ok) return written
    await tellTeam(world, folder)
    return answer({ changed: changes.map(change => (change.kind === 'put' ? change.row.id : change.id)) }, lines.join('\n'))
  },
}

function unknown(id: string): Result<never> {
  return refuse({
    code: 'triage.unknown',
    at: id,
    message: 'There is no finding with this id.',
    cure: 'skeptic threats --all lists them.',
  })
}

function saidBy(options: Options, findings: readonly Finding[]): Result<Said> {
  const [real, reason, of] = [options.text('real'), options.text('not-applicable'), options.text('duplicate-of')]
  if ([real, reason, of].filter(given => given !== undefined).length !== 1)
    return refuse({
      code: 'triage.decision',
      message: 'Give exactly one decision.',
      cure: '--real L,I or --not-applicable REASON or --duplicate-of ID',
    })
  if (reason !== undefined) return ok({ decision: 'notApplicable', reason })
  if (of !== undefined) {
    const other = findings.find(candidate => candidate.id === of)
    return other ? ok({ decision: 'duplicate', of }) : unknown(of)
  }
  const scales = /^([1-5]),([1-5])$/.exec(real ?? '')
  if (!scales)
    return refuse({
      code: 'triage.scale',
      message: `--real takes likelihood and impact, 1 to 5 each, not "${real}".`,
      cure: 'Write as --real 3,4',
    })
  return ok({ decision: 'real', likelihood: Number(scales[1]), impact: Number(scales[2]) })
}
