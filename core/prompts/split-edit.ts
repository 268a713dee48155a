import { addWorkItem, editWorkItem, type WorkItemInput } from '../gate/edits.ts'
import { unknownWorkItem } from '../gate/slice.ts'
import { applyChanges, type Change } from '../model/change.ts'
import { labelOf } from '../model/lookup.ts'
import type { Design, Stamp, WorkItem } from '../model/types.ts'
import { idsOf } from '../support/order.ts'
import { ok, type Result, refuse } from '../support/result.ts'
import type { SplitPart } from './split.ts'

/** What a part of a split names. */
type Named = Pick<SplitPart, 'elements' | 'flows' | 'requirements'>

/**
 * Makes the parts of a proposed split, all of them or none: the work item becomes the first part and keeps its history, the
 * others are new. Each keeps goal, files, language and packages; where it works is added to its title and goal.
 */
export function splitWorkItem(
  design: Design,
  { id, parts }: { readonly id: string; readonly parts: readonly Named[] },
  stamp: Stamp,
): Result<readonly Change[]> {
  const item = design.workItems[id]
  if (!item) return unknownWorkItem(id)
  const [first, ...rest] = parts
  if (!first || rest.length === 0)
    return refuse({
      code: 'workItem.noSplit',
      at: id,
      message: 'There is nothing to split: no cut between its flows makes this work item smaller.',
      cure: 'Draw the component as several processes, or shorten requirements and reference material.',
    })
  const edit = editWorkItem(design, { id, fields: fieldsOf(design, item, first) }, stamp)
  return rest.reduce<Result<readonly Change[]>>((done, part) => {
    if (!done.ok) return done
    const added = addWorkItem(applyChanges(design, done.value), { ...inputOf(item), ...fieldsOf(design, item, part) }, stamp)
    return added.ok ? ok([...done.value, ...added.value]) : added
  }, edit)
}

function fieldsOf(design: Design, { name, goal }: WorkItem, part: Named) {
  const { elements, flows, requirements } = part
  const where = (flows.length > 0 ? flows : elements).map(id => labelOf(design, id)).join(', ')
  return { name: within(`${name}: ${where}`, 400), goal: within(`${goal} (${where})`, 4000), elements, flows, requirements }
}

/** What every part keeps. */
function inputOf(item: WorkItem): WorkItemInput {
  const { name, goal, operation, doneWhen, language, stack, assignee, reference, description } = item
  return {
    ...{ name, goal, operation, doneWhen, language, stack, assignee, reference, description },
    mayEdit: idsOf(item.mayEdit),
    mayRead: idsOf(item.mayRead),
    mustNotTouch: idsOf(item.mustNotTouch),
    packages: idsOf(item.packages),
  }
}

function within(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, '')}…`
}
