import { isAnchored, type Thread, threadsOf } from '../../core/comments/threads.ts'
import { labelOf } from '../../core/model/lookup.ts'
import type { Comment, Design } from '../../core/model/types.ts'
import { madeVisible } from '../../core/support/hidden.ts'
import { openDesign } from '../design.ts'
import { answer, type Command } from '../frame.ts'
import { count } from '../table.ts'

export const comments: Command = {
  takes: [],
  options: {
    open: { help: 'Only threads that are not resolved.' },
    of: { value: 'ID', help: 'Only threads on this object.' },
  },
  async run({ options, world }) {
    const opened = await openDesign(world)
    if (!opened.ok) return opened
    const { design } = opened.value
    const of = options.text('of')
    const all = threadsOf(design).filter(({ first }) => of === undefined || first.anchor.id === of)
    const shown = options.on('open') ? all.filter(({ isOpen }) => isOpen) : all
    const threads = shown.map(thread => ({
      on: thread.first.anchor,
      isOpen: thread.isOpen,
      isRemoved: !isAnchored(design, thread),
      comments: [thread.first, ...thread.replies],
    }))
    const open = all.filter(({ isOpen }) => isOpen).length
    const total = `${count(all.length, 'thread')}, ${open} open`
    return answer({ threads, open }, [...shown.map(thread => linesOf(design, thread)), total].join('\n\n'))
  },
}

function linesOf(design: Design, thread: Thread): string {
  const { first, replies, isOpen } = thread
  const { id, field } = first.anchor
  const name = isAnchored(design, thread) ? (labelOf(design, id) === id ? '' : ` ${labelOf(design, id)}`) : ' (removed)'
  const resolved = isOpen ? '' : `, resolved${first.resolvedBy === undefined ? '' : ` by ${first.resolvedBy}`}`
  const head = `${id}${name}${field === undefined ? '' : ` [${field}]`}${resolved}`
  return madeVisible([head, saidIn(first, '  '), ...replies.map(reply => saidIn(reply, '    '))].join('\n'))
}

function saidIn({ id, by, at, text }: Comment, indent: string): string {
  const words = text === '' ? '(removed by its author)' : text.replaceAll(/\r?\n/g, `\n${indent}  `)
  return `${indent}${id} ${by}, ${at}:\n${indent}  ${words}`
}
