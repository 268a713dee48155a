import type { XmlItem } from '../reading/xml-items.ts'
import { entryOf, fieldsOf, guidIn, textIn } from './fields.ts'

/** A threat as the tool saved it. */
export type SavedThreat = {
  readonly place: string
  /** The key of its entry: its type, source, flow and target in one. */
  readonly key: string | undefined
  readonly type: string | undefined
  /** The number people know it by. */
  readonly number: string | undefined
  readonly surface: string | undefined
  readonly source: string | undefined
  readonly flow: string | undefined
  readonly target: string | undefined
  readonly state: string | undefined
  readonly justification: string | undefined
  readonly title: string | undefined
  readonly category: string | undefined
  readonly description: string | undefined
  readonly shortDescription: string | undefined
  readonly priority: string | undefined
  readonly changedBy: string | undefined
  readonly changedAt: string | undefined
  /** What its template adds, by internal name. */
  readonly others: ReadonlyMap<string, string>
}

/** Dates of .NET that nobody ever set. */
const NEVER = /^0001-01-01/

/** The threat of an entry of `ThreatInstances`; nothing when the entry holds none. */
export function savedThreatOf(item: XmlItem, place: string): SavedThreat | undefined {
  const { key, value } = entryOf(item)
  if (!value || value.children.length === 0) return undefined
  const fields = fieldsOf(value)
  const properties = new Map<string, string>()
  for (const child of fields.get('Properties')?.children ?? []) {
    const entry = entryOf(child)
    const text = entry.value?.text.trim() ?? ''
    if (entry.key !== undefined && text !== '' && !properties.has(entry.key)) properties.set(entry.key, text)
  }
  // Older files have these as fields, newer ones as properties with empty fields beside them.
  const either = (name: string) => {
    const text = properties.get(name) ?? textIn(fields, name)
    properties.delete(name)
    return text
  }
  const [source, flow, target] = (textIn(fields, 'InteractionKey') ?? '').split(':')
  const changedAt = textIn(fields, 'ModifiedAt')
  const threat: Omit<SavedThreat, 'others'> = {
    place,
    key,
    type: textIn(fields, 'TypeId'),
    number: textIn(fields, 'Id'),
    surface: guidIn(fields, 'DrawingSurfaceGuid'),
    source: guidIn(fields, 'SourceGuid') ?? (source || undefined),
    flow: guidIn(fields, 'FlowGuid') ?? (flow || undefined),
    target: guidIn(fields, 'TargetGuid') ?? (target || undefined),
    state: textIn(fields, 'State'),
    justification: either('StateInformation'),
    title: either('Title'),
    category: either('UserThreatCategory'),
    description: either('UserThreatDescription'),
    shortDescription: either('UserThreatShortDescription'),
    priority: either('Priority'),
    changedBy: textIn(fields, 'ChangedBy'),
    changedAt: changedAt === undefined || NEVER.test(changedAt) ? undefined : changedAt,
  }
  return { ...threat, others: properties }
}
