import type { Check } from '../../../core/model/types.ts'
import type { CheckVerdict, Verdict, VerdictRecord } from '../../../core/verdict/record.ts'
import type { ChangedFile } from '../../../host/contract.ts'
import { diffLines } from '../../state/line-diff.ts'
import type { FileKey } from '../../state/session.ts'
import type { Tone } from '../../ui/badge.tsx'

/** The colours that repeat the words. */
export const VERDICT_TONES: Readonly<Record<Verdict, Tone>> = {
  pass: 'good',
  fail: 'bad',
  inconclusive: 'warn',
  waived: 'plain',
  'not-applicable': 'plain',
}

/** A check in the queue. */
export type QueueLine = { readonly check: Check; readonly verdict: CheckVerdict | undefined }

/** The checklist as a queue: each check with its verdict, while the record is of this checklist. */
export function queueOf(checks: readonly Check[], record: VerdictRecord | undefined): readonly QueueLine[] {
  const verdicts = new Map(record?.checks.map(verdict => [verdict.id, verdict]))
  return checks.map(check => ({ check, verdict: verdicts.get(check.id) }))
}

/** Checks that are decided one way or another; what cannot be told is not. */
export function decidedOf(queue: readonly QueueLine[]): number {
  return queue.filter(({ verdict }) => verdict !== undefined && verdict.verdict !== 'inconclusive').length
}

/** Names a changed file by its content, so that a tick of "looked at" does not outlive the next change of it. */
export function fileKey({ path, before, after, kind, withheld }: ChangedFile): FileKey {
  return { path, key: `${path} ${kind} ${withheld ?? ''} ${hash(before)} ${hash(after)}` }
}

/** FNV-1a: enough to notice that a text is another one; nothing rests on it. */
function hash(text: string | undefined): string {
  if (text === undefined) return '-'
  let value = 0x811c9dc5
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193)
  return `${text.length}.${(value >>> 0).toString(16)}`
}

/** Lines that came and lines that went. */
export type FileSize = { readonly added: number; readonly removed: number }

const sizes = new WeakMap<ChangedFile, FileSize>()

/** How much of a file changed; counted once for each file the host sent. */
export function fileSize(file: ChangedFile): FileSize {
  const known = sizes.get(file)
  if (known) return known
  const lines = diffLines(file.before, file.after)
  const count = (kind: 'added' | 'removed') => lines.filter(line => line.kind === kind).length
  const size = { added: count('added'), removed: count('removed') }
  sizes.set(file, size)
  return size
}

/** Above this a change is shown as a list of files, one open at a time. */
const MANY_FILES = 20
const MANY_LINES = 2000

/** Whether a change is too big to lie open all at once. */
export function isBigChange(files: readonly ChangedFile[]): boolean {
  if (files.length > MANY_FILES) return true
  return files.reduce((sum, file) => sum + fileSize(file).added + fileSize(file).removed, 0) > MANY_LINES
}
