import type { Named } from '../dependencies/brought-in.ts'
import { shown, shownList } from '../evidence/show.ts'
import type { EvidenceItem, RegistryFacts } from '../evidence/types.ts'
import { daysBetween } from './days.ts'
import { type Judgement, open, refuted } from './judgement.ts'
import type { Citation } from './record.ts'
import { citation, factsIn } from './source.ts'

/** Names get registered because tools invent them: existence alone is no sign of a good package. */
const YOUNG_DAYS = 30

/** What is known besides the code: reports, and the time of the verdict. */
export type Outside = { readonly evidence: readonly EvidenceItem[]; readonly at: string }

type Entry = RegistryFacts['packages'][number] & { readonly item: EvidenceItem; readonly collectedAt: string }

/** What registry snapshots and records of malicious packages say of these names. They are about packages, so no commit binds them. */
export function lookedUp(
  packages: readonly Named[],
  { evidence, at }: Outside,
): { readonly refused: readonly Judgement[]; readonly doubted: readonly Judgement[] } {
  const wanted = new Set(packages.map(keyOf))
  const whole = evidence.filter(({ binding }) => binding.state !== 'broken')
  const entries = latest(whole).filter(one => wanted.has(keyOf(one)))
  const said = (
    of: readonly Entry[],
    words: string,
    judge: (sentence: string, rest: { evidence: readonly Citation[] }) => Judgement,
  ) =>
    of.length > 0
      ? [
          judge(
            `${words}: ${shownList(
              of.map(({ name }) => name),
              5,
            )}.`,
            {
              evidence: of.map(({ item, pointer }) => citation(item, pointer)),
            },
          ),
        ]
      : []
  const pick = (isSo: (entry: Entry) => boolean) => entries.filter(isSo)
  const doubt = (sentence: string, rest: { evidence: readonly Citation[] }) => open('cannot-tell', sentence, rest)
  const isYoung = ({ created }: Entry) => created !== undefined && !(daysBetween(created, at) >= YOUNG_DAYS)
  return {
    refused: [
      ...said(
        pick(one => one.exists === 'no'),
        'The registry has no package of this name',
        refuted,
      ),
      ...said(
        pick(one => (one.malicious ?? []).length > 0),
        'Recorded as malicious',
        refuted,
      ),
      ...said(
        pick(one => one.placeholder === true),
        'Held by the registry after an attack',
        refuted,
      ),
      ...recorded(packages, whole),
    ],
    doubted: [
      ...said(
        pick(one => one.exists === 'unknown'),
        'The registry could not be asked for',
        doubt,
      ),
      ...said(pick(isYoung), `Registered less than ${YOUNG_DAYS} days ago`, doubt),
      ...said(
        pick(one => one.deprecated !== undefined),
        'Deprecated by its author',
        doubt,
      ),
      ...said(
        pick(one => one.provenance === 'lost'),
        'No longer says where it was built',
        doubt,
      ),
      ...unusable(evidence),
    ],
  }
}

function keyOf({ ecosystem, name }: Named): string {
  return `${ecosystem} ${name}`
}

/** The newest word on each name. */
function latest(items: readonly EvidenceItem[]): readonly Entry[] {
  const found = new Map<string, Entry>()
  for (const item of items) {
    const facts = factsIn(item, 'registry')
    for (const one of facts?.packages ?? []) {
      const entry = { ...one, item, collectedAt: facts?.collectedAt ?? '' }
      const known = found.get(keyOf(entry))
      if (!known || Date.parse(known.collectedAt) < Date.parse(entry.collectedAt)) found.set(keyOf(entry), entry)
    }
  }
  return [...found.values()]
}

/** Records of OSV about malicious packages, in the report of whichever scanner. */
function recorded(packages: readonly Named[], items: readonly EvidenceItem[]): readonly Judgement[] {
  const names = new Set(packages.map(({ name }) => name))
  const hits = items.flatMap(item =>
    (factsIn(item, 'vulnerabilities')?.found ?? [])
      .filter(one => names.has(one.package) && [one.id, ...one.aliases].some(id => id.startsWith('MAL-')))
      .map(one => ({ item, one })),
  )
  if (hits.length === 0) return []
  const words = hits.map(({ one }) => `${one.package} (${one.id})`)
  return [
    refuted(`Recorded as malicious: ${shownList(words, 5)}.`, {
      evidence: hits.map(({ item, one }) => citation(item, one.pointer)),
    }),
  ]
}

/** A snapshot that cannot be used might have said no. */
function unusable(items: readonly EvidenceItem[]): readonly Judgement[] {
  return items.flatMap(item => {
    const isSnapshot = item.slot.startsWith('registry')
    if (!isSnapshot && factsIn(item, 'registry') === undefined) return []
    const evidence = [citation(item)]
    if (!item.reading.ok)
      return [
        open('unreadable', `${shown(item.file)} cannot be read. ${shown(item.reading.problems[0].message, 300)}`, { evidence }),
      ]
    if (item.binding.state === 'broken')
      return [open('contradictory', `${shown(item.file)} does not count. ${item.binding.sentence}`, { evidence })]
    return []
  })
}
