import type { Settings } from '../../model/types.ts'
import { type Foreign, foreignOf, keptForeign } from '../reading/foreign.ts'
import { defined, fitting, lineOf, listOf, type Raw, recordOf, textOf } from '../reading/json-fields.ts'
import type { XmlNode } from '../reading/xml.ts'
import { many } from '../report.ts'
import { type Entry, entriesOf, type Reading, rawOf } from './entries.ts'

/** What the file says of the project: the goals it has, or else its background, tell what the system is for. */
export type Project = Partial<Pick<Settings, 'purpose' | 'glossary'>> & { readonly foreign?: Foreign }

export function projectOf({ building, places, objects }: Reading): Project {
  const [node] = objects.get('project_settings') ?? []
  if (!node) return {}
  const raw = rawOf(node)
  const place = { at: places.at(node.at), report: building.report }
  const purposeKey = textOf(raw.strategic_goals) === undefined ? 'background' : 'strategic_goals'
  const { glossary, isWhole } = glossaryOf(raw)
  const used = new Set([...fitting(raw, { name: 400, [purposeKey]: 100_000 }), ...(isWhole ? ['naming_conventions'] : [])])
  const foreign = foreignOf(raw, used, place)
  const keys = Object.keys(foreign ?? {})
  if (keys.length > 0)
    place.report.losses.push({
      at: place.at,
      what: `${keys.slice(0, 10).join(', ')} of the project`,
      why: 'A design has its name, purpose and glossary: kept under foreign of the design.',
    })
  return defined({ purpose: textOf(raw[purposeKey]), glossary, foreign })
}

/** Naming conventions are terms with their meaning; whole when each fits and no two are of one name. */
function glossaryOf({ naming_conventions }: Raw): { glossary: Settings['glossary']; isWhole: boolean } {
  const entries = listOf(naming_conventions).flatMap(list => listOf(recordOf(list)?.entry).map(recordOf))
  const terms = new Map<string, string>()
  let isWhole = entries.length > 0
  for (const entry of entries) {
    const term = lineOf(entry?.name, 101)
    const meaning = lineOf(entry?.definition, 4000)
    const isPlain = meaning === entry?.definition && Object.keys(entry ?? {}).length === 2
    const fits = term !== undefined && term.length <= 100 && term !== '__proto__' && !terms.has(term)
    if (fits && meaning !== undefined) terms.set(term, meaning)
    isWhole &&= fits && isPlain && term === entry?.name
  }
  return { glossary: terms.size > 0 ? Object.fromEntries(terms) : undefined, isWhole }
}

/** Tags that become rows or settings. */
const READ: ReadonlySet<string> = new Set([
  'project_settings',
  'asset',
  'role',
  'usecase',
  'threat',
  'risk',
  'response',
  'countermeasure',
  'requirement',
  'domainproperty',
  'dataflow',
  'trust_boundary',
])

/** Objects that threats or rows name, and that are kept whole. */
const KEPT: Readonly<Record<string, string>> = {
  environment:
    'A design describes one: levels and likelihoods are the highest of all, and what is said of each is kept under foreign of the rows, the rest under foreign of the design.',
  attacker: 'Their names stand as the source of the threats that name them; the rest is kept under foreign of the design.',
  vulnerability:
    'Their names stand as what the threats of their risks need; severity and assets are kept under foreign of the design.',
}

/** Objects a design has no place for. */
const NO_PLACE: ReadonlySet<string> = new Set(
  (
    'vulnerability_type threat_type threat_value risk_value countermeasure_value severity_value likelihood_value ' +
    'motivation_value capability_value asset_association persona external_document document_reference ' +
    'persona_characteristic task goal obstacle manual_association goal_association dependency characteristic_synopsis ' +
    'reference_synopsis step_synopsis reference_contribution usecase_contribution task_contribution concept_reference ' +
    'task_characteristic location'
  ).split(' '),
)

/** What the file says besides the rows, each tag kept or lost by itself, with one line for each. */
export function leftOver(reading: Reading, root: XmlNode): Foreign {
  const { building, places, objects } = reading
  const kept: Record<string, unknown> = {}
  for (const [tag, nodes] of objects) {
    const [first] = nodes
    if (!first || READ.has(tag)) continue
    const tell = (why: string) =>
      building.report.losses.push({ at: places.at(first.at), what: many(nodes.length, nounOf(tag)), why })
    const why = Object.hasOwn(KEPT, tag) ? KEPT[tag] : undefined
    if (NO_PLACE.has(tag)) tell('A design has no place for them: they stay in the file only.')
    else if (why !== undefined) {
      kept[tag] = keptList(entriesOf(reading, { tag, prefix: '', noun: nounOf(tag) }))
      tell(why)
    } else {
      const own = keptForeign({ [tag]: nodes.map(rawOf) }, { at: places.at(first.at), report: building.report })
      if (own) kept[tag] = own[tag]
      tell(own ? 'Nothing here is called so: kept under foreign of the design.' : 'Nothing here is called so.')
    }
  }
  return defined({ ...attributesOf(reading, root), ...kept })
}

/** The words of a tag, so that their plural is one. */
function nounOf(tag: string): string {
  return tag
    .replaceAll('_', ' ')
    .replace(/synopsis$/, 'synopsis entry')
    .slice(0, 80)
}

/** Attributes and text of the sections themselves, of which the real files have none. */
function attributesOf({ building, places }: Reading, root: XmlNode): Foreign {
  const kept = [root, ...root.children].flatMap(node => {
    const raw = rawOf({ ...node, children: [] })
    if (Object.keys(raw).length === 0) return []
    const own = keptForeign({ [node.name]: raw }, { at: places.at(node.at), report: building.report })
    return own ? Object.entries(own) : []
  })
  return Object.fromEntries(kept)
}

/** Objects kept one by one, so that a long one does not cost the others. */
export function keptList(entries: readonly Entry[]): readonly unknown[] | undefined {
  const list = entries.flatMap(({ raw, place }) => {
    const kept = keptForeign({ one: raw }, place)
    return kept ? [kept.one] : []
  })
  return list.length > 0 ? list : undefined
}
