import type { Category, Threat } from '../../model/types.ts'
import type { Building } from '../reading/building.ts'
import { defined, lineOf, listOf, type Raw, textOf } from '../reading/json-fields.ts'
import { many, tally } from '../report.ts'
import { categoryOf } from '../threat-dragon/words.ts'
import { addControls } from './controls.ts'
import { type Block, blocksOf, finderOf, keptOf, type Model, type Target, tellLoose } from './items.ts'
import { LABEL, type Part, partsIn, textsIn, withParts } from './parts.ts'

/** Threats with their categories, the data they hit, their rating, and the controls against them. */
export function addThreats(building: Building, model: Model, assets: readonly Block[]): void {
  const as = { path: `${model.path}/threat`, origin: model.name, prefix: 'T', noun: 'threat' }
  const findAsset = finderOf(assets)
  for (const threat of blocksOf(building, partsIn(model.part.parts, 'threat'), as)) {
    addThreat(building, threat, findAsset)
    addControls(building, threat)
  }
}

function addThreat(building: Building, threat: Block, findAsset: (value: unknown) => Target): void {
  const { raw, id, part } = threat
  const { categories, isWhole } = categoriesOf(raw.stride)
  const impacts = textsIn(raw.impacts)
  const impact = lineOf(impacts.texts.join(', '), 4000)
  const data = dataOf(threat, findAsset)
  const risk = riskOf(part)
  const named = lineOf(raw[LABEL], 4000)
  const description = textOf(raw.description)
  const statement = named ?? lineOf(description, 4000)
  const keys = [
    ...(isWhole ? ['stride'] : []),
    ...(impacts.isWhole && impact === impacts.texts.join(', ') ? ['impacts'] : []),
    ...(data.isWhole ? ['information_asset_refs'] : []),
    ...(typeof raw.control === 'string' ? ['control'] : []),
  ]
  const kept = { ...threat, raw: withParts(raw, risk.left) }
  const { provenance, foreign } = keptOf(building, kept, { keys, texts: { description: 100_000 } })
  tellThreat(threat, { isStated: categories.length > 0, isNamed: statement !== undefined, isLinked: data.ids.length > 0 })
  building.threats[id] = defined({
    id,
    statement: statement ?? 'Unnamed threat',
    description: lineOf(description, 4000) === statement ? undefined : description,
    impact,
    categories: linksTo(categories) as Threat['categories'],
    data: data.ids.length > 0 ? linksTo(data.ids) : undefined,
    likelihood: risk.likelihood,
    impactScale: risk.impact,
    provenance,
    foreign,
  })
}

function linksTo(keys: readonly string[]): { readonly [key: string]: true } {
  return Object.fromEntries(keys.map(key => [key, true as const]))
}

type Categories = { readonly categories: readonly Category[]; readonly isWhole: boolean }

/** "Info Disclosure" is the format's own word; whoever writes the others writes them as everybody does. */
function categoriesOf(value: unknown): Categories {
  const { texts, isWhole } = textsIn(value)
  const categories = texts.flatMap(word => {
    const plain = word
      .trim()
      .replace(/^info(?= )/i, 'Information')
      .replace(/privileges$/i, 'privilege')
    return categoryOf(plain, 'STRIDE')?.category ?? []
  })
  return { categories: [...new Set(categories)], isWhole: isWhole && new Set(categories).size === texts.length }
}

function dataOf(threat: Block, findAsset: (value: unknown) => Target) {
  const value = threat.raw.information_asset_refs
  const ids: string[] = []
  let missing = Array.isArray(value) ? 0 : 1
  for (const one of listOf(value)) {
    const { block, name } = findAsset(one)
    if (block) ids.push(block.id)
    else {
      missing++
      tellLoose(threat, 'information_asset_refs', name)
    }
  }
  return { ids: [...new Set(ids)], isWhole: missing === 0 }
}

const STEPS = ['very_low', 'low', 'medium', 'high', 'very_high']

type Risk = { readonly likelihood: number | undefined; readonly impact: number | undefined; readonly left: readonly Part[] }

/** The five words of the format are the five steps here; what else a rating says is kept. */
function riskOf({ parts }: Part): Risk {
  const [first, ...more] = partsIn(parts, 'risk')
  const likelihood = stepOf(first?.raw.likelihood)
  const impact = stepOf(first?.raw.impact)
  const used = new Set([...(likelihood ? ['likelihood'] : []), ...(impact ? ['impact'] : [])])
  const fields: Raw = Object.fromEntries(Object.entries(first?.raw ?? {}).filter(([key]) => !used.has(key)))
  const rest = first && Object.keys(fields).length > 0 ? [{ ...first, raw: fields }] : []
  return { likelihood, impact, left: [...rest, ...more] }
}

/** Case, and the sign between two words, say nothing. */
function stepOf(value: unknown): number | undefined {
  const word = lineOf(value, 40)
    ?.toLowerCase()
    .replace(/[\s_-]+/g, '_')
  const step = word === undefined ? -1 : STEPS.indexOf(word)
  return step < 0 ? undefined : step + 1
}

type Said = { readonly isStated: boolean; readonly isNamed: boolean; readonly isLinked: boolean }

function tellThreat({ place, part, raw }: Block, { isStated, isNamed, isLinked }: Said): void {
  const tell = (what: string, why: string) =>
    tally(place.report, place.at, { what: count => `${what} ${many(count, 'threat')}`, why })
  if (!isNamed) tell('Name of', 'The file gives no name and no description as text; called "Unnamed threat".')
  if (!isStated) tell('Category of', 'It is no STRIDE value, or none is stated: choose a category.')
  if (!isLinked) tell('Data hit by', 'The file names no information asset: link the data.')
  tell('Elements and flows hit by', 'The format does not say where a threat is: link the elements and data flows.')
  if (partsIn(part.parts, 'risk').some(risk => risk.raw.severity !== undefined || risk.raw.rationale !== undefined))
    tell('Severity or rationale of', 'The risk is computed here from likelihood and impact: kept under foreign.')
  for (const name of textsIn(raw.control_imports).texts)
    place.report.losses.push({
      at: place.at,
      what: `Imported control ${name.slice(0, 120)}`,
      why: 'No other file is opened: kept under foreign of the threat.',
    })
}
