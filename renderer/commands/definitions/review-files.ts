import type { FileKey } from '../../state/session.ts'
import { t } from '../../words/translate.ts'
import { type Command, notNow, plan, session } from '../command.ts'

/** Opens one changed file, or closes it again. */
export const foldFile: Command<{ readonly path: string; readonly isOpen: boolean }> = {
  id: 'review.file',
  category: 'Review',
  title: 'Open or close file',
  plan: ({ session: now }, { path, isOpen }) => {
    const others = now.foldedFiles.filter(one => one !== path)
    return isOpen
      ? plan(session({ reviewFile: now.reviewFile === path ? undefined : now.reviewFile, foldedFiles: [...others, path] }))
      : plan(session({ reviewFile: path, foldedFiles: others }))
  },
}

/** Goes to a changed file. */
export const goToFile: Command<string> = {
  id: 'review.goToFile',
  category: 'Review',
  title: 'Go to file',
  plan: (_context, path) => plan(session({ reviewFile: path }), { kind: 'focus', name: `file ${path}` }),
}

/** Notes that a changed file was looked at. */
export const toggleViewed: Command<FileKey> = {
  id: 'review.viewed',
  category: 'Review',
  title: 'Mark file as looked at',
  plan: ({ session: now }, { path, key }) => {
    const isViewed = now.viewed.includes(key)
    const viewed = isViewed ? now.viewed.filter(one => one !== key) : [...now.viewed, key]
    return plan(session({ viewed, reviewFile: isViewed ? path : undefined }))
  },
}

/** V: goes to the first file that waits; pressed on a file, that one was looked at, and on to the next. */
export const viewFile: Command = {
  id: 'review.viewFile',
  category: 'Review',
  title: 'File looked at, next file',
  keys: [{ chord: 'V', place: 'review' }],
  plan: context => {
    const now = context.session
    const files = now.reviewing?.files ?? []
    const waiting = files.filter(file => !now.viewed.includes(file.key))
    const [first] = waiting
    if (!first) return notNow(files.length === 0 ? t('There is no changed file.') : t('Every file was looked at.'))
    const file = waiting.find(one => one.path === now.reviewFile)
    if (!file) return goToFile.plan(context, first.path)
    const next = waiting[waiting.indexOf(file) + 1] ?? waiting.find(one => one !== file)
    return plan(
      session({ viewed: [...now.viewed, file.key], reviewFile: next?.path }),
      { kind: 'focus', name: next ? `file ${next.path}` : 'evidence' },
      { kind: 'say', text: viewedWords(file.path, waiting.length - 1) },
    )
  },
}

function viewedWords(path: string, left: number): string {
  return left === 0
    ? t('{{path}} looked at. That was the last file; now the evidence speaks.', { path })
    : t('{{path}} looked at, {{count}} files to go.', { path, count: left })
}

/** Shows claims about the change to somebody who asks before having looked at every file. */
export const reveal: Command = {
  id: 'review.reveal',
  category: 'Review',
  title: 'Show what the evidence says',
  keys: [{ chord: 'E', place: 'review' }],
  plan: () => plan(session({ revealed: true }), { kind: 'focus', name: 'evidence' }),
}
