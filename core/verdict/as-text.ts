import { shown } from '../evidence/show.ts'
import { shortDigest } from '../model/digest.ts'
import { commitWords, countWords as lineWords } from '../provenance/as-lines.ts'
import type { Provenance } from '../provenance/record.ts'
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
    ...(record.provenance ? provenanceLines(record.provenance) : []),
    ...record.problems.map(({ severity, at, message }) => `${severity} ${shown(at ?? '')}: ${shown(message, 300)}`),
    `Record ${shortDigest(record.digest)}, at ${record.at}.`,
    '',
  ].join('\n')
}

/** Who says what of the commits, as a terminal shows it. */
export function provenanceLines(provenance: Provenance): readonly string[] {
  return [
    `Who made it, as the sources say. ${lineWords(provenance)}`,
    ...commitWords(provenance).flatMap(({ title, lines }) => [`  ${title}`, ...lines.map(line => `      ${line}`)]),
    ...provenance.problems.map(({ severity, at, message, cure }) => {
      const place = at === undefined ? '' : ` ${shown(at)}`
      return `${severity}${place}: ${shown(message, 300)}${cure === undefined ? '' : ` ${shown(cure, 300)}`}`
    }),
  ]
}
