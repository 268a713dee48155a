import type { Drawing, DrawnDiagram, DrawnEnd, DrawnKind, DrawnThing, DrawnThreat } from '../reading/drawing.ts'
import { type Foreign, keptForeign } from '../reading/foreign.ts'
import { lineOf, textOf } from '../reading/json-fields.ts'
import { many, tally } from '../report.ts'
import { envelopeOf } from './envelope.ts'
import { factsOf } from './facts.ts'
import { byTitle, textIn } from './fields.ts'
import { type Figure, kindOf } from './figures.ts'
import type { Parts, Surface } from './parts.ts'
import { basicsOf } from './properties.ts'
import { threatOf } from './threats.ts'

/** The parts of a file as a drawing, before any row is made. */
export function drawingOf(parts: Parts): Drawing {
  const { on, loose } = threatsIn(parts)
  const name = lineOf(textIn(parts.meta, 'ThreatModelName'), 400)
  return {
    name,
    purpose: textOf(textIn(parts.meta, 'HighLevelSystemDescription')),
    owner: lineOf(textIn(parts.meta, 'Owner'), 400),
    ...envelopeOf(parts),
    diagrams: parts.surfaces.map(surface => diagramOf(surface, parts, on)),
    loose,
  }
}

type ThreatsOn = ReadonlyMap<Figure, readonly DrawnThreat[]>

function diagramOf(surface: Surface, parts: Parts, on: ThreatsOn): DrawnDiagram {
  const { report } = parts
  const endOf = endsOn(surface)
  const things = surface.figures.map(figure => thingOf(figure, { parts, endOf, threats: on.get(figure) ?? [] }))
  if (things.length > 0)
    tally(report, surface.place, {
      what: count => `Line styles, ports and zoom of ${many(count, 'diagram')}`,
      why: 'Skeptic draws in its own style; position, size and bends are kept.',
    })
  const unread = surface.figures.filter(figure => kindOf(figure).kind === 'other')
  return {
    place: surface.place,
    originalId: surface.guid,
    name: lineOf(surface.name ?? surface.header, 400),
    description: undefined,
    foreign: unread.length > 0 ? keptForeign({ things: unread.map(unreadOf(parts)) }, { at: surface.place, report }) : undefined,
    things,
  }
}

/** A note on the drawing, or something nobody knows: told, and kept with its diagram. */
function unreadOf({ report }: Parts) {
  return (figure: Figure) => {
    const { name, rest } = basicsOf(figure.list)
    const isText = figure.generic === 'GE.A' || /annotation/i.test(figure.shape)
    const called = name === undefined ? '' : ` "${lineOf(name, 80)}"`
    report.losses.push({
      at: figure.place,
      what: `${isText ? 'Text' : `Shape "${figure.shape.slice(0, 80)}"`}${called}`,
      why: isText
        ? 'A drawn text belongs to no element: kept under foreign of its diagram.'
        : 'Neither element, flow nor boundary: kept under foreign of its diagram.',
    })
    const { position, size } = figure.drawn
    return { shape: figure.shape, type: figure.stencil, name: name ?? null, ...position, ...size, properties: byTitle(rest) }
  }
}

type Drawn = {
  readonly parts: Parts
  readonly endOf: (end: DrawnEnd | undefined) => DrawnEnd | undefined
  readonly threats: readonly DrawnThreat[]
}

function thingOf(figure: Figure, { parts, endOf, threats }: Drawn): DrawnThing {
  const { report } = parts
  const { kind, isGuessed } = kindOf(figure)
  if (isGuessed)
    tally(report, figure.place, {
      what: count => `Kind of ${many(count, 'element')}`,
      why: 'Their template has families of its own: they became what their shape stands for. Check them.',
    })
  const basics = basicsOf(figure.list)
  const stencilName = stencilNameOf(figure, parts)
  const place = { at: figure.place, report }
  const { facts, foreign } = kind === 'other' ? OTHER : factsOf({ kind, stencil: figure.stencil, stencilName }, basics, place)
  const { source, target, ...shape } = figure.drawn
  const ends = { source: endOf(source), target: endOf(target) }
  return {
    place: figure.place,
    kind,
    originalId: lineOf(figure.guid, 1000),
    name: textOf(basics.name),
    facts,
    shape: { ...shape, ...(ends.source ? { source: ends.source } : {}), ...(ends.target ? { target: ends.target } : {}) },
    threats,
    foreign,
  }
}

const OTHER: { readonly facts: object; readonly foreign: Foreign | undefined } = { facts: {}, foreign: undefined }

/** The name of a stencil; a generic one says no more than the kind does. */
function stencilNameOf({ stencil, generic, heading }: Figure, { knowledge }: Parts): string | undefined {
  if (stencil === '' || stencil === generic || /^GE\./.test(stencil)) return undefined
  return lineOf(knowledge.stencils.get(stencil) ?? heading, 400)
}

/** Ends name the id of a figure; in a file that somebody edited it may be the key of its entry. */
function endsOn({ figures }: Surface): Drawn['endOf'] {
  const ids = new Set(figures.map(({ guid }) => guid))
  const byKey = new Map(figures.flatMap(({ key, guid }) => (key !== undefined && guid !== undefined ? [[key, guid]] : [])))
  return end => {
    if (end?.on === undefined || ids.has(end.on)) return end
    const on = byKey.get(end.on)
    return on === undefined ? end : { ...end, on }
  }
}

const CARRIES: readonly DrawnKind[] = ['flow', 'process', 'dataStore', 'externalEntity']

/** Threats by the flow they are on; those of an interaction that is drawn nowhere are on nothing. */
function threatsIn({ surfaces, threats, knowledge, report }: Parts) {
  const find = figureFinder(surfaces)
  const names = new Map<Figure, string | undefined>()
  const nameOf = (guid: string | undefined, surface: string | undefined) => {
    const figure = find(guid, surface)
    if (figure && !names.has(figure)) names.set(figure, lineOf(basicsOf(figure.list).name, 400))
    return figure && names.get(figure)
  }
  const blurbs = new Set([...knowledge.categories.values()].map(({ description }) => description))
  const on = new Map<Figure, DrawnThreat[]>()
  const loose: DrawnThreat[] = []
  for (const saved of threats) {
    const flow = find(saved.flow, saved.surface)
    const isPlaced = flow !== undefined && CARRIES.includes(kindOf(flow).kind)
    const threat = threatOf(saved, { knowledge, report, nameOf, blurbs, isPlaced })
    if (!isPlaced) loose.push(threat)
    else {
      const others = on.get(flow) ?? []
      others.push(threat)
      on.set(flow, others)
    }
  }
  return { on, loose }
}

/** A figure by id or key: on the drawing that is named, else wherever it is. */
function figureFinder(surfaces: readonly Surface[]) {
  const known = new Map<string, Figure>()
  const add = (key: string, figure: Figure) => {
    if (!known.has(key)) known.set(key, figure)
  }
  for (const { guid: surface = '', figures } of surfaces) {
    for (const figure of figures) add(`${surface} ${figure.guid}`, figure)
    for (const figure of figures) if (figure.guid !== undefined) add(figure.guid, figure)
  }
  for (const { figures } of surfaces) for (const figure of figures) if (figure.key !== undefined) add(figure.key, figure)
  return (guid: string | undefined, surface: string | undefined): Figure | undefined =>
    guid === undefined ? undefined : (known.get(`${surface ?? ''} ${guid}`) ?? known.get(guid))
}
