import { shown } from '../evidence/show.ts'
import { shortDigest } from '../model/digest.ts'
import { changeWords, countWords, VERDICT_WORDS, waiverSentence, worstFirst } from './as-markdown.ts'
import type { VerdictRecord } from './record.ts'

/** A summary for a terminal: the worst checks first, each with its reason; hidden characters made visible. */
export function recordsAsText(records: readonly VerdictRecord[]): string {
  return records.map(summaryOf).join('\n')
}

function summaryOf(record: VerdictRecord): string {
  return [
    `${record.workItem}: ${VERDICT_WORDS[record.verdict]} (${countWords(record)})`,
    changeWords(record),
    ...record.integrity.map(({ at, message }) => `INTEGRITY BROKEN ${shown(at ?? '')}: ${shown(message, 300)}`),
    '',
    ...[...record.checks].sort(worstFirst).flatMap(({ id, statement, verdict, reason, sentence, selfReported }) => {
      const why = verdict === 'inconclusive' ? ` (${reason})` : verdict === 'pass' && selfReported ? ' (self-reported)' : ''
      return [`${VERDICT_WORDS[verdict]}${why}  ${id}  ${shown(statement, 1000)}`, `    ${shown(sentence, 1000)}`]
    }),
    '',
    ...record.evidence.map(({ file, slot, binding, reported, sentence }) => {
      const who = reported === 'self' ? ', self-reported' : ''
      return `evidence ${shown(file)} (${shown(slot)}): ${binding}${who}. ${shown(sentence, 300)}`
    }),
    ...(record.waivers ?? []).map(line => `waiver ${shown(waiverSentence(line), 1000)}`),
    ...record.problems.map(({ severity, at, message }) => `${severity} ${shown(at ?? '')}: ${shown(message, 300)}`),
    `Record ${shortDigest(record.digest)}, at ${record.at}.`,
    '',
  ].join('\n')
}
