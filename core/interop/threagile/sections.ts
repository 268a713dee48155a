import type { Refusal } from '../../support/result.ts'
import { refuse } from '../../support/result.ts'
import type { Building } from '../reading/building.ts'
import type { Item } from '../reading/items.ts'
import { idOf, lineOf, type Raw, recordOf } from '../reading/json-fields.ts'
import { lengthsOf, wrongLists } from '../reading/list-limits.ts'
import type { ImportReport } from '../report.ts'
import { mergedOf } from './merge-keys.ts'
import type { Part } from './parts.ts'

/** Parts of a model that hold things by name; the names of risk categories changed after 1.0. */
export const SECTIONS = [
  'data_assets',
  'technical_assets',
  'trust_boundaries',
  'shared_runtimes',
  'individual_risk_categories',
  'custom_risk_categories',
  'risk_tracking',
  'security_requirements',
  'abuse_cases',
  'questions',
] as const

export type Section = (typeof SECTIONS)[number]

/** Something that stands under a name. */
export type Named = { readonly name: string; readonly value: unknown; readonly at: string }

/** A model of one or more files, put together. */
export type Whole = { readonly sections: { readonly [section in Section]: readonly Named[] }; readonly rest: Raw }

/** Sections must hold names; what holds a single word or a number is no model. Empty ones may be written in any way. */
export function wrongSections(file: string, parts: readonly Part[]): Refusal | undefined {
  for (const { prefix, root } of parts)
    for (const section of SECTIONS) {
      const value = root[section]
      if (recordOf(value) || isEmpty(value) || (section === 'custom_risk_categories' && Array.isArray(value))) continue
      return refuse({
        code: 'threagile.section',
        at: `${prefix === '' ? `${file}:` : prefix}/${section}`,
        message: `"${section}" must hold things by their names; here stands ${Array.isArray(value) ? 'a list' : `a ${typeof value}`}.`,
        cure: 'Correct the file at that place; the schema of Threagile says how.',
      })
    }
  return undefined
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
}

/** One model of all files: of two things with one name the first is taken, and that is told unless they are the same. */
export function wholeOf(parts: readonly Part[], report: ImportReport): Whole {
  const sections = Object.fromEntries(SECTIONS.map(section => [section, new Map<string, Named>()])) as Sections
  const rest: Record<string, unknown> = {}
  for (const { prefix, root } of parts)
    for (const [key, value] of Object.entries(root)) {
      const at = `${prefix}/${pointer(key)}`
      if (isSection(key)) for (const named of namesIn(at, value)) addNamed(sections[key], named, { section: key, report })
      else if (key !== 'includes') rest[key] = joined(rest[key], value, () => tellSecond(report, at, `"${key.slice(0, 80)}"`))
    }
  const lists = SECTIONS.map(section => [section, [...sections[section].values()]] as const)
  return { sections: Object.fromEntries(lists) as Whole['sections'], rest }
}

type Sections = { readonly [section in Section]: Map<string, Named> }

function isSection(key: string): key is Section {
  return (SECTIONS as readonly string[]).includes(key)
}

function namesIn(at: string, value: unknown): readonly Named[] {
  if (Array.isArray(value)) return listed(at, value)
  return Object.entries(mergedOf(value) ?? {}).map(([name, one]) => ({ name, value: one, at: `${at}/${pointer(name)}` }))
}

/** Things of a list name themselves; of two with one title, the later is called by its id as well. */
function listed(at: string, list: readonly unknown[]): readonly Named[] {
  const seen = new Set<string>()
  return list.map((one, i) => {
    const raw = recordOf(one)
    const id = idOf(raw?.id) ?? `#${i}`
    const title = lineOf(raw?.title, 1000) ?? id
    const name = seen.has(title) ? `${title} (${id})` : title
    seen.add(title)
    return { name, value: one, at: `${at}/${i}` }
  })
}

function addNamed(known: Map<string, Named>, named: Named, { section, report }: { section: string; report: ImportReport }): void {
  const first = known.get(named.name)
  if (!first) known.set(named.name, named)
  else if (!isSame(first.value, named.value))
    tellSecond(report, named.at, `"${named.name.slice(0, 80)}" of ${section.replaceAll('_', ' ')}`)
}

function tellSecond(report: ImportReport, at: string, what: string): void {
  report.losses.push({
    at,
    what: `A second ${what}`,
    why: 'A file that was read before says something else of it, which was taken; the names of one model must differ.',
  })
}

/** Lists of two files become one; of other values the first is taken. */
function joined(known: unknown, value: unknown, tell: () => void): unknown {
  if (known === undefined || known === null) return value
  if (value === undefined || value === null || isSame(known, value)) return known
  if (Array.isArray(known) && Array.isArray(value)) return [...known, ...value]
  tell()
  return known
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

/** A name as one step of a JSON pointer. */
export function pointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}

/** The key under which an item has its name, which the file writes before it. */
export const TITLE = 'title'

export type ItemsOf = { readonly prefix: string; readonly noun: string; readonly path: string }

/** Things with ids, as rows: by the id inside, by their name without one. Of two with one id the first is meant by whoever uses it. */
export function itemsIn(building: Building, named: readonly Named[], { prefix, noun, path }: ItemsOf): readonly Item[] {
  const seen = new Set<string>()
  return named.flatMap((one): Item[] => {
    const own = mergedOf(one.value)
    const place = { at: one.at, report: building.report }
    if (!own) {
      place.report.losses.push({ at: one.at, what: `One ${noun}`, why: 'It is no object: nothing can be read from it.' })
      return []
    }
    const { [TITLE]: inside, ...others } = own
    const raw = inside === undefined || inside === one.name ? others : { ...others, title_inside: inside }
    const originalId = idOf(own.id) ?? lineOf(one.name, 1000)
    const isTwin = originalId !== undefined && seen.has(originalId)
    const origin = originalId === undefined || isTwin ? [originalId ?? '', one.name] : [originalId]
    const id = building.idFor(prefix, building.model, path, ...origin)
    if (isTwin) tellTwin(building, { id, at: one.at, noun, originalId, isRow: prefix !== NO_ROW })
    if (originalId !== undefined) seen.add(originalId)
    return [{ id, originalId, raw: { ...raw, [TITLE]: one.name }, place, noun, key: 'id' }]
  })
}

/** Kinds of things that are named and become no rows. */
export const NO_ROW = 'X'

type Twin = {
  readonly id: string
  readonly at: string
  readonly noun: string
  readonly originalId: string
  readonly isRow: boolean
}

function tellTwin({ report }: Building, { id, at, noun, originalId, isRow }: Twin): void {
  const message = `Another of its kind has the id "${originalId.slice(0, 80)}" as well; what names it was joined to the first.`
  if (isRow)
    report.problems.push({
      code: 'import.sameId',
      severity: 'warning',
      at: id,
      message,
      cure: 'Check what is joined to both.',
    })
  else report.losses.push({ at, what: `The id of one ${noun}`, why: message })
}

/** More of anything than a person writes is refused before it is read. */
export function tooMuch(file: string, { sections }: Whole): Refusal | undefined {
  const valuesOf = (section: Section) => sections[section].map(({ value }) => value)
  const inside = (section: Section, key: string) =>
    sections[section].flatMap(({ value }) => Object.values(mergedOf(mergedOf(value)?.[key]) ?? {}))
  const categories = ['individual_risk_categories', 'custom_risk_categories'] as const
  const root: Raw = {
    ...Object.fromEntries(SECTIONS.map(section => [section, valuesOf(section)])),
    communication_links: inside('technical_assets', 'communication_links'),
    risks_identified: categories.flatMap(section => inside(section, 'risks_identified')),
  }
  return wrongLists(file, root, {
    code: 'threagile.section',
    keys: Object.keys(root),
    linksIn: raw => lengthsOf(...REFERENCES.map(key => raw[key])),
    zones: 'trust_boundaries',
    schema: 'the schema of Threagile',
  })
}

const REFERENCES = [
  'data_assets_processed',
  'data_assets_stored',
  'data_assets_sent',
  'data_assets_received',
  'technical_assets_inside',
  'trust_boundaries_nested',
  'technical_assets_running',
  'data_breach_technical_assets',
]
