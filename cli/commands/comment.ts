import { addComment, removeComment, reopenThread, replyTo, resolveThread } from '../../core/comments/edits.ts'
import { applyChanges, type Change } from '../../core/model/change.ts'
import { entityOf } from '../../core/model/lookup.ts'
import type { Design, Stamp } from '../../core/model/types.ts'
import { ok, type Result, refuse } from '../../core/support/result.ts'
import { writeChanges } from '../../host/node/store.ts'
import { openForEditing } from '../design-write.ts'
import { answer, type Command, type Options } from '../frame.ts'

export const comment: Command = {
  takes: ['[ID]', '[TEXT]'],
  options: {
    reply: { value: 'K', help: 'Answer this comment; the text follows without an ID.' },
    resolve: { value: 'K', help: 'Take this thread as answered; a text is kept as the last answer.' },
    reopen: { value: 'K', help: 'Open a resolved thread again.' },
    remove: { value: 'K', help: 'Take a comment of your own away.' },
  },
  async run({ args, options, world }) {
    const asked = askedOf(args, options)
    if (!asked.ok) return asked
    const opened = await openForEditing(world)
    if (!opened.ok) return opened
    const { design, folder } = opened.value
    const edited = editOf(design, asked.value, { at: world.at, by: world.by, random: world.random })
    if (!edited.ok) return edited
    const written = await writeChanges(folder, design, applyChanges(design, edited.value))
    if (!written.ok) return written
    const changed = edited.value.map(change => (change.kind === 'put' ? change.row.id : change.id))
    return answer({ changed }, changed.length === 0 ? 'Nothing to change.' : `Kept: ${changed.join(', ')}`)
  },
}

type Asked =
  | { readonly deed: 'add' | 'reply'; readonly id: string; readonly text: string }
  | { readonly deed: 'resolve'; readonly id: string; readonly text: string | undefined }
  | { readonly deed: 'reopen'; readonly id: string }
  | { readonly deed: 'remove'; readonly id: string }

const DEEDS = ['reply', 'resolve', 'reopen', 'remove'] as const

/** What is asked for; an ID before the text of an answer is allowed, since the comment itself says what it is on. */
function askedOf(args: readonly string[], options: Options): Result<Asked> {
  const given = DEEDS.filter(deed => options.text(deed) !== undefined)
  if (given.length > 1) return usage('Give one of --reply, --resolve, --reopen and --remove.')
  const [deed] = given
  const id = deed === undefined ? args[0] : options.text(deed)
  const text = deed === undefined ? args[1] : args.at(-1)
  if (id === undefined) return usage('comment needs an ID and a TEXT.')
  if (deed === 'resolve') return ok({ deed, id, text })
  if (deed === 'reopen' || deed === 'remove') return text === undefined ? ok({ deed, id }) : usage(`--${deed} takes no text.`)
  return text === undefined ? usage('comment needs a TEXT.') : ok({ deed: deed ?? 'add', id, text })
}

function usage(message: string): Result<never> {
  return refuse({ code: 'usage.comment', message, cure: 'skeptic comment ID TEXT, or: skeptic comment --reply K TEXT' })
}

function editOf(design: Design, asked: Asked, stamp: Stamp): Result<readonly Change[]> {
  const { id } = asked
  if (asked.deed === 'add')
    return entityOf(design, id) || /^N-/.test(id) ? addComment(design, { id, text: asked.text }, stamp) : unknown(id)
  if (asked.deed === 'reply') return replyTo(design, { id, text: asked.text }, stamp)
  if (asked.deed === 'reopen') return reopenThread(design, { id }, stamp)
  if (asked.deed === 'remove') return removeComment(design, { id }, stamp)
  const said = asked.text === undefined ? ok([]) : replyTo(design, { id, text: asked.text }, stamp)
  if (!said.ok) return said
  const resolved = resolveThread(applyChanges(design, said.value), { id }, stamp)
  return resolved.ok ? ok([...said.value, ...resolved.value]) : resolved
}

function unknown(id: string): Result<never> {
  return refuse({
    code: 'comment.unknown',
    at: id,
    message: 'There is no object with this id in the design.',
    cure: 'skeptic threats --all and skeptic report show the ids.',
  })
}
