import { evaluateGate } from '../../core/gate/evaluate.ts'
import { decide } from '../../core/gate/policy.ts'
import { rowsOf } from '../../core/model/table.ts'
import { openDesign } from '../design.ts'
import { answer, type Command } from '../frame.ts'
import { packsFor } from '../packs.ts'
import { table } from '../table.ts'

export const work: Command = {
  takes: [],
  options: {},
  async run({ world }) {
    const opened = await openDesign(world)
    if (!opened.ok) return opened
    const { design } = opened.value
    const packs = await packsFor(opened.value)
    const items = rowsOf(design.workItems).map(item => {
      const gate = evaluateGate(design, packs, { at: world.at, workItem: item.id })
      return {
        id: item.id,
        name: item.name,
        goal: item.goal,
        operation: item.operation,
        zone: decide(design, packs, { workItem: item.id, at: world.at }).level,
        gate: gate.open ? 'open' : 'closed',
        blocking: gate.problems.length,
        assignee: item.assignee ?? null,
      }
    })
    const rows = items.map(item => [item.id, item.gate === 'open' ? 'open' : `closed (${item.blocking})`, item.zone, item.name])
    return answer(items, items.length === 0 ? 'No work items yet.' : table(['work item', 'gate', 'zone', 'name'], rows))
  },
}
