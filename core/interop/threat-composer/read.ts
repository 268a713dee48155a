import type { Category, Mitigation, Stamp, Threat } from '../../model/types.ts'
import { ok, type Result } from '../../support/result.ts'
import { type Building, finished, newBuilding, type ReadModel } from '../reading/building.ts'
import { byName, type Item, itemsOf, originOf } from '../reading/items.ts'
import { defined, idOf, lineOf, listOf, type Raw, recordOf, textOf } from '../reading/json-fields.ts'
import { type ListShape, wrongLists } from '../reading/list-limits.ts'
import { many, newReport, tally } from '../report.ts'
import { envelopeOf } from './envelope.ts'
import { drawnDesign, metadataAt, OURS, withoutDrawing, withoutOurs } from './given-back.ts'
import { isDropped, tellDropped, tellStatus } from './status.ts'

const SHAPE: ListShape = {
  code: 'threatComposer.list',
  keys: ['assumptions', 'mitigations', 'threats', 'assumptionLinks', 'mitigationLinks'],
  linksIn: () => 1,
  schema: 'the schema of Threat Composer',
}

/** Reads a model of statements: threats, mitigations and assumptions that hang on no element. */
export function readThreatComposer(file: string, root: Raw, stamp: Stamp): Result<ReadModel> {
  const wrong = wrongLists(file, root, SHAPE)
  if (wrong) return wrong
  const report = newReport()
  const formatVersion = idOf(root.schema) ?? '1'
  const info = recordOf(root.applicationInfo) ?? {}
  const name = lineOf(info.name, 400)
  const origin = { file, tool: `Threat Composer ${formatVersion}`, family: 'threat-composer', stamp }
  const building = newBuilding(origin, report, { name, owner: undefined })
  const own = new Map<Raw, unknown>()
  const theirs = (value: unknown): unknown => {
    const raw = recordOf(value)
    const left = raw && withoutOurs(raw)
    if (raw && left) own.set(left, metadataAt(raw, OURS.id))
    return left ?? value
  }
  const read = (key: string, prefix: string, noun: string) => {
    const list = listOf(root[key]).map(theirs)
    return itemsOf(building, { list, at: `/${key}`, prefix, noun, key: 'id', own: raw => own.get(raw) })
  }
  const threats = read('threats', 'T', 'threat')
  const mitigations = read('mitigations', 'M', 'mitigation')
  const assumptions = read('assumptions', 'A', 'assumption')
  for (const threat of threats) addThreat(building, threat)
  const links = linksOf(building, root, { threats: byName(threats), mitigations: byName(mitigations) })
  for (const mitigation of mitigations) addMitigation(building, mitigation, links.get(mitigation.id))
  for (const assumption of assumptions) addAssumption(building, assumption)
  const originalIds = [...threats, ...mitigations, ...assumptions].map(({ originalId }) => originalId ?? '')
  const designId = drawnDesign(root) ?? designIn(root)
  const whole = defined({ purpose: textOf(info.description), foreign: envelopeOf(withoutDrawing(root), report), designId })
  return ok({ design: finished(building, { ...whole, name: name ?? 'Unnamed model', originalIds }), formatVersion, report })
}

/** The id of a design of which nothing is drawn, as its first row has it. */
function designIn(root: Raw): string | undefined {
  for (const key of ['threats', 'mitigations', 'assumptions'])
    for (const value of listOf(root[key])) {
      const id = metadataAt(recordOf(value) ?? {}, OURS.design)
      if (typeof id === 'string') return id
    }
  return undefined
}

const LETTERS: Readonly<Record<string, Category>> = {
  S: 'spoofing',
  T: 'tampering',
  R: 'repudiation',
  I: 'informationDisclosure',
  D: 'denialOfService',
  E: 'elevationOfPrivilege',
}

/** The parts of its grammar, key of the file to field of ours. */
const PARTS = { threatSource: 'source', prerequisites: 'prerequisite', threatAction: 'action', threatImpact: 'impact' } as const

/** The order of display says nothing: rows are ordered by what they are. */
const COMMON = ['displayOrder'] as const

function addThreat(building: Building, threat: Item): void {
  const { raw, place, id } = threat
  const { categories, comment, isWhole } = metadataOf(raw)
  const statement = lineOf(raw.statement, 4000) ?? lineOf(raw.threatAction, 4000)
  const parts = Object.entries(PARTS).map(([key, field]) => [field, lineOf(raw[key], 4000)] as const)
  const read = Object.keys(PARTS).filter(key => lineOf(raw[key], 4000) === raw[key])
  const keys = [...COMMON, ...read, ...(statement === raw.statement ? ['statement'] : []), ...(isWhole ? ['metadata'] : [])]
  if (raw.status === 'threatIdentified') keys.push('status')
  else if (raw.status !== undefined) tellStatus(threat)
  if (categories.length === 0) tellCategory(threat)
  tally(place.report, place.at, {
    what: count => `What ${many(count, 'threat')} would hit`,
    why: 'The format has no elements: link the elements, data flows and data. Impacted assets and goals are kept under foreign.',
  })
  const { provenance, foreign } = originOf(building, threat, { keys, texts: {} })
  building.threats[id] = defined({
    id,
    statement: statement ?? 'Unnamed threat',
    ...(Object.fromEntries(parts) as Partial<Record<(typeof PARTS)[keyof typeof PARTS], string | undefined>>),
    categories: Object.fromEntries(categories.map(category => [category, true as const])) as Threat['categories'],
    description: comment,
    provenance,
    foreign,
  })
}

type Metadata = { readonly categories: readonly Category[]; readonly comment: string | undefined; readonly isWhole: boolean }

/** What the pairs of key and value say; whole when letters and a comment are all of it. */
function metadataOf({ metadata }: Raw): Metadata {
  const pairs = listOf(metadata).map(recordOf)
  const values = new Map(pairs.map(pair => [pair?.key, pair?.value]))
  const letters = listOf(values.get('STRIDE')).map(String)
  const categories = letters.flatMap(letter => (Object.hasOwn(LETTERS, letter) ? (LETTERS[letter] ?? []) : []))
  const comment = textOf(values.get('Comments'))
  const isRead = (key: unknown) => key === 'STRIDE' || (key === 'Comments' && values.get(key) === comment)
  const isWhole = values.size === pairs.length && [...values.keys()].every(isRead) && categories.length === letters.length
  return { categories, comment, isWhole: isWhole && Array.isArray(metadata) }
}

function tellCategory({ place }: Item): void {
  tally(place.report, place.at, {
    what: count => `Category of ${many(count, 'threat')}`,
    why: 'The file states no STRIDE letter: choose a category.',
  })
}

const STATUS: Readonly<Record<string, Mitigation['status']>> = {
  mitigationIdentified: 'planned',
  mitigationInProgress: 'planned',
  mitigationResolved: 'implemented',
}

function addMitigation(building: Building, mitigation: Item, threats: Readonly<Record<string, true>> | undefined): void {
  const { raw, place, id } = mitigation
  if (isDropped(raw)) {
    tellDropped(mitigation)
    return
  }
  const word = lineOf(raw.status, 100)
  const status = word !== undefined && Object.hasOwn(STATUS, word) ? STATUS[word] : undefined
  if (word === undefined)
    tally(place.report, place.at, {
      what: count => `Status of ${many(count, 'mitigation')}`,
      why: 'The file states none: it counts as planned.',
    })
  else if (status === undefined) tellStatus(mitigation)
  const isSaid = status !== undefined && word !== 'mitigationInProgress'
  const { text, row } = contentOf(building, mitigation, isSaid ? ['status'] : [])
  building.mitigations[id] = defined({
    ...row,
    statement: text ?? 'Unnamed mitigation',
    threats,
    status: status ?? ('planned' as const),
  })
}

function addAssumption(building: Building, assumption: Item): void {
  const { text, row } = contentOf(building, assumption, [])
  building.assumptions[assumption.id] = { ...row, statement: text ?? 'Unnamed assumption' }
}

/** A statement with its comment beside it, as mitigations and assumptions have it. */
function contentOf(building: Building, item: Item, more: readonly string[]) {
  const { raw, id } = item
  const text = lineOf(raw.content, 4000)
  const comments = listOf(raw.metadata).map(recordOf)
  const isComment = comments.length === 1 && comments[0]?.key === 'Comments' && textOf(comments[0].value) === comments[0].value
  const keys = [
    ...COMMON,
    ...more,
    ...(text === raw.content ? ['content'] : []),
    ...(isComment || comments.length === 0 ? ['metadata'] : []),
  ]
  const { provenance, foreign } = originOf(building, item, { keys, texts: {} })
  return { text, row: defined({ id, description: isComment ? textOf(comments[0]?.value) : undefined, provenance, foreign }) }
}

type Named = { readonly threats: ReadonlyMap<string, Item>; readonly mitigations: ReadonlyMap<string, Item> }

/** Threats of each mitigation. */
function linksOf(
  { report }: Building,
  root: Raw,
  { threats, mitigations }: Named,
): ReadonlyMap<string, Readonly<Record<string, true>>> {
  const links = new Map<string, Record<string, true>>()
  for (const [i, value] of listOf(root.mitigationLinks).entries()) {
    const link = recordOf(value)
    const mitigation = mitigations.get(idOf(link?.mitigationId) ?? '')
    const threat = threats.get(idOf(link?.linkedId) ?? '')
    const own = mitigation && (links.get(mitigation.id) ?? {})
    if (mitigation && own && threat) {
      own[threat.id] = true
      links.set(mitigation.id, own)
    } else
      report.losses.push({
        at: `/mitigationLinks/${i}`,
        what: 'A link from a mitigation to a threat',
        why: 'One of its ends is not in the file; kept under foreign of the design.',
      })
  }
  return links
}
