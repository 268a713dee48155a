import { shortDigest } from '../model/digest.ts'
import { labelOf } from '../model/lookup.ts'
import type { Design } from '../model/types.ts'
import { ok, type Result, refuse } from '../support/result.ts'
import type { Checklist } from './derive.ts'
import { howOf } from './how.ts'
import { plain } from './plain.ts'

/** The checklist as a task list for a pull request. Ids come back with `readTaskList`; ticks prove nothing by themselves. */
export function checklistTaskList(design: Design, checklist: Checklist): string {
  const { checks } = checklist
  return [
    `### Acceptance of ${plain(labelOf(design, checklist.workItem))}`,
    '',
    `${checklist.id} · slice ${shortDigest(checklist.slice)}. A tick is a note, not evidence; \`skeptic verify ${checklist.workItem}\` decides.`,
    '',
    ...checks.map(
      check =>
        `- [ ] ${check.id} ${plain(check.statement)} (${check.severity}; ${howOf(check)}${check.allowSelfReported ? '; self-reported is enough' : ''})`,
    ),
    '',
  ].join('\n')
}

/** One line of a task list that came back. */
export type TaskLine = { readonly id: string; readonly ticked: boolean; readonly line: number }

/** Reads the ids and ticks of a task list out of any text, as the body of a pull request. */
export function readTaskList(text: string): readonly TaskLine[] {
  return text.split('\n').flatMap((raw, index) => {
    const match = /^\s*[-*+] \[([ xX])\] (C-[0-9A-HJKMNP-TV-Z]{8})\b/.exec(raw)
    return match ? [{ id: match[2] as string, ticked: match[1] !== ' ', line: index + 1 }] : []
  })
}

/** The task list held against its checklist: refused when a check is missing from it, or comes from elsewhere. */
export function matchTaskList(checklist: Checklist, text: string): Result<readonly TaskLine[]> {
  const lines = readTaskList(text)
  const known = new Set(checklist.checks.map(check => check.id))
  const named = new Set(lines.map(line => line.id))
  const missing = [...known].filter(id => !named.has(id))
  const foreign = [...named].filter(id => !known.has(id))
  if (missing.length === 0 && foreign.length === 0) return ok(lines)
  const told = [
    ...(missing.length > 0 ? [`${missing.length} of its checks are missing, first ${missing[0]}`] : []),
    ...(foreign.length > 0 ? [`${foreign.join(', ')} belong to another checklist`] : []),
  ]
  return refuse({
    code: 'checklist.taskList',
    at: checklist.id,
    message: `The task list is not the one of ${checklist.id}: ${told.join('; ')}.`,
    cure: `Paste it again from: skeptic checklist ${checklist.workItem} --format pr`,
  })
}
