import { addComment, removeComment, reopenThread, replyTo, resolveThread } from '../../../core/comments/edits.ts'
import type { CommentsShown } from '../../state/session.ts'
import { t } from '../../words/translate.ts'
import { type Command, notNow, plan, session, write } from '../command.ts'
import { goToObject } from './select.ts'

type Said = { readonly id: string; readonly text: string }

/** Says something about an object. */
export const writeComment: Command<Said> = {
  id: 'comment.write',
  category: 'Edit',
  title: 'Write a comment',
  plan: ({ design, stamp }, input) =>
    write(t('add comment'), addComment(design, input, stamp), {
      kind: 'say',
      text: t('Kept as a comment on {{id}}.', { id: input.id }),
    }),
}

/** Answers a comment; a resolved thread is open again. */
export const replyComment: Command<Said> = {
  id: 'comment.reply',
  category: 'Edit',
  title: 'Answer a comment',
  plan: ({ design, stamp }, input) =>
    write(t('answer a comment'), replyTo(design, input, stamp), { kind: 'say', text: t('Answered.') }),
}

/** Takes a thread as answered. */
export const resolveComment: Command<string> = {
  id: 'comment.resolve',
  category: 'Edit',
  title: 'Resolve a comment',
  plan: ({ design, stamp }, id) =>
    write(t('resolve a comment'), resolveThread(design, { id }, stamp), { kind: 'say', text: t('Resolved.') }),
}

/** Opens a resolved thread again. */
export const reopenComment: Command<string> = {
  id: 'comment.reopen',
  category: 'Edit',
  title: 'Open a comment again',
  plan: ({ design, stamp }, id) =>
    write(t('open a comment again'), reopenThread(design, { id }, stamp), { kind: 'say', text: t('Open again.') }),
}

/** Takes away a comment of one's own. */
export const removeOwnComment: Command<string> = {
  id: 'comment.remove',
  category: 'Edit',
  title: 'Remove a comment of your own',
  plan: ({ design, stamp }, id) =>
    write(t('remove a comment'), removeComment(design, { id }, stamp), { kind: 'say', text: t('Removed.') }),
}

/** Opens the comments on what is selected, ready to write one. */
export const commentOnSelected: Command = {
  id: 'comment.onSelected',
  category: 'Edit',
  title: 'Comment on the selection',
  keys: [{ chord: 'Mod+Shift+M', place: 'everywhere' }],
  plan: ({ session: { selection } }) => {
    const [id] = selection
    if (id === undefined || !COMMENTED.test(id)) return notNow(t('Select something first.'))
    return plan(session({ inspector: true, inspectorTab: 'notes', absence: undefined }), { kind: 'focus', name: `comment ${id}` })
  },
}

/** What the inspector has a side of comments for. */
const COMMENTED = /^[REFBDT]-/

/** Goes to the object of a thread, with its comments beside it. */
export const goToComment: Command<string> = {
  id: 'comment.goTo',
  category: 'Go to',
  title: 'Go to comment',
  plan: (context, anchor) => {
    const there = goToObject.plan(context, anchor)
    return there.ok ? plan(...there.value, session({ inspectorTab: 'notes' })) : there
  },
}

/** Chooses which comments are listed. */
export const showComments: Command<CommentsShown> = {
  id: 'comment.show',
  category: 'View',
  title: 'Show comments',
  plan: (_context, commentsShown) => plan(session({ commentsShown })),
}
