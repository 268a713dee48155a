import { addData, addedId, setFields } from '../../../core/dfd/edits.ts'
import { labelOf } from '../../../core/model/lookup.ts'
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
import { t } from '../../words/translate.ts'
import { type Command, notNow, plan, session, write } from '../command.ts'

/** One requirement for each line of a text: a pasted list is one step. */
export const addSomeRequirements: Command<string> = {
  id: 'requirement.add',
  category: 'Requirement',
  title: 'Add requirements',
  plan: ({ design, stamp }, text) => {
    const added = addRequirements(design, { text }, stamp)
    if (!added.ok) return added
    if (added.value.length === 0) return notNow(t('Write one sentence first.'))
    const what = t('{{count}} requirements', { count: added.value.length })
    return write(t('add {{what}}', { what }), added, session({ selection: [addedId(added.value) ?? ''] }), {
      kind: 'say',
      text: t('Added {{what}}.', { what }),
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
    const said =
      wasApproved && fields.statement !== undefined
        ? t('Its words changed, so it is a draft again.')
        : t('Changed {{id}}.', { id })
    return write(t('edit {{id}}', { id }), editRequirement(design, { id, ...fields }), { kind: 'say', text: said })
  },
}

/** Takes over what a hint proposes; the sentence keeps the focus, because the hint leaves with its button. */
export const takeHint: Command<{ readonly id: string; readonly fields: Written }> = {
  id: 'requirement.takeHint',
  category: 'Requirement',
  title: 'Take a hint',
  plan: (context, edit) => {
    const planned = editOneRequirement.plan(context, edit)
    return planned.ok ? plan(...planned.value, { kind: 'focus', name: `object ${edit.id}` }) : planned
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
  plan: ({ design }, { id, field, ids }) => write(t('link {{id}}', { id }), setLinks(design, { id, [field]: ids })),
}

/** Puts a requirement in force, or says what it lacks. */
export const approveOneRequirement: Command<string> = {
  id: 'requirement.approve',
  category: 'Requirement',
  title: 'Approve requirement',
  plan: ({ design, stamp }, id) =>
    write(t('approve {{id}}', { id }), approveRequirement(design, { id }, stamp), {
      kind: 'say',
      text: t('Approved {{id}}.', { id }),
    }),
}

/** Takes a requirement out of force; it stays readable. */
export const retireOneRequirement: Command<string> = {
  id: 'requirement.retire',
  category: 'Requirement',
  title: 'Retire requirement',
  plan: ({ design }, id) =>
    write(t('retire {{id}}', { id }), retireRequirement(design, { id }), {
      kind: 'say',
      text: t('Retired {{id}}. It stays readable.', { id }),
    }),
}

/** Makes an approved or retired requirement a draft. */
export const reopenOneRequirement: Command<string> = {
  id: 'requirement.reopen',
  category: 'Requirement',
  title: 'Make it a draft again',
  plan: ({ design }, id) => write(t('reopen {{id}}', { id }), reopenRequirement(design, { id })),
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
    return plan({
      kind: 'write',
      label: t('edit purpose'),
      changes: [{ kind: 'patch', table: 'settings', id: 'design', fields }],
    })
  },
}

/** Writes down what is taken as true without proof. */
export const addOneAssumption: Command<string> = {
  id: 'assumption.add',
  category: 'Assumption',
  title: 'Add assumption',
  plan: ({ design, stamp }, text) =>
    text.trim()
      ? write(t('add assumption'), addAssumption(design, { statement: text.trim() }, stamp), {
          kind: 'say',
          text: t('Added assumption.'),
        })
      : notNow(t('Write one sentence first.')),
}

/** Changes what is assumed. */
export const editOneAssumption: Command<{ readonly id: string; readonly statement: string }> = {
  id: 'assumption.edit',
  category: 'Assumption',
  title: 'Edit assumption',
  plan: ({ design }, { id, statement }) =>
    write(t('edit {{id}}', { id }), editAssumption(design, { id, statement: statement.trim() })),
}

/** Takes an assumption away. */
export const removeAssumption: Command<string> = {
  id: 'assumption.remove',
  category: 'Assumption',
  title: 'Remove assumption',
  plan: ({ design }, id) =>
    write(t('remove {{id}}', { id }), removeAssumptions(design, { ids: [id] }), {
      kind: 'say',
      text: t('Removed {{id}}.', { id }),
    }),
}

/** Names data worth protecting; its class is chosen next. */
export const addDataAsset: Command<string> = {
  id: 'data.add',
  category: 'Data',
  title: 'Add data asset',
  plan: ({ design, stamp }, name) =>
    name.trim()
      ? write(t('add data {{name}}', { name: name.trim() }), addData(design, { name: name.trim() }, stamp), {
          kind: 'say',
          text: t('Added {{name}}. Choose its class.', { name: name.trim() }),
        })
      : notNow(t('Write its name first.')),
}

/** Leaves an element or flow out of what is examined, and says why. */
export const putOutOfScope: Command<{ readonly id: string; readonly reason: string }> = {
  id: 'scope.putOut',
  category: 'Scope',
  title: 'Put out of scope',
  plan: ({ design }, { id, reason }) => {
    const name = labelOf(design, id)
    if (!reason.trim()) return notNow(t('Say why it is out of scope.'))
    return write(t('out of scope: {{name}}', { name }), setFields(design, { id, fields: { outOfScope: reason.trim() } }), {
      kind: 'say',
      text: t('{{name}}: out of scope. What was decided about it is kept.', { name }),
    })
  },
}

/** Examines again what was left out. */
export const takeBackIntoScope: Command<string> = {
  id: 'scope.takeBack',
  category: 'Scope',
  title: 'Take back into scope',
  plan: ({ design }, id) => {
    const name = labelOf(design, id)
    return write(t('back into scope: {{names}}', { names: name }), setFields(design, { id, fields: { outOfScope: undefined } }), {
      kind: 'say',
      text: t('{{names}}: in scope again.', { names: name }),
    })
  },
}
