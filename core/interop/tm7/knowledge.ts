import type { XmlItem } from '../reading/xml-items.ts'
import { fieldsOf, textIn } from './fields.ts'

/** What is looked up in the template that is embedded in a model; everything else of it is passed over. */
export type Knowledge = {
  readonly manifest: Manifest
  readonly stencils: Map<string, string>
  readonly categories: Map<string, { readonly name: string; readonly description: string | undefined }>
  readonly threatTypes: Map<string, { readonly title: string | undefined; readonly category: string | undefined }>
  /** What the fields of threats are called, by internal name. */
  readonly labels: Map<string, string>
}

/** What a template says of itself. */
export type Manifest = { name?: string; id?: string; version?: string; author?: string }

/** A template of which nothing is known yet. */
export function newKnowledge(): Knowledge {
  return { manifest: {}, stencils: new Map(), categories: new Map(), threatTypes: new Map(), labels: new Map() }
}

/** Learns from one entry of the template; of two with one id the first counts. */
export function learn(knowledge: Knowledge, item: XmlItem): void {
  const fields = fieldsOf(item)
  const text = (name: string) => textIn(fields, name)
  const id = text('Id') ?? ''
  const name = text('Name') ?? ''
  switch (item.name) {
    case 'Manifest':
      for (const key of ['name', 'id', 'version', 'author'] as const) {
        const value = text(key.charAt(0).toUpperCase() + key.slice(1))
        if (value !== undefined) knowledge.manifest[key] = value
      }
      break
    case 'ElementType':
      if (name !== '') remember(knowledge.stencils, id, name)
      break
    case 'ThreatCategory':
      if (name !== '') remember(knowledge.categories, id, { name, description: text('ShortDescription') })
      break
    case 'ThreatMetaDatum':
      remember(knowledge.labels, name, text('Label') ?? name)
      break
    case 'ThreatType':
      remember(knowledge.threatTypes, id, { title: text('ShortTitle'), category: text('Category') })
  }
}

function remember<T>(known: Map<string, T>, id: string, value: T): void {
  if (id !== '' && !known.has(id)) known.set(id, value)
}
