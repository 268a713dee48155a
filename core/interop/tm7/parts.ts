import { ok, type Result, refuse } from '../../support/result.ts'
import type { XmlFault, XmlKind } from '../reading/xml.ts'
import { readXmlItems, type XmlItem, type XmlPlan, type XmlStep } from '../reading/xml-items.ts'
import { type ImportReport, many, newReport, tally } from '../report.ts'
import { type Fields, fieldsOf } from './fields.ts'
import { type Figure, figureOf, kindOf } from './figures.ts'
import { type Knowledge, learn, newKnowledge } from './knowledge.ts'
import { propertiesOf } from './properties.ts'
import { type SavedThreat, savedThreatOf } from './saved-threats.ts'

/** One drawing of a model. */
export type Surface = {
  readonly place: string
  readonly figures: Figure[]
  guid: string | undefined
  header: string | undefined
  /** Its name where it has one besides the header. */
  name: string | undefined
}

/** What a file holds, before anything is made of it. */
export type Parts = {
  readonly surfaces: Surface[]
  readonly threats: SavedThreat[]
  readonly notes: Fields[]
  readonly knowledge: Knowledge
  readonly report: ImportReport
  meta: Fields
  version: string | undefined
}

/** More than any person draws, and as much as a file of the largest size holds when the tool wrote it: beyond it, one was made to hurt. */
export const MOST = {
  diagram: 1000,
  'drawn thing': 30_000,
  'trust boundary': 2000,
  threat: 30_000,
  note: 10_000,
  stencil: 5000,
  category: 1000,
  'threat type': 20_000,
  label: 1000,
} as const
type Counted = keyof typeof MOST

const MODEL: XmlKind = {
  code: 'tm7',
  noun: 'model',
  cure: 'save the model again in the Microsoft Threat Modeling Tool',
  skipped: new Set(),
}

const WHOLE: XmlStep = { item: 'whole' }
const SOME = (...names: readonly string[]): XmlStep => ({ item: new Set(names) })
const STENCILS: XmlPlan = { 'ElementType[]': SOME('Id', 'Name'), '*': 'skip' }

/** Of the template only names are read: icons and rules are most of the bytes of a file. */
const KNOWLEDGE: XmlPlan = {
  Manifest: WHOLE,
  GenericElements: STENCILS,
  StandardElements: STENCILS,
  ThreatCategories: { 'ThreatCategory[]': SOME('Id', 'Name', 'ShortDescription'), '*': 'skip' },
  ThreatMetaData: { PropertiesMetaData: { 'ThreatMetaDatum[]': SOME('Name', 'Label'), '*': 'skip' }, '*': 'skip' },
  ThreatTypes: { 'ThreatType[]': SOME('Id', 'Category', 'ShortTitle'), '*': 'skip' },
  '*': 'skip',
}

const SURFACE: XmlPlan = {
  Guid: WHOLE,
  Header: WHOLE,
  Properties: WHOLE,
  Borders: { '*': WHOLE },
  Lines: { '*': WHOLE },
  GenericTypeId: 'skip',
  TypeId: 'skip',
  Zoom: 'skip',
}

const PLAN: XmlPlan = {
  ThreatModel: {
    DrawingSurfaceList: { 'DrawingSurfaceModel[]': SURFACE },
    MetaInformation: WHOLE,
    Notes: { 'Note[]': WHOLE },
    ThreatInstances: { '*': WHOLE },
    Version: WHOLE,
    KnowledgeBase: KNOWLEDGE,
    // What the tool computes anew, and what it asks of its user.
    ThreatGenerationEnabled: 'skip',
    Validations: 'skip',
    Profile: 'skip',
  },
}

/** Reads a file in one pass; only what a design may need of it is ever held. */
export function partsOf(file: string, text: string): Result<Parts> {
  const report = newReport()
  const parts: Parts = {
    surfaces: [],
    threats: [],
    notes: [],
    knowledge: newKnowledge(),
    report,
    meta: new Map(),
    version: undefined,
  }
  const take = taking(parts)
  const met = new Set<string>()
  const read = readXmlItems(file, text, {
    kind: MODEL,
    plan: PLAN,
    handlers: {
      onEnter: (path, place) => {
        met.add(path.at(-1) ?? '')
        if (path.length !== 3 || path[1] !== 'DrawingSurfaceList') return undefined
        parts.surfaces.push({ place, figures: [], guid: undefined, header: undefined, name: undefined })
        return take.count('diagram')
      },
      onItem: take.item,
      onUnknown: (_, at) =>
        tally(report, at, {
          what: count => many(count, 'unknown part'),
          why: 'No version of the tool that is known here writes it: it was left out.',
        }),
      onDangling: (at, name) =>
        report.losses.push({
          at,
          what: `A reference to the object "${name.slice(0, 80)}"`,
          why: 'The file holds no such object before this place.',
        }),
    },
  })
  if (!read.ok) return read
  return met.has('DrawingSurfaceList') ? ok(parts) : noDrawing(file, met.has('ThreatModel'))
}

function noDrawing(file: string, isModel: boolean): Result<never> {
  return refuse({
    code: 'tm7.noDrawing',
    at: file,
    message: isModel
      ? 'A model of the Microsoft Threat Modeling Tool has a DrawingSurfaceList; this one has none.'
      : 'This XML is no <ThreatModel>.',
    cure: 'Open the model in the Microsoft Threat Modeling Tool and save it again.',
  })
}

function taking(parts: Parts) {
  const counts = new Map<Counted, number>()
  const count = (what: Counted): XmlFault | undefined => {
    const now = (counts.get(what) ?? 0) + 1
    counts.set(what, now)
    if (now <= MOST[what]) return undefined
    return {
      code: 'import.tooMany',
      message: `The file holds more than ${many(MOST[what], what)}, which is the most that is read.`,
      cure: 'Split the model into several files.',
    }
  }
  const figure = (item: XmlItem, place: string) => {
    const found = figureOf(item, place)
    if (found) parts.surfaces.at(-1)?.figures.push(found)
    else empty(parts.report, place, 'A drawn thing')
    return (found && kindOf(found).kind === 'box' ? count('trust boundary') : undefined) ?? count('drawn thing')
  }
  const item = (path: readonly string[], found: XmlItem, place: string): XmlFault | undefined => {
    switch (path.at(-1)) {
      case 'Borders':
      case 'Lines':
        return figure(found, place)
      case 'DrawingSurfaceModel':
        describe(parts.surfaces.at(-1) as Surface, found)
        return undefined
      case 'ThreatInstances': {
        const threat = savedThreatOf(found, place)
        if (threat) parts.threats.push(threat)
        else empty(parts.report, place, 'A threat')
        return count('threat')
      }
      case 'Notes':
        parts.notes.push(fieldsOf(found))
        return count('note')
      case 'ThreatModel':
        if (found.name === 'Version') parts.version = found.text.trim()
        else parts.meta = fieldsOf(found)
        return undefined
      default:
        learn(parts.knowledge, found)
        return Object.hasOwn(LEARNT, found.name) ? count(LEARNT[found.name as keyof typeof LEARNT]) : undefined
    }
  }
  return { count, item }
}

const LEARNT = {
  ElementType: 'stencil',
  ThreatCategory: 'category',
  ThreatMetaDatum: 'label',
  ThreatType: 'threat type',
} as const satisfies Readonly<Record<string, Counted>>

function describe(surface: Surface, { name, text, children, type }: XmlItem): void {
  if (name === 'Guid') surface.guid = text.trim() || undefined
  if (name === 'Header') surface.header = text.trim() || undefined
  if (name === 'Properties')
    surface.name = propertiesOf({ name, text, children, type }).list.find(({ title }) => title === 'Name')?.value
}

function empty(report: ImportReport, at: string, what: string): void {
  report.losses.push({ at, what, why: 'Its entry is empty: nothing can be read from it.' })
}
