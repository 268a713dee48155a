import type { Exclusion } from '../../core/model/types.ts'
import { t } from '../words/translate.ts'

/** What a decision on an entry of a framework is about; it has no name of its own. */
export function entryWords({ framework, entry }: Pick<Exclusion, 'framework' | 'entry'>): string {
  return t('{{entry}} of {{framework}}, not applicable', { entry, framework })
}
