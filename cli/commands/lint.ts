import { modelProblems } from '../../core/dfd/checks.ts'
import { mitigationProblems } from '../../core/mitigations/checks.ts'
import { integrityProblems } from '../../core/model/integrity.ts'
import { lintRequirements } from '../../core/requirements/lint.ts'
import { by } from '../../core/support/order.ts'
import type { Problem } from '../../core/support/result.ts'
import { threatProblems } from '../../core/threats/checks.ts'
import { openDesign } from '../design.ts'
import { answer, type Command } from '../frame.ts'
import { allPacks } from '../packs.ts'
import { count } from '../table.ts'

export const lint: Command = {
  takes: [],
  options: {},
  async run({ world }) {
    const opened = await openDesign(world)
    if (!opened.ok) return opened
    const { design } = opened.value
    const packs = await allPacks(opened.value)
    const found: readonly Problem[] = [
      ...opened.value.problems,
      ...integrityProblems(design),
      ...modelProblems(design),
      ...lintRequirements(design, packs.words),
      ...packs.problems,
      ...threatProblems(design, packs.rules),
      ...mitigationProblems(design, packs, world.at),
    ]
    const problems = [...found].sort(by(problem => `${RANK[problem.severity]} ${problem.at ?? ''} ${problem.code}`))
    const errors = problems.filter(problem => problem.severity === 'error').length
    const lines = problems.map(
      ({ severity, at, message, cure, code }) =>
        `${severity.padEnd(7)} ${at ?? ''}  ${message}  [${code}]${cure === undefined ? '' : `\n          ${cure}`}`,
    )
    return answer(
      { problems },
      [...lines, `${count(problems.length, 'problem')}, ${count(errors, 'error')}`].join('\n'),
      errors > 0 ? 1 : 0,
    )
  },
}

const RANK = { error: 0, warning: 1, info: 2 } as const
