import type { Rule } from '../../model/types.ts'
import { type Mapped, mappedCategory } from './categories.ts'
import { conditionsOf } from './conditions.ts'
import type { Filter, Part } from './filter.ts'
import { all, atomsOf, type Formula, not } from './formula.ts'
import { type Reach, reachOf } from './kinds.ts'
import { meaningOf, nothing, type Tell } from './meaning.ts'
import { GENERIC, type Palette } from './palette.ts'
import { questionFor } from './questions.ts'
import type { Template, ThreatType } from './template.ts'
import { type Texts, textsOf } from './texts.ts'

/** The filters of a threat type, read; what is left empty is missing. */
export type Filters = { readonly include: Filter | undefined; readonly exclude: Filter | undefined }

/** What a rule needs from around its threat type. */
export type Surroundings = {
  readonly template: Template
  readonly palette: Palette
  readonly ruleId: string
  readonly tell: Tell
}

/** The rule of one threat type. */
export function ruleOf(threat: ThreatType, filters: Filters, { template, palette, ruleId, tell }: Surroundings): Rule {
  const meaning = all([
    filters.include ? meaningOf(filters.include, palette, tell) : nothing('source'),
    ...(filters.exclude ? [not(meaningOf(filters.exclude, palette, tell))] : []),
  ])
  const reach = reachOf(meaning)
  tellOfCrossings(filters, palette, tell)
  tellOf(reach, meaning, tell)
  const when = conditionsOf(reach.rest, kind => familyOf(kind, palette))
  const texts = textsOf(threat, tell)
  const subject = subjectOf(texts, meaning)
  const { category, privacy } = categoryOf(threat, template, tell)
  return {
    id: ruleId,
    version: 1,
    categories: [category],
    ...(privacy ? { privacy } : {}),
    on: 'interaction',
    ...(reach.source ? { source: reach.source } : {}),
    ...(reach.target ? { target: reach.target } : {}),
    crossing: reach.crossing,
    subject,
    ...(when.length > 0 ? { when } : {}),
    ...texts,
    question: questionFor(category, subject),
    ...weightOf(threat.fields.Priority ?? ''),
    cwe: [],
    controls: [],
    follows: `${template.name} ${template.version}, threat type ${threat.id}`.replace(/\s+/g, ' '),
  }
}

function familyOf(kind: string, palette: Palette): readonly string[] {
  const generic = Object.keys(GENERIC).find(id => GENERIC[id] === kind)
  return generic ? palette.family(generic) : []
}

function tellOf(reach: Reach, meaning: Formula, tell: Tell): void {
  const isOff = meaning.key === nothing('source').key
  if (isOff) tell('A filter that is switched off', 'The tool finds nothing with it, and neither does its rule.')
  if (reach.isContradiction)
    tell('A filter that contradicts itself', 'The tool finds nothing with it, and neither does its rule.')
  if (reach.isOutside)
    tell(
      'A threat between two ends of which neither is a process',
      'Data does not move itself: a design has no such interactions, so the rule finds such flows only where a process stands in.',
    )
  if (reach.isLoose)
    tell(
      'A filter that asks different things of different kinds of ends',
      'Conditions know kinds by stencil only: in a design that was drawn elsewhere the rule finds nothing.',
    )
  if (reach.isWider && !reach.isOutside && !isOff)
    tell(
      'Interactions between two ends of which neither is a process',
      'Data does not move itself: a design has no such interactions, and says so of each such flow.',
    )
}

function tellOfCrossings({ include, exclude }: Filters, palette: Palette, tell: Tell): void {
  const crossed = [include, exclude].flatMap(filter => (filter ? crossingsIn(filter) : []))
  const generic = palette.boundaryRoots.filter(root => crossed.includes(root))
  if (generic.length > 0 && generic.length < palette.boundaryRoots.length)
    tell(
      'Crossings of one sort of boundary',
      'A design does not tell lines from borders: the rule takes a crossing of any boundary.',
    )
}

function crossingsIn(filter: Filter): readonly string[] {
  if (filter.asks === 'crossing') return [filter.type]
  if (filter.asks === 'not') return crossingsIn(filter.part)
  return 'parts' in filter ? filter.parts.flatMap(crossingsIn) : []
}

/** What is threatened: the thing its texts name, else the end its filter looks at. */
function subjectOf({ title, description }: Texts, meaning: Formula): Part {
  const named = /\{(source|target|flow)\}/
  const inTitle = [...new Set([...title.matchAll(new RegExp(named, 'g'))].map(match => match[1] as Part))]
  if (inTitle.length === 1) return inTitle[0] as Part
  const first = named.exec(description)?.[1] as Part | undefined
  if (first) return first
  const asked = new Set(atomsOf(meaning).flatMap(found => ('of' in found ? [found.of] : [])))
  if (asked.has('target')) return 'target'
  return asked.has('source') ? 'source' : 'flow'
}

function categoryOf(threat: ThreatType, template: Template, tell: Tell): Mapped {
  const known = template.categories.find(({ id }) => id === threat.category)
  const name = known?.name ?? (Object.hasOwn(STRIDE, threat.category) ? STRIDE[threat.category] : undefined) ?? threat.category
  const mapped = mappedCategory({ name, description: known?.description ?? '' })
  if (mapped.because) tell(`The category "${name}"`, mapped.because)
  return mapped
}

/** Templates that list no categories use these letters all the same. */
const STRIDE: Readonly<Record<string, string>> = {
  S: 'Spoofing',
  T: 'Tampering',
  R: 'Repudiation',
  I: 'Information Disclosure',
  D: 'Denial of Service',
  E: 'Elevation of Privilege',
}

/** The tool has one priority where we ask for two numbers; none stated is the middle of both. */
function weightOf(priority: string): Pick<Rule, 'likelihood' | 'impact'> {
  const level = LEVELS.find(({ word }) => word === priority.toLowerCase())?.level ?? 3
  return { likelihood: level, impact: level }
}

const LEVELS = [
  { word: 'critical', level: 5 },
  { word: 'high', level: 4 },
  { word: 'medium', level: 3 },
  { word: 'low', level: 2 },
] as const
