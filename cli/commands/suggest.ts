import { addSuggestion } from '../../core/comments/suggestion-edits.ts'
import { applyChanges } from '../../core/model/change.ts'
import { suggestionOf } from '../../core/model/suggest.ts'
import { refuse } from '../../core/support/result.ts'
import { writeChanges } from '../../host/node/store.ts'
import { openForEditing } from '../design-write.ts'
import { sideNamed } from '../diff-sides.ts'
import { answer, type Command } from '../frame.ts'
import { count } from '../table.ts'

export const suggest: Command = {
  takes: ['TITLE'],
  options: {
    from: { value: 'COPY', help: 'The changed copy: a design folder, a bundle, a branch or a commit.' },
    base: { value: 'STATE', help: 'What the copy began as; the present design without it.' },
    why: { value: 'TEXT', help: 'Why it should be so, in a sentence.' },
  },
  async run({ args, options, world }) {
    const [title = ''] = args
    const [from, began, description] = [options.text('from'), options.text('base'), options.text('why')]
    if (from === undefined)
      return refuse({
        code: 'suggest.from',
        message: 'suggest needs --from COPY.',
        cure: 'Name the copy of the design that was changed.',
      })
    const opened = await openForEditing(world)
    if (!opened.ok) return opened
    const { design, folder } = opened.value
    const fork = await sideNamed(world, from)
    if (!fork.ok) return fork
    const base = began === undefined ? undefined : await sideNamed(world, began)
    if (base?.ok === false) return base
    const proposed = suggestionOf(base?.value.design ?? design, fork.value.design)
    const stamp = { at: world.at, by: world.by, random: world.random }
    const edit = addSuggestion(design, { title, proposed, ...(description === undefined ? {} : { description }) }, stamp)
    if (!edit.ok) return edit
    const written = await writeChanges(folder, design, applyChanges(design, edit.value))
    if (!written.ok) return written
    const ids = edit.value.map(change => (change.kind === 'put' ? change.row.id : change.id))
    const rows = proposed.changes.length
    return answer({ changed: ids, rows }, `Suggested as ${ids.join(', ')}: ${count(rows, 'row')}.`)
  },
}
