import { applyChanges, type Change } from '../../core/model/change.ts'
import type { Design, Stamp } from '../../core/model/types.ts'
import { type Result, refuse } from '../../core/support/result.ts'
import { triageDuplicate, triageNotApplicable, triageReal } from '../../core/threats/edits.ts'
import { deriveFindings, type Finding } from '../../core/threats/engine.ts'
import { writeChanges } from '../../host/node/store.ts'
import { builtinRules } from '../../packs/rules.ts'
import { openWritable } from '../design.ts'
import { answer, type Command, type Options } from '../frame.ts'

export const triage: Command = {
  takes: ['ID'],
  options: {
    real: { value: 'L,I', help: 'It is real: likelihood and impact, 1 to 5 each, as 3,4.' },
    'not-applicable': { value: 'REASON', help: 'It does not apply, and why.' },
    'duplicate-of': { value: 'ID', help: 'Another finding says the same.' },
  },
  async run({ args, options, world }) {
    const opened = await openWritable(world)
    if (!opened.ok) return opened
    const { design, folder } = opened.value
    const { findings } = deriveFindings(design, builtinRules)
    const finding = findings.find(candidate => candidate.id === args[0])
    if (!finding)
      return refuse({
        code: 'triage.unknown',
        at: args[0] ?? '',
        message: 'There is no finding with this id.',
        cure: 'skeptic threats --all lists them.',
      })
    const changes = decisionOf({
      design,
      finding,
      findings,
      options,
      stamp: { at: world.at, by: world.by, random: world.random },
    })
    if (!changes.ok) return changes
    const written = await writeChanges(folder, design, applyChanges(design, changes.value))
    if (!written.ok) return written
    const changed = changes.value.map(change => (change.kind === 'put' ? change.row.id : change.id))
    return answer({ changed }, `Decided ${finding.id}: ${finding.title}`)
  },
}

type Decision = {
  readonly design: Design
  readonly finding: Finding
  readonly findings: readonly Finding[]
  readonly options: Options
  readonly stamp: Stamp
}

function decisionOf({ design, finding, findings, options, stamp }: Decision): Result<readonly Change[]> {
  const [real, reason, of] = [options.text('real'), options.text('not-applicable'), options.text('duplicate-of')]
  if ([real, reason, of].filter(given => given !== undefined).length !== 1)
    return refuse({
      code: 'triage.decision',
      message: 'Give exactly one decision.',
      cure: '--real L,I or --not-applicable REASON or --duplicate-of ID',
    })
  if (reason !== undefined) return triageNotApplicable(design, { finding, reason }, stamp)
  if (of !== undefined) {
    const other = findings.find(candidate => candidate.id === of)
    return other
      ? triageDuplicate(design, { finding, of }, stamp)
      : refuse({
          code: 'triage.unknown',
          at: of,
          message: 'There is no finding with this id.',
          cure: 'skeptic threats --all lists them.',
        })
  }
  const scales = /^([1-5]),([1-5])$/.exec(real ?? '')
  if (!scales)
    return refuse({
      code: 'triage.scale',
      message: `--real takes likelihood and impact, 1 to 5 each, not "${real}".`,
      cure: 'Write as --real 3,4',
    })
  return triageReal(design, { finding, likelihood: Number(scales[1]), impact: Number(scales[2]) }, stamp)
}
