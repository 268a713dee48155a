import { shown } from '../evidence/show.ts'
import { WAIVER_COUNTS, type WaiverLine } from '../gate/waivers.ts'
import { shortDigest } from '../model/digest.ts'
import { commitWords, countWords as lineWords } from '../provenance/as-lines.ts'
import type { Problem } from '../support/result.ts'
import type { CheckVerdict, Verdict, VerdictRecord } from './record.ts'

/** A summary for a terminal, a pull request or a job page. What reports say stands as plain text: no link, mention or mark-up of theirs works. */
export function recordsAsMarkdown(records: readonly VerdictRecord[]): string {
  return records.map(summaryOf).join('\n')
}

/** Verdicts as a summary shouts them. */
export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  pass: 'PASS',
  fail: 'FAIL',
  inconclusive: 'INCONCLUSIVE',
  waived: 'WAIVED',
  'not-applicable': 'NOT APPLICABLE',
}

function summaryOf(record: VerdictRecord): string {
  return [
    `## ${record.workItem}: ${VERDICT_WORDS[record.verdict]}`,
    '',
    `${countWords(record)}. ${changeWords(record)}`,
    '',
    ...broken(record.integrity),
    '| check | verdict | why |',
    '| --- | --- | --- |',
    ...[...record.checks].sort(worstFirst).map(rowOf),
    '',
    ...evidenceLines(record),
    ...waiverRows(record),
    ...madeBy(record),
    ...record.problems.map(problem => `- ${problem.severity}: ${plain(problem.at ?? '')} ${plain(problem.message)}`),
    ...(record.problems.length > 0 ? [''] : []),
    `Record ${shortDigest(record.digest)}, checklist ${record.checklist}, slice ${shortDigest(record.slice)}, at ${record.at}.`,
    '',
  ].join('\n')
}

/** Counts by verdict. */
export function countWords({ counts }: VerdictRecord): string {
  return (Object.keys(VERDICT_WORDS) as Verdict[]).map(verdict => `${counts[verdict]} ${verdict}`).join(', ')
}

/** What was judged, in one sentence. */
export function changeWords({ change }: VerdictRecord): string {
  if (change.source === 'commit') return `Judged: commit ${change.commit?.slice(0, 9) ?? '?'}.`
  return change.source === 'worktree'
    ? 'Judged: the working tree, with what is not committed.'
    : 'Judged: the folder as it lies; it is in no git repository.'
}

function broken(integrity: readonly Problem[]): readonly string[] {
  if (integrity.length === 0) return []
  return [
    '**Integrity is broken: nothing below may be relied on.**',
    '',
    ...integrity.map(({ at, message }) => `- ${plain(at ?? '')} ${plain(message)}`),
    '',
  ]
}

const ORDER: readonly Verdict[] = ['fail', 'inconclusive', 'waived', 'not-applicable', 'pass']

/** Order of the checks: what needs work on top. */
export function worstFirst(a: CheckVerdict, b: CheckVerdict): number {
  return ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict)
}

function rowOf({ id, statement, verdict, reason, sentence, selfReported }: CheckVerdict): string {
  const why = verdict === 'inconclusive' ? ` (${reason})` : verdict === 'pass' && selfReported ? ' (self-reported)' : ''
  return `| ${id} ${plain(statement)} | ${VERDICT_WORDS[verdict]}${why} | ${plain(sentence)} |`
}

function evidenceLines({ evidence }: VerdictRecord): readonly string[] {
  if (evidence.length === 0) return ['No evidence was found.', '']
  const lines = evidence.map(
    ({ file, slot, binding, reported, digest, sentence }) =>
      `- ${plain(file)} (${plain(slot)}, ${shortDigest(digest)}): ${binding}${reported === 'self' ? ', self-reported' : ''}. ${plain(sentence)}`,
  )
  return ['Evidence:', '', ...lines, '']
}

function waiverRows({ waivers = [] }: VerdictRecord): readonly string[] {
  if (waivers.length === 0) return []
  return ['Waivers of the policy:', '', ...waivers.map(line => `- ${plain(waiverSentence(line))}`), '']
}

function madeBy({ provenance }: VerdictRecord): readonly string[] {
  if (!provenance) return []
  return [
    `Who made it, as the sources say. ${lineWords(provenance)}`,
    '',
    ...commitWords(provenance).flatMap(({ title, lines }) => [`- ${plain(title)}`, ...lines.map(line => `  - ${plain(line)}`)]),
    ...provenance.problems.map(({ severity, at, message }) => `- ${severity}: ${plain(at ?? '')} ${plain(message)}`),
    '',
  ]
}

/** A waiver in one sentence, as every form of the record lists it. */
export function waiverSentence({ id, rule, scope, reason, by, approver, expires, counts }: WaiverLine): string {
  return `${id}: ${rule} at ${scope}, asked for by ${by}, approved by ${approver}, until ${expires}. Counts: ${WAIVER_COUNTS[counts]}. ${reason}`
}

/** Marks, tags, mentions and bare addresses lose their power; nothing is lost to the eye. */
function plain(text: string): string {
  return shown(text, 1000)
    .replace(/[\\`*_[\]<>|#~]/g, char => `\\${char}`)
    .replace(/&(?=#?\w+;)/g, '&amp;')
    .replaceAll('@', '&#64;')
    .replace(/:\/\//g, '&#58;//')
    .replace(/\bwww\./gi, 'www&#46;')
}
