import type { Building } from '../reading/building.ts'
import { type Foreign, keptForeign } from '../reading/foreign.ts'
import type { Item } from '../reading/items.ts'
import { fitting, lineOf, type Raw, recordOf, textOf } from '../reading/json-fields.ts'
import { many } from '../report.ts'
import type { Lists } from './read.ts'
import { pointer, TITLE } from './sections.ts'

/** Texts on the whole, the first of which says what the system is for. */
const OVERVIEWS = ['application_description', 'business_overview', 'technical_overview']

/** Both names of the risks that people identified. */
const CATEGORIES = ['individual_risk_categories', 'custom_risk_categories']

/** What the file says of the whole. */
export type About = { readonly purpose: string | undefined; readonly foreign: Foreign | undefined }

/** What became no row: of the whole, of shared runtimes and risk categories, and what was decided or asked and found no place. */
export function aboutOf(
  building: Building,
  { rest, lists, left }: { rest: Raw; lists: Lists; left: Readonly<Record<string, Raw>> },
): About {
  const from = OVERVIEWS.find(key => textOf(recordOf(rest[key])?.description) !== undefined)
  const overview = from === undefined ? undefined : recordOf(rest[from])
  const kept: Record<string, unknown> = {}
  const keep = (key: string, value: unknown) => {
    const own = keptForeign({ [key]: value }, { at: `/${pointer(key)}`, report: building.report })?.[key]
    if (own !== undefined) kept[key] = own
  }
  const used = new Set([...fitting(rest, { threagile_version: 40, title: 400 }), '<<'])
  for (const [key, value] of Object.entries(rest)) {
    if (value === null || (used.has(key) && (key !== 'title' || lineOf(value, 400) === value))) continue
    const isPurpose = key === from && overview && fitting(overview, { description: 100_000 }).length > 0
    const own = isPurpose ? without(overview, 'description') : value
    if (!isPurpose || Object.keys(own as Raw).length > 0) keep(key, own)
  }
  for (const [key, value] of Object.entries(left)) if (Object.keys(value).length > 0) keepEach(building, kept, { key, value })
  keepItems(building, kept, { key: 'shared_runtimes', items: lists.runtimes })
  for (const key of CATEGORIES)
    keepItems(building, kept, { key, items: lists.categories.filter(({ place }) => place.at.includes(`/${key}/`)) })
  tellRuntimes(lists.runtimes)
  return { purpose: textOf(overview?.description), foreign: Object.keys(kept).length > 0 ? kept : undefined }
}

function without(raw: Raw, key: string): Raw {
  return Object.fromEntries(Object.entries(raw).filter(([own, value]) => own !== key && value !== null))
}

/** Thing by thing, so that one long text does not cost the others. */
function keepEach(building: Building, kept: Record<string, unknown>, { key, value }: { key: string; value: Raw }): void {
  const own = Object.entries(value).flatMap(([name, one]) => {
    const place = { at: `/${key}/${pointer(name)}`, report: building.report }
    return Object.entries(keptForeign({ [name]: one }, place) ?? {})
  })
  if (own.length > 0) kept[key] = Object.fromEntries(own)
}

function keepItems(
  building: Building,
  kept: Record<string, unknown>,
  { key, items }: { key: string; items: readonly Item[] },
): void {
  const named = items.map(({ raw }) => [String(raw[TITLE]), without(without(raw, TITLE), 'risks_identified')] as const)
  if (named.length > 0) keepEach(building, kept, { key, value: Object.fromEntries(named) })
}

function tellRuntimes(items: readonly Item[]): void {
  const [first] = items
  first?.place.report.losses.push({
    at: first.place.at,
    what: many(items.length, 'shared runtime'),
    why: 'What runs together is no boundary, as trust need not change there, and nobody merely assumes it: kept under foreign of the design. Draw a boundary where it does.',
  })
}
