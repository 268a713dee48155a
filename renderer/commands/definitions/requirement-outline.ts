import { setParent } from '../../../core/requirements/edits.ts'
import { siblingAbove } from '../../state/requirement-order.ts'
import { t } from '../../words/translate.ts'
import { type Command, notNow, write } from '../command.ts'

/** Makes a requirement a part of another, or of none. */
export const putUnder: Command<{ readonly id: string; readonly parent: string | undefined }> = {
  id: 'requirement.putUnder',
  category: 'Requirement',
  title: 'Make it a part of',
  plan: ({ design }, { id, parent }) =>
    write(t('move {{id}}', { id }), setParent(design, { id, parent }), {
      kind: 'say',
      text: parent === undefined ? t('{{id}} stands on its own.', { id }) : t('{{id}} is a part of {{parent}}.', { id, parent }),
    }),
}

function selected(selection: readonly string[]): string {
  return selection.find(id => id.startsWith('R-')) ?? ''
}

/** Indents the selected requirement: it becomes a part of the one above it. */
export const indentRequirement: Command = {
  id: 'requirement.indent',
  category: 'Requirement',
  title: 'Indent: a part of the one above',
  plan: context => {
    const { design, session: now } = context
    const id = selected(now.selection)
    if (!design.requirements[id]) return notNow(t('Choose a requirement first.'))
    const above = siblingAbove(design, id)
    if (!above) return notNow(t('There is no requirement above at the same depth.'))
    return putUnder.plan(context, { id, parent: above.id })
  },
}

/** Outdents the selected requirement: it leaves the one it is a part of. */
export const outdentRequirement: Command = {
  id: 'requirement.outdent',
  category: 'Requirement',
  title: 'Outdent: no longer a part',
  plan: context => {
    const { design, session: now } = context
    const row = design.requirements[selected(now.selection)]
    if (!row) return notNow(t('Choose a requirement first.'))
    if (row.parent === undefined) return notNow(t('{{id}} is a part of nothing.', { id: row.id }))
    return putUnder.plan(context, { id: row.id, parent: design.requirements[row.parent]?.parent })
  },
}
