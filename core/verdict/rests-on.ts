import type { CheckVerdict, VerdictRecord } from './record.ts'

/** What a verdict rests on: something that can be read again, somebody's word alone, or nothing that is named. */
export type Ground = 'evidence' | 'word' | 'nothing'

/** Reports, files and the change itself can be read again; entries of the ledger are what people said. */
export function restsOn({ evidence, parts }: Pick<CheckVerdict, 'evidence' | 'parts'>): Ground {
  if (parts.some(part => part.verdict !== 'inconclusive' && /\/(?:commits|file)$/.test(part.path))) return 'evidence'
  if (evidence.length === 0) return 'nothing'
  return evidence.every(({ pointer }) => /^ledger\/[0-9a-f]{64}\.json$/.test(pointer)) ? 'word' : 'evidence'
}

/** Passes that no report and no file stands behind. */
export function passesWithoutEvidence({ checks }: Pick<VerdictRecord, 'checks'>): readonly CheckVerdict[] {
  return checks.filter(check => check.verdict === 'pass' && restsOn(check) !== 'evidence')
}
