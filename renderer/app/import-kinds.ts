import { listWords, numberWords } from '../words/format.ts'
import { t } from '../words/translate.ts'

/** How many of a kind of row there are; a kind nobody named yet keeps its stored name. */
export function kindCounted(kind: string, count: number): string {
  return KINDS[kind]?.(count) ?? `${numberWords(count)} ${kind}`
}

/** All kinds there are some of, as a list in a sentence. */
export function countsText(counts: Readonly<Record<string, number>>): string {
  return listWords(
    Object.entries(counts)
      .filter(([kind, count]) => count > 0 && !PARTS.has(kind))
      .map(([kind, count]) => kindCounted(kind, count)),
  )
}

/** Kinds of elements, which are counted as elements too. */
const PARTS: ReadonlySet<string> = new Set(['processes', 'dataStores', 'externalEntities'])

const KINDS: Readonly<Record<string, (count: number) => string>> = {
  requirements: count => t('{{count}} requirements', { count }),
  assumptions: count => t('{{count}} assumptions', { count }),
  data: count => t('{{count}} data assets', { count }),
  dataAssets: count => t('{{count}} data assets', { count }),
  processes: count => t('{{count}} processes', { count }),
  dataStores: count => t('{{count}} data stores', { count }),
  externalEntities: count => t('{{count}} external entities', { count }),
  elements: count => t('{{count}} elements', { count }),
  flows: count => t('{{count}} flows', { count }),
  boundaries: count => t('{{count}} boundaries', { count }),
  unresolvedBoundaries: count => t('{{count}} boundaries without an inside', { count }),
  diagrams: count => t('{{count}} diagrams', { count }),
  threats: count => t('{{count}} threats', { count }),
  mitigations: count => t('{{count}} mitigations', { count }),
  acceptances: count => t('{{count}} acceptances', { count }),
}
