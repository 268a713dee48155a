import type { Design } from '../../../core/model/types.ts'
import { t } from '../../words/translate.ts'
import { ask, type Command, notNow, plan, session } from '../command.ts'

/** Chooses the two states that are compared. */
export const chooseCompared: Command<readonly [string, string]> = {
  id: 'compare.choose',
  category: 'Report',
  title: 'Choose what is compared',
  plan: (_context, compared) => plan(session({ compared })),
}

/** Copies a comparison as Markdown, for a pull request. */
export const copyComparison: Command<string> = {
  id: 'compare.copy',
  category: 'Report',
  title: 'Copy the comparison as Markdown',
  plan: (_context, text) => plan({ kind: 'copy', text, said: t('Copied the comparison as Markdown.') }),
}

/** Moves along the kept states; null is now. */
export const showState: Command<string | null> = {
  id: 'history.show',
  category: 'Report',
  title: 'Show a kept state',
  plan: (_context, shown) => plan(session({ stateShown: shown ?? undefined })),
}

/** A state of the past, and its time in words. */
export type Then = { readonly then: Design; readonly when: string }

/** Makes the design what it was, as one edit that can be undone; what it is now is kept before. */
export const bringBackState: Command<Then> = {
  id: 'history.bringBack',
  category: 'Report',
  title: 'Bring back this state',
  plan: ({ design }, { then, when }) =>
    plan(
      ask('states.keep', { why: 'bringBack' }, async () => {
        const { stateBack } = await import('../../../core/model/bring-back.ts')
        const changes = stateBack(design, then)
        if (changes.length === 0) return [{ kind: 'say', text: t('Nothing differs, so nothing was brought back.') }]
        return [
          { kind: 'write', label: t('bring back {{when}}', { when }), changes },
          session({ stateShown: undefined }),
          { kind: 'focus', name: 'history time' },
          { kind: 'say', text: t('The design is as it was at {{when}}. Undo takes it back as one step.', { when }) },
        ]
      }),
    ),
}

/** Makes one object what it was, with what it rests on; the rest of the design stays. */
export const bringBackObject: Command<Then & { readonly id: string; readonly name: string }> = {
  id: 'history.bringBackObject',
  category: 'Report',
  title: 'Bring back this object',
  plan: ({ design }, { then, when, id, name }) =>
    plan(
      ask('states.keep', { why: 'bringBack' }, async () => {
        const { objectBack } = await import('../../../core/model/bring-back.ts')
        const changes = objectBack(design, then, id)
        if (changes.length === 0) return [{ kind: 'say', text: t('Nothing differs, so nothing was brought back.') }]
        return [
          { kind: 'write', label: t('bring back {{name}}', { name }), changes },
          { kind: 'focus', name: 'main' },
          { kind: 'say', text: t('{{name}} is as it was at {{when}}. Undo takes it back as one step.', { name, when }) },
        ]
      }),
    ),
}

/** Brings back what an edit removed, and leaves everything else as it is. */
export const restoreRemoved: Command = {
  id: 'history.restore',
  category: 'Edit',
  title: 'Restore what was removed',
  plan: ({ design, session: { removed } }) => {
    const state = removed?.state
    if (state === undefined) return notNow(t('Nothing much was removed.'))
    return plan(
      ask('design.past', { state }, async past => {
        const [{ removedBack }, { parseBundle }] = await Promise.all([
          import('../../../core/model/bring-back.ts'),
          import('../../../core/model/parse.ts'),
        ])
        const then = past.kind === 'rebuilt' ? parseBundle('design.past', past.bundle) : undefined
        const changes = then?.ok ? removedBack(design, then.value) : []
        const done = session({ removed: undefined })
        if (changes.length === 0) return [done, { kind: 'say', text: t('All of it is here already.') }]
        return [
          { kind: 'write', label: t('restore what was removed'), changes },
          done,
          { kind: 'say', text: t('What was removed is here again. Undo takes it back as one step.') },
        ]
      }),
    )
  },
}

/** Takes the word of a removal away; the state before it stays kept. */
export const dismissRemoved: Command = {
  id: 'history.dismissRemoved',
  category: 'Edit',
  title: 'Dismiss what was removed',
  plan: ({ session: { removed } }) =>
    removed ? plan(session({ removed: undefined }), { kind: 'focus', name: 'main' }) : notNow(t('Nothing much was removed.')),
}
