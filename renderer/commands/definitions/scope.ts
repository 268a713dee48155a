import { addData, addedId } from '../../../core/dfd/edits.ts'
import type { Requirement } from '../../../core/model/types.ts'
import { addAssumption, editAssumption, removeAssumptions } from '../../../core/requirements/assumption-edits.ts'
import {
  addRequirements,
  approveRequirement,
  editRequirement,
  reopenRequirement,
  retireRequirement,
  setLinks,
} from '../../../core/requirements/edits.ts'
import { counted } from '../../state/words.ts'
import { type Command, notNow, plan, session, write } from '../command.ts'

/** One requirement for each line of a text: a pasted list is one step. */
export const addSomeRequirements: Command<string> = {
  id: 'requirement.add',
  category: 'Requirement',
  title: 'Add requirements',
  plan: ({ design, stamp }, text) => {
    const added = addRequirements(design, { text }, stamp)
    if (!added.ok) return added
    if (added.value.length === 0) return notNow('Write one sentence first.')
    const what = added.value.length === 1 ? 'requirement' : counted(added.value.length, 'requirement')
    return write(`add ${what}`, added, session({ selection: [addedId(added.value) ?? ''] }), {
      kind: 'say',
      text: `Added ${what}.`,
    })
  },
}

type Written = Partial<Record<'statement' | 'source' | 'actor' | 'description', string>> & {
  readonly [K in 'kind' | 'priority' | 'verification']?: Requirement[K] | undefined
}

/** Changes a requirement; new words on an approved one make it a draft. */
export const editOneRequirement: Command<{ readonly id: string; readonly fields: Written }> = {
  id: 'requirement.edit',
  category: 'Requirement',
  title: 'Edit requirement',
  plan: ({ design }, { id, fields }) => {
    const wasApproved = design.requirements[id]?.status === 'approved'
    const said = wasApproved && fields.statement !== undefined ? 'Its words changed, so it is a draft again.' : `Changed ${id}.`
    return write(`edit ${id}`, editRequirement(design, { id, ...fields }), { kind: 'say', text: said })
  },
}

/** Says what a requirement is about; the list replaces the one before. */
export const linkRequirement: Command<{
  readonly id: string
  readonly field: 'elements' | 'flows' | 'data'
  readonly ids: readonly string[]
}> = {
  id: 'requirement.link',
  category: 'Requirement',
  title: 'Link requirement',
  plan: ({ design }, { id, field, ids }) => write(`link ${id}`, setLinks(design, { id, [field]: ids })),
}

/** Puts a requirement in force, or says what it lacks. */
export const approveOneRequirement: Command<string> = {
  id: 'requirement.approve',
  category: 'Requirement',
  title: 'Approve requirement',
  plan: ({ design, stamp }, id) =>
    write(`approve ${id}`, approveRequirement(design, { id }, stamp), { kind: 'say', text: `Approved ${id}.` }),
}

/** Takes a requirement out of force; it stays readable. */
export const retireOneRequirement: Command<string> = {
  id: 'requirement.retire',
  category: 'Requirement',
  title: 'Retire requirement',
  plan: ({ design }, id) =>
    write(`retire ${id}`, retireRequirement(design, { id }), { kind: 'say', text: `Retired ${id}. It stays readable.` }),
}

/** Makes an approved or retired requirement a draft. */
export const reopenOneRequirement: Command<string> = {
  id: 'requirement.reopen',
  category: 'Requirement',
  title: 'Make it a draft again',
  plan: ({ design }, id) => write(`reopen ${id}`, reopenRequirement(design, { id })),
}

/** Goes to where requirements are written. */
export const newRequirement: Command = {
  id: 'requirement.new',
  category: 'Requirement',
  title: 'New requirement',
  plan: () => plan(session({ step: 'scope', palette: false }), { kind: 'focus', name: 'new-requirement' }),
}

/** Says what the system is for. */
export const setPurpose: Command<string> = {
  id: 'scope.purpose',
  category: 'Scope',
  title: 'Set purpose',
  plan: (_context, text) => {
    const fields = { purpose: text.trim() || undefined }
    return plan({ kind: 'write', label: 'edit purpose', changes: [{ kind: 'patch', table: 'settings', id: 'design', fields }] })
  },
}

/** Writes down what is taken as true without proof. */
export const addOneAssumption: Command<string> = {
  id: 'assumption.add',
  category: 'Assumption',
  title: 'Add assumption',
  plan: ({ design, stamp }, text) =>
    text.trim()
      ? write('add assumption', addAssumption(design, { statement: text.trim() }, stamp), {
          kind: 'say',
          text: 'Added assumption.',
        })
      : notNow('Write one sentence first.'),
}

/** Changes what is assumed. */
export const editOneAssumption: Command<{ readonly id: string; readonly statement: string }> = {
  id: 'assumption.edit',
  category: 'Assumption',
  title: 'Edit assumption',
  plan: ({ design }, { id, statement }) => write(`edit ${id}`, editAssumption(design, { id, statement: statement.trim() })),
}

/** Takes an assumption away. */
export const removeAssumption: Command<string> = {
  id: 'assumption.remove',
  category: 'Assumption',
  title: 'Remove assumption',
  plan: ({ design }, id) =>
    write(`remove ${id}`, removeAssumptions(design, { ids: [id] }), { kind: 'say', text: `Removed ${id}.` }),
}

/** Names data worth protecting; its class is chosen next. */
export const addDataAsset: Command<string> = {
  id: 'data.add',
  category: 'Data',
  title: 'Add data asset',
  plan: ({ design, stamp }, name) =>
    name.trim()
      ? write(`add data ${name.trim()}`, addData(design, { name: name.trim() }, stamp), {
          kind: 'say',
          text: `Added ${name.trim()}. Choose its class.`,
        })
      : notNow('Write its name first.'),
}
