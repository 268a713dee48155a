import { compareDesigns, type RowDifference } from '../../../core/model/compare.ts'
import { shortDigest } from '../../../core/model/digest.ts'
import { labelOf } from '../../../core/model/lookup.ts'
import { rowAt, rowsOf } from '../../../core/model/table.ts'
import type { Design, Diagram, TableName } from '../../../core/model/types.ts'
import type { PastDesign } from '../../../host/contract.ts'
import { entryWords } from '../../state/entry-words.ts'
import { spoken, t } from '../../words/translate.ts'

export type Kind = RowDifference['kind']

/** The sign of a difference: it says in shape what its colour says. */
export const SIGNS: Readonly<Record<Kind, string>> = { added: '+', changed: '~', removed: '−' }

/** The same in words, where signs are not read. */
export const KIND_NAMES: Readonly<Record<Kind, string>> = spoken({ added: 'Added', changed: 'Changed', removed: 'Removed' })

/** One line of the list of differences. */
export type DifferenceLine = {
  readonly kind: Kind
  readonly id: string
  /** What it was called where it is not any more, else what it is called in the later state. */
  readonly label: string
  /** Whether it has a place of its own to go to. */
  readonly isObject: boolean
  /** What changed of it, in words; nothing where it came or went. */
  readonly what: string
}

const ORDER: readonly Kind[] = ['added', 'changed', 'removed']

/** Added, then changed, then removed; each in the order of the tables. */
export function differenceLines(before: Design, after: Design): readonly DifferenceLine[] {
  const lines = compareDesigns(before, after).map(({ kind, table, id, fields }): DifferenceLine => {
    const isObject = table !== 'settings' && table !== 'policy' && table !== 'exclusions'
    const label = labelIn(kind === 'removed' ? before : after, table, id)
    return { kind, id, label, isObject, what: whatChanged(fields) }
  })
  return ORDER.flatMap(kind => lines.filter(line => line.kind === kind))
}

function labelIn(design: Design, table: TableName, id: string): string {
  if (table === 'policy') return t('Policy')
  if (table === 'settings') return t('Settings')
  const excluded = table === 'exclusions' ? rowAt(design.exclusions, id) : undefined
  return excluded ? entryWords(excluded) : labelOf(design, id)
}

/** What is said first of a thing: when that changed, it was reworded, or renamed. */
const TEXTS: Readonly<Record<string, () => string>> = {
  statement: () => t('reworded'),
  goal: () => t('reworded'),
  name: () => t('renamed'),
}

/** The changed fields in words; a field without words of its own goes by its name in the files. */
export function whatChanged(fields: readonly string[]): string {
  const words = fields.map(field => TEXTS[field]?.() ?? FIELD_NAMES[field] ?? field)
  return [...new Set(words)].join(', ')
}

const FIELD_NAMES: Readonly<Record<string, string>> = spoken({
  status: 'status',
  technology: 'technology',
  kind: 'kind',
  description: 'description',
  owner: 'owner',
  source: 'source',
  target: 'target',
  data: 'data',
  protocol: 'protocol',
  authentication: 'authentication',
  encryption: 'encryption',
  attributes: 'attributes',
  boundary: 'boundary',
  parent: 'boundary around it',
  outOfScope: 'scope',
  class: 'data class',
  personal: 'personal data',
  decision: 'decision',
  likelihood: 'likelihood',
  impact: 'impact',
  impactScale: 'impact on the scale',
  reason: 'reason',
  categories: 'categories',
  threats: 'threats',
  checks: 'checks',
  control: 'control',
  response: 'response',
  approver: 'approver',
  expires: 'end',
  elements: 'elements',
  flows: 'data flows',
  requirements: 'requirements',
  findings: 'findings',
  verification: 'how it is shown',
  mayEdit: 'files that may be edited',
  mayRead: 'files that may be read',
  mustNotTouch: 'files to be left alone',
  operation: 'operation',
  doneWhen: 'when it is done',
  assignee: 'who does it',
  waivers: 'waivers',
  rules: 'rules',
  gate: 'rules of the gate',
  provenance: 'who it is from',
  at: 'day',
  by: 'who decided',
})

/** Diagrams of either state by name, the later name winning; the drawing is compared one diagram at a time. */
export function diagramsOf(before: Design, after: Design): readonly { readonly id: string; readonly name: string }[] {
  const all = new Map([...rowsOf(before.diagrams), ...rowsOf(after.diagrams)].map(({ id, name }) => [id, name]))
  return [...all].map(([id, name]) => ({ id, name }))
}

/** A diagram as a state has it; where it has none of that name nothing of it is drawn, and without any diagram all is. */
export function diagramIn(design: Design, id: string | undefined): Diagram | undefined {
  if (id === undefined) return undefined
  const none = { id, name: '', elements: {}, flows: {}, boundaries: {} }
  return rowAt(design.diagrams, id) ?? (rowsOf(design.diagrams).length === 0 ? undefined : (none as unknown as Diagram))
}

/** How each drawn thing differs, by id. */
export function drawnMarks(lines: readonly DifferenceLine[]): ReadonlyMap<string, Kind> {
  return new Map(lines.filter(({ id }) => /^[EFB]-/.test(id)).map(({ id, kind }) => [id, kind]))
}

/** Why a past state is not there; `when` names the entry. */
export function lostWords(past: Extract<PastDesign, { kind: 'lost' }>, when: string): string {
  const values = { when }
  switch (past.why) {
    case 'noGit':
      return t(
        'What the design was at {{when}} is not known: it was not kept on this machine, and git could not be started.',
        values,
      )
    case 'noRepository':
      return t(
        'What the design was at {{when}} is not known: it was not kept on this machine, and the design folder is in no git repository.',
        values,
      )
    case 'refused':
      return t(
        'What the design was at {{when}} is not known: it was not kept on this machine, and git refuses to read the folder.',
        values,
      )
    case 'notCommitted':
      return t(
        'What the design was at {{when}} is not known: it was not kept on this machine, and no commit holds the entry.',
        values,
      )
    case 'unreadable':
      return t(
        'What the design was at {{when}} is not known: it was not kept on this machine, and the commit that holds the entry has no design that could be read whole.',
        values,
      )
  }
}

/** Where a state comes from, in a few words. */
export function sourceWords({ from, commit = '', digest }: Extract<PastDesign, { kind: 'rebuilt' }>): string {
  const values = { digest: shortDigest(digest), commit: commit.slice(0, 9) }
  if (from === 'now') return t('{{digest}}, as it still is', values)
  return from === 'kept' ? t('{{digest}}, kept with the entry', values) : t('{{digest}}, from commit {{commit}}', values)
}

/** What a reader must know of a state that may be another than the entry saw; nothing where it is that very one. */
export function doubtWords(past: Extract<PastDesign, { kind: 'rebuilt' }>, named: string | undefined): string | undefined {
  if (past.isNamed) return undefined
  return named === undefined
    ? t('This entry names no design. Shown is what was committed together with it, which may be another one.')
    : t(
        'The design {{digest}} that this entry names was neither kept nor committed. Shown is what was committed together with it.',
        {
          digest: shortDigest(named),
        },
      )
}
