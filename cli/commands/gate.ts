import { evaluateGate } from '../../core/gate/evaluate.ts'
import { type Opening, openingOf } from '../../core/gate/opening.ts'
import { openDesign } from '../design.ts'
import { answer, type Command } from '../frame.ts'
import { packsFor } from '../packs.ts'
import { count } from '../table.ts'

export const gate: Command = {
  takes: [],
  options: {
    work: { value: 'W', help: 'Only what the slice of this work item needs.' },
    open: { help: 'What would open it: the shortest list, if answers turn out as hoped and if they do not.' },
  },
  async run({ options, world }) {
    const opened = await openDesign(world)
    if (!opened.ok) return opened
    const workItem = options.text('work')
    const { design } = opened.value
    const packs = await packsFor(opened.value)
    const asked = { at: world.at, ...(workItem === undefined ? {} : { workItem }) }
    const { open, problems, warnings, waived, digest, effort } = evaluateGate(design, packs, asked)
    if (options.on('open')) {
      const ways = (['hoped', 'feared'] as const).map(outlook => openingOf(design, packs, { ...asked, outlook }))
      return answer({ open, digest, ways }, ways.map(wayText).join('\n\n'), open ? 0 : 1)
    }
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

/** One way to an open gate as text; what follows from an earlier answer is marked. */
function wayText({ outlook, opens, steps, left, effort, spared }: Opening): string {
  const head = `If answers turn out as ${outlook}: ${count(steps.length + left.length, 'thing')}, about ${effort} min${opens ? '' : ', and it stays closed until what is marked ? is done'}`
  const lines = steps.map(
    ({ problem, assumed, follows }, i) =>
      `${String(i + 1).padStart(3)}  ${problem.at ?? ''}  ${follows ? '(follows) ' : ''}${problem.message}  [${assumed}]`,
  )
  const rest = left.map(({ at, message }) => `  ?  ${at ?? ''}  ${message}`)
  return [head, ...lines, ...rest, ...(spared > 0 ? [`     These answers also settle ${spared} more.`] : [])].join('\n')
}
