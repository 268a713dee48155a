import { shown } from '../../../core/evidence/show.ts'
import type { EvidenceLine } from '../../../core/verdict/record.ts'
import type { EvidenceShown } from '../../../host/contract.ts'
import { t } from '../../words/translate.ts'

/** Digits of a key that people compare. */
const DIGITS = 12

/** A key as people see it: the first digits of its id. */
export function keyWords(id: string): string {
  return id.replace('sha256:', '').slice(0, DIGITS)
}

/** On whose word a report stands: an enrolled key, whoever collected it, or nobody. */
export function vouchedWords({ reported }: Pick<EvidenceLine, 'reported'>, told: EvidenceShown | undefined): string {
  const names = told?.attestedBy?.join(', ')
  if (told?.signedBy) return t('Signed by {{name}}, key {{key}}', { name: told.signedBy.name, key: keyWords(told.signedBy.key) })
  if (names !== undefined) return t('The statement is signed by {{names}}', { names })
  if (reported === 'signed') return t('Signed')
  return reported === 'self' ? t('Self-reported') : t('Nobody vouches for it')
}

/** A run with a file set back to what it was before the change, which must fail: never to be read as the ordinary one. */
export function secondRunWords({ without }: Pick<EvidenceShown, 'without'>): string | undefined {
  return without === undefined ? undefined : t('A second run, without {{file}}', { file: shown(without) })
}
