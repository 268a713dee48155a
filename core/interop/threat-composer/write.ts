import { toMermaid } from '../../dfd/to-mermaid.ts'
import { rowsOf, sizeOf } from '../../model/table.ts'
import type { AnyRow, Assumption, Category, Design, Mitigation, Threat } from '../../model/types.ts'
import { ok, type Result } from '../../support/result.ts'
import { uuidOf } from '../../verdict/uuid.ts'
import { lineOf, listOf, type Raw, recordOf, textOf } from '../reading/json-fields.ts'
import type { Occasion, Written } from '../writers.ts'
import { merged, oursFirst } from '../writing/merged.ts'
import { differencesOf, lossesFrom, type Reasons } from '../writing/read-back.ts'
import { backReader } from '../writing/reader.ts'
import { foreignFrom, foreignOfDesign, namesFor } from '../writing/returned.ts'
import { drawingOf, metadataAt, OURS, pairsOf } from './given-back.ts'
import { readThreatComposer } from './read.ts'

const TOOL = 'Threat Composer'
const NAMELESS =
  'The format has no elements: what is drawn stands as Mermaid text in the description of the data flow, and is not read back.'
const LINKS = 'Named as text among the impacted assets, which is not read back.'

/** How long texts may be, in characters. */
const MOST = { part: 200, statement: 1400, content: 1000, comment: 1000, name: 200, text: 100_000 } as const

const REASONS: Reasons = {
  tool: TOOL,
  rows: {
    elements: NAMELESS,
    flows: NAMELESS,
    boundaries: NAMELESS,
    data: 'The format has no data; what a threat affects is named in its words.',
    diagrams: NAMELESS,
    layout: 'The format draws nothing.',
    acceptances: 'The format has no decision against a threat, only that it is resolved.',
    comments: 'Remarks stay with the design.',
    suggestions: 'Suggestions stay with the design.',
  },
  fields: {
    'settings/name': `The format allows ${MOST.name} characters, on one line.`,
    'settings/purpose': `The format allows ${MOST.text} characters.`,
    'settings/glossary': 'Words of the team stay with the design.',
    'settings/insideWords': 'Words that stay inside are never written into a file for others.',
    'settings/ticketKeys': 'Words that stay inside are never written into a file for others.',
    'threats/statement': `The format allows ${MOST.statement} characters, on one line.`,
    'threats/elements': LINKS,
    'threats/flows': 'The format has no data flows to name.',
    'threats/data': LINKS,
    'threats/likelihood': 'The format has one priority instead, which is not read back.',
    'threats/impactScale': 'The format has one priority instead, which is not read back.',
    'mitigations/status': 'The format has no word for verified: written as resolved.',
    'mitigations/statement': `The format allows ${MOST.content} characters, on one line.`,
    'assumptions/statement': `The format allows ${MOST.content} characters, on one line.`,
    ...Object.fromEntries(
      ['source', 'prerequisite', 'action', 'impact'].map(part => [
        part,
        `The format allows ${MOST.part} characters, on one line.`,
      ]),
    ),
    description: `The format allows a comment of ${MOST.comment} characters.`,
  },
}

/** A model of statements: threats, mitigations and assumptions, with what is drawn as text. */
export function writeThreatComposer(design: Design, occasion: Occasion): Result<Written> {
  const foreign = foreignOfDesign(design, TOOL)
  const base = { design, uuids: uuidsOf(design), resolved: resolvedIn(design), first: firstOf(design) }
  const { designIn, refusal } = backReader(readThreatComposer, { at: occasion.at })
  const ours = oursFirst(design, TOOL, rows => differencesOf(design, designIn(fileOf({ ...base, ours: rows }, foreign))))
  const file = fileOf({ ...base, ours }, foreign)
  const losses = lossesFrom(design, differencesOf(design, designIn(file)), REASONS)
  const refused = refusal()
  if (refused) return refused
  return ok({ text: `${JSON.stringify(file, null, 2)}\n`, losses })
}

/** What writing one file rests on. */
type Pen = {
  readonly design: Design
  /** Ids of the format by ours: those of an import, else computed from our id, so that they never change. */
  readonly uuids: ReadonlyMap<string, string>
  /** Rows whose own words go before what an import kept beside them. */
  readonly ours: ReadonlySet<string>
  readonly resolved: ReadonlySet<string>
  readonly first: string | undefined
}

/** Version 8 of UUIDs is free to be computed from anything. */
function uuidsOf(design: Design): ReadonlyMap<string, string> {
  const designId = design.settings.design?.designId ?? ''
  const own = (id: string) => {
    const uuid = uuidOf('threat-composer', designId, id)
    return `${uuid.slice(0, 14)}8${uuid.slice(15)}`
  }
  const rows: readonly AnyRow[] = [
    ...rowsOf<AnyRow>(design.threats),
    ...rowsOf<AnyRow>(design.mitigations),
    ...rowsOf<AnyRow>(design.assumptions),
  ]
  return namesFor(rows, { tool: TOOL, own, fits: id => id.length === 36 })
}

/** The whole file; what an import kept of it goes back where it was. */
function fileOf(pen: Pen, foreign: Raw): Raw {
  const { design } = pen
  const { name, purpose } = design.settings.design ?? {}
  const title = lineOf(name, MOST.name)
  const about = textOf(purpose, MOST.text)
  const dataflow = { ...drawnIn(design), ...recordOf(foreign.dataflow) }
  const links = rowsOf(design.mitigations).flatMap(row =>
    Object.keys(row.threats ?? {})
      .sort()
      .flatMap(threat =>
        pen.uuids.has(threat) ? [{ mitigationId: pen.uuids.get(row.id), linkedId: pen.uuids.get(threat) }] : [],
      ),
  )
  return {
    schema: 1,
    applicationInfo: { ...(title === undefined ? {} : { name: title }), ...(about === undefined ? {} : { description: about }) },
    ...(foreign.architecture === undefined ? {} : { architecture: foreign.architecture }),
    ...(Object.keys(dataflow).length > 0 ? { dataflow } : {}),
    assumptions: numbered(rowsOf(design.assumptions).map(row => assumptionOf(pen, row))),
    mitigations: numbered([...rowsOf(design.mitigations).map(row => mitigationOf(pen, row)), ...objectsOf(foreign.mitigations)]),
    assumptionLinks: listOf(foreign.assumptionLinks).filter(isLink),
    mitigationLinks: [...links, ...listOf(foreign.mitigationLinks).filter(isLink)],
    threats: numbered(rowsOf(design.threats).map(row => threatOf(pen, row))),
    ...(foreign.brainstorm === undefined ? {} : { brainstorm: foreign.brainstorm }),
  }
}

function objectsOf(value: unknown): readonly Raw[] {
  return listOf(value).flatMap((one): Raw[] => {
    const raw = recordOf(one)
    return raw ? [raw] : []
  })
}

/** Ids that a link names have 36 characters in this format. */
function isLink(value: unknown): boolean {
  return Object.values(recordOf(value) ?? {}).every(id => typeof id === 'string') && idsIn(value).every(id => id.length === 36)
}

function idsIn(value: unknown): readonly string[] {
  const { mitigationId, assumptionId, linkedId } = recordOf(value) ?? {}
  return [mitigationId, assumptionId, linkedId].filter(id => typeof id === 'string')
}

/** The drawing, when there is one and it fits. */
function drawnIn(design: Design): Raw {
  if (!isDrawn(design)) return {}
  const description = drawingOf(design.settings.design?.designId ?? '', toMermaid(design))
  return description.length <= MOST.text ? { description } : {}
}

function isDrawn(design: Design): boolean {
  return sizeOf(design.elements) + sizeOf(design.boundaries) > 0 && design.settings.design !== undefined
}

/** Every object has a number for people; those of an import stay, ours go on from the highest. */
function numbered(objects: readonly Raw[]): readonly Raw[] {
  let last = Math.max(0, ...objects.map(({ numericId }) => (Number.isSafeInteger(numericId) ? Number(numericId) : 0)))
  return objects.map(object => {
    if (Number.isSafeInteger(object.numericId)) return object
    const { id, ...rest } = object
    last += 1
    return { id, numericId: last, ...rest, metadata: withOwn(object, 'numericId') }
  })
}

/** The metadata with one more key of the object that is ours. */
function withOwn(object: Raw, key: string): readonly Raw[] {
  const own = listOf(metadataAt(object, OURS.own))
  return [...pairsOf(object).filter(pair => pair.key !== OURS.own), { key: OURS.own, value: [...own, key].map(String).sort() }]
}

const SHAPES = {
  threat:
    'numericId displayOrder tags impactedGoal impactedAssets customTemplate status threatSource prerequisites threatAction threatImpact statement',
  mitigation: 'numericId displayOrder tags content status',
  assumption: 'numericId displayOrder tags content',
} as const

type Row = Threat | Mitigation | Assumption
type Written1 = { readonly native: Raw; readonly pairs: readonly Raw[]; readonly own: readonly string[] }

/** A row as an object: our words, what an import kept beside it, and in the metadata our id and which keys are ours alone. */
function objectOf(pen: Pen, row: Row, shape: keyof typeof SHAPES, { native, pairs, own }: Written1): Raw {
  const known = new Set(SHAPES[shape].split(' '))
  const foreign = foreignFrom(row, TOOL)
  const kept = Object.fromEntries(Object.entries(foreign).filter(([key]) => known.has(key)))
  const object = merged({ native, kept, isOurs: pen.ours.has(row.id), joined: new Set(), isSaid: () => false })
  const added = own.filter(key => foreign[key] === undefined && !pairsOf(foreign).some(pair => pair.key === key))
  const design =
    isDrawn(pen.design) || row.id !== pen.first ? [] : [{ key: OURS.design, value: pen.design.settings.design?.designId ?? '' }]
  const ours = [{ key: OURS.id, value: row.id }, ...(added.length > 0 ? [{ key: OURS.own, value: added }] : []), ...design]
  return { id: pen.uuids.get(row.id), ...object, metadata: [...together(pairs, pairsOf(foreign)), ...ours] }
}

/** The row that carries the id of a design of which nothing is drawn. */
function firstOf({ threats, mitigations, assumptions }: Design): string | undefined {
  const [first] = [...rowsOf<AnyRow>(threats), ...rowsOf<AnyRow>(mitigations), ...rowsOf<AnyRow>(assumptions)]
  return first?.id
}

/** Kept pairs in their order, ours in their places; what a kept one says in other words of ours stays as it was. */
function together(pairs: readonly Raw[], kept: readonly Raw[]): readonly Raw[] {
  const known = new Set(kept.map(({ key }) => key))
  const placed = kept.flatMap((pair): readonly Raw[] => {
    const own = pairs.find(({ key }) => key === pair.key)
    if (own) return [isAlike(own.value, pair.value) ? pair : own]
    return pair.key === 'STRIDE' || pair.key === 'Comments' ? [] : [pair]
  })
  return [...placed, ...pairs.filter(({ key }) => !known.has(key))]
}

function isAlike(own: unknown, kept: unknown): boolean {
  if (Array.isArray(own)) return Array.isArray(kept) && [...own].sort().join() === [...kept].map(String).sort().join()
  return own === textOf(kept, MOST.comment)
}

const LETTERS: Readonly<Record<Category, string>> = {
  spoofing: 'S',
  tampering: 'T',
  repudiation: 'R',
  informationDisclosure: 'I',
  denialOfService: 'D',
  elevationOfPrivilege: 'E',
}

function threatOf(pen: Pen, row: Threat): Raw {
  const { design } = pen
  const assets = [...Object.keys(row.data ?? {}), ...Object.keys(row.elements ?? {})]
    .sort()
    .flatMap(id => lineOf(design.data[id]?.name ?? design.elements[id]?.name, MOST.part) ?? [])
  const native = {
    threatSource: lineOf(row.source, MOST.part),
    prerequisites: lineOf(row.prerequisite, MOST.part),
    threatAction: lineOf(row.action, MOST.part),
    threatImpact: lineOf(row.impact, MOST.part),
    impactedAssets: assets.length > 0 ? assets : undefined,
    statement: lineOf(row.statement, MOST.statement),
    status: pen.resolved.has(row.id) ? 'threatResolved' : 'threatIdentified',
  }
  const letters = (Object.keys(LETTERS) as Category[]).filter(key => row.categories[key] === true).map(key => LETTERS[key])
  const priority = priorityOf(row)
  const pairs = [
    ...(letters.length > 0 ? [{ key: 'STRIDE', value: letters }] : []),
    ...(priority === undefined ? [] : [{ key: 'Priority', value: priority }]),
    ...commentOf(row.description),
  ]
  return objectOf(pen, row, 'threat', { native, pairs, own: ['impactedAssets', 'Priority', 'status'] })
}

/** Threats that were decided against, or answered by mitigations that are all done. */
function resolvedIn({ acceptances, mitigations }: Design): ReadonlySet<string> {
  const answered = new Map<string, boolean>()
  for (const { threats, status } of rowsOf(mitigations))
    for (const id of Object.keys(threats ?? {})) answered.set(id, (answered.get(id) ?? true) && status !== 'planned')
  const done = [...answered].flatMap(([id, isDone]) => (isDone ? [id] : []))
  return new Set([...done, ...rowsOf(acceptances).map(({ threat }) => threat)])
}

/** A third of the risk matrix each; a threat that nobody rated has none. */
function priorityOf({ likelihood, impactScale }: Threat): 'High' | 'Medium' | 'Low' | undefined {
  if (likelihood === undefined || impactScale === undefined) return undefined
  const score = likelihood * impactScale
  return score >= 12 ? 'High' : score >= 5 ? 'Medium' : 'Low'
}

function commentOf(description: string | undefined): readonly Raw[] {
  const value = textOf(description, MOST.comment)
  return value === undefined ? [] : [{ key: 'Comments', value }]
}

const STATUS = { planned: 'mitigationIdentified', implemented: 'mitigationResolved', verified: 'mitigationResolved' } as const

function mitigationOf(pen: Pen, row: Mitigation): Raw {
  const native = { content: lineOf(row.statement, MOST.content) ?? '', status: STATUS[row.status] }
  return objectOf(pen, row, 'mitigation', { native, pairs: commentOf(row.description), own: [] })
}

function assumptionOf(pen: Pen, row: Assumption): Raw {
  const native = { content: lineOf(row.statement, MOST.content) ?? '' }
  return objectOf(pen, row, 'assumption', { native, pairs: commentOf(row.description), own: [] })
}
