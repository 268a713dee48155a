import type { FileRead } from '../core/interop/import-files.ts'
import type { Update } from '../core/interop/reimport/update.ts'
import type { ImportSummary } from '../core/interop/report.ts'
import { count } from './table.ts'

/** What an import found, line by line, for a person. */
export function importText(files: readonly FileRead[], update: Update, prefer: 'design' | 'file'): string {
  const isOne = files.length === 1
  return [...files.flatMap(file => [...(isOne ? [] : [`${file.name}:`]), ...linesOf(file)]), ...updateLines(update, prefer)].join(
    '\n',
  )
}

/** Counts above zero with their kinds: 14 elements, 3 flows. */
export function countsText(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .filter(([, n]) => n > 0)
    .map(([kind, n]) => count(n, ...(NOUNS[kind] ?? ([kind, kind] as const))))
    .join(', ')
}

/** What people call the kinds that are counted: one of them, and several. */
const NOUNS: Readonly<Record<string, readonly [one: string, several: string]>> = {
  elements: ['element', 'elements'],
  processes: ['process', 'processes'],
  dataStores: ['data store', 'data stores'],
  externalEntities: ['external entity', 'external entities'],
  flows: ['data flow', 'data flows'],
  boundaries: ['trust boundary', 'trust boundaries'],
  unresolvedBoundaries: ['boundary without an inside', 'boundaries without an inside'],
  dataAssets: ['data asset', 'data assets'],
  threats: ['threat', 'threats'],
  mitigations: ['mitigation', 'mitigations'],
  acceptances: ['acceptance', 'acceptances'],
  requirements: ['requirement', 'requirements'],
  diagrams: ['diagram', 'diagrams'],
}

function linesOf(file: FileRead): readonly string[] {
  switch (file.kind) {
    case 'read':
      return summaryLines(file.summary)
    case 'included':
      return [`  Read as a part of ${file.by}.`]
    case 'refused':
      return [
        '  Refused:',
        ...file.problems.map(
          ({ at, message, cure }) => `  ${at === undefined ? '' : `${at}: `}${message}${cure ? ` ${cure}` : ''}`,
        ),
      ]
  }
}

function summaryLines({ format, formatVersion, counts, losses, problems }: ImportSummary): readonly string[] {
  return [
    `${format} ${formatVersion}: ${countsText(counts)}`,
    losses.length > 0 ? `Not kept as it was (${losses.length}):` : 'Nothing was lost.',
    ...losses.map(({ at, what, why }) => `  ${at}: ${what} (${why})`),
    ...problems.map(({ at, message }) => `  ${at === undefined ? '' : `${at}: `}${message}`),
  ]
}

/** Nothing when everything is new: the counts have said it. */
function updateLines({ added, changed, removed, kept, conflicts, gone }: Update, prefer: 'design' | 'file'): readonly string[] {
  if (changed + removed + kept + conflicts.length + gone.length === 0) return []
  const whose = prefer === 'file' ? "the file's was taken" : "the design's stays"
  return [
    `In the design: ${added} added, ${changed} changed, ${removed} removed, ${kept} as they were.`,
    ...(conflicts.length > 0 ? [`Changed by people and in the file (${conflicts.length}); ${whose}:`] : []),
    ...conflicts.map(one => `  ${one.id} ${one.field}: ${shown(one.design)} here, ${shown(one.file)} in the file`),
    ...(gone.length > 0 ? [`No longer in the file, kept because of what people did (${gone.length}):`] : []),
    ...gone.map(({ id, name }) => `  ${id}: ${name.slice(0, 100)}`),
  ]
}

function shown(value: unknown): string {
  if (value === null) return 'nothing'
  const text = JSON.stringify(value)
  return text.length > 100 ? `${text.slice(0, 99)}…` : text
}
