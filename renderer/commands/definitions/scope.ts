import { addData } from '../../../core/dfd/edits.ts'
import { applyChanges, type Change, type Fields } from '../../../core/model/change.ts'
import { freshId, provenanceOf } from '../../../core/model/create.ts'
import { labelOf } from '../../../core/model/lookup.ts'
import { addRequirement, approveRequirement, editRequirement, retireRequirement } from '../../../core/requirements/edits.ts'
import { ok, type Result } from '../../../core/support/result.ts'
import { counted } from '../../state/words.ts'
import { type Command, type Context, notNow, plan, session, write } from '../command.ts'

/** One requirement for each line of a text: a pasted list is one step. */
export const addRequirements: Command<string> = {
  id: 'requirement.add',
  category: 'Requirement',
  title: 'Add requirements',
  plan: ({ design, stamp }, text) => {
    const statements = linesOf(text)
    if (statements.length === 0) return notNow('Write one sentence first.')
    const added = inTurn(design, statements, (now, statement) => addRequirement(now, { statement }, stamp))
    const what = statements.length === 1 ? 'requirement' : counted(statements.length, 'requirement')
    return write(`add ${what}`, added, { kind: 'say', text: `Added ${what}.` })
  },
}

/** The lines of a pasted list without their bullets and numbers. */
export function linesOf(text: string): readonly string[] {
  return text
    .split(/\r?\n/)
    .map(line => line.replace(/^\s*(?:[-*•–]|\d+[.)]|\[[ x]\])\s+/, '').trim())
    .filter(line => line !== '')
}

/** One edit after another, each on the design that the ones before it left. */
function inTurn<T>(
  design: Context['design'],
  inputs: readonly T[],
  edit: (design: Context['design'], input: T) => Result<readonly Change[]>,
): Result<readonly Change[]> {
  const changes: Change[] = []
  let now = design
  for (const input of inputs) {
    const one = edit(now, input)
    if (!one.ok) return one
    changes.push(...one.value)
    now = applyChanges(now, one.value)
  }
  return ok(changes)
}

export const editOneRequirement: Command<{ readonly id: string; readonly fields: Fields }> = {
  id: 'requirement.edit',
  category: 'Requirement',
  title: 'Edit requirement',
  plan: ({ design, stamp }, { id, fields }) => write(`edit ${id}`, editRequirement(design, { id, fields }, stamp)),
}

export const approveOneRequirement: Command<string> = {
  id: 'requirement.approve',
  category: 'Requirement',
  title: 'Approve requirement',
  plan: ({ design, stamp }, id) =>
    write(`approve ${id}`, approveRequirement(design, { id }, stamp), { kind: 'say', text: `Approved ${id}.` }),
}

export const retireOneRequirement: Command<string> = {
  id: 'requirement.retire',
  category: 'Requirement',
  title: 'Retire requirement',
  plan: ({ design, stamp }, id) =>
    write(`retire ${id}`, retireRequirement(design, { id }, stamp), { kind: 'say', text: `Retired ${id}. It stays for history.` }),
}

export const newRequirement: Command = {
  id: 'requirement.new',
  category: 'Requirement',
  title: 'New requirement',
  plan: () => plan(session({ step: 'scope' }), { kind: 'focus', name: 'new-requirement' }),
}

export const setPurpose: Command<string> = {
  id: 'scope.purpose',
  category: 'Scope',
  title: 'Set purpose',
  plan: (_context, text) => {
    const fields = { purpose: text.trim() || undefined }
    return plan({ kind: 'write', label: 'edit purpose', changes: [{ kind: 'patch', table: 'settings', id: 'design', fields }] })
  },
}

export const addAssumption: Command<string> = {
  id: 'assumption.add',
  category: 'Assumption',
  title: 'Add assumption',
  plan: ({ design, stamp }, text) => {
    const statement = text.trim()
    if (!statement) return notNow('Write one sentence first.')
    const row = { id: freshId(design, 'assumptions', stamp), statement, provenance: provenanceOf(stamp) }
    return plan({ kind: 'write', label: 'add assumption', changes: [{ kind: 'put', table: 'assumptions', row }] })
  },
}

export const editAssumption: Command<{ readonly id: string; readonly statement: string }> = {
  id: 'assumption.edit',
  category: 'Assumption',
  title: 'Edit assumption',
  plan: (_context, { id, statement }) => {
    const text = statement.trim()
    const change: Change = text
      ? { kind: 'patch', table: 'assumptions', id, fields: { statement: text } }
      : { kind: 'remove', table: 'assumptions', id }
    return plan({ kind: 'write', label: text ? `edit ${id}` : `remove ${id}`, changes: [change] })
  },
}

export const addDataAsset: Command<string> = {
  id: 'data.add',
  category: 'Data',
  title: 'Add data asset',
  plan: ({ design, stamp }, name) =>
    name.trim()
      ? write(`add data ${name.trim()}`, addData(design, { name: name.trim() }, stamp), { kind: 'say', text: `Added ${name.trim()}. Choose its class.` })
      : notNow('Write its name first.'),
}

/** Takes one scope entry away: a requirement only ever retires. */
export const removeAssumption: Command<string> = {
  id: 'assumption.remove',
  category: 'Assumption',
  title: 'Remove assumption',
  plan: ({ design }, id) =>
    plan(
      { kind: 'write', label: `remove ${id}`, changes: [{ kind: 'remove', table: 'assumptions', id }] },
      { kind: 'say', text: `Removed ${labelOf(design, id)}.` },
    ),
}
