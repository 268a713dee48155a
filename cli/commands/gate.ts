import { evaluateGate } from '../../core/gate/evaluate.ts'
import { openDesign } from '../design.ts'
import { answer, type Command } from '../frame.ts'
import { packsFor } from '../packs.ts'
import { count } from '../table.ts'

export const gate: Command = {
  takes: [],
  options: { work: { value: 'W', help: 'Only what the slice of this work item needs.' } },
  async run({ options, world }) {
    const opened = await openDesign(world)
    if (!opened.ok) return opened
    const workItem = options.text('work')
    const { open, problems, warnings, waived, digest, effort } = evaluateGate(opened.value.design, await packsFor(opened.value), {
      at: world.at,
      ...(workItem === undefined ? {} : { workItem }),
    })
    const head = open
      ? 'GATE OPEN'
      : `GATE CLOSED: ${count(problems.length, 'thing')} between you and the prompts (about ${effort} min)`
    const items = problems.map(
      ({ at, message, cure, code }, i) =>
        `${String(i + 1).padStart(3)}  ${at ?? ''}  ${message}  [${code}]${cure === undefined ? '' : `\n     ${cure}`}`,
    )
    const warned = warnings.map(({ at, message }) => `  !  ${at ?? ''}  ${message}`)
    return answer({ open, problems, warnings, waived, digest }, [head, ...items, ...warned].join('\n'), open ? 0 : 1)
  },
}
