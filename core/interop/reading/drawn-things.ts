import type { Boundary, Element, Flow, Layout } from '../../model/types.ts'
import { many, tally } from '../report.ts'
import { type Building, calledOf, provenanceFor, WORDS } from './building.ts'
import type { DrawnEnd, DrawnThing } from './drawing.ts'
import type { Foreign } from './foreign.ts'
import { defined, lineOf } from './json-fields.ts'

/** Finds the element that an original id names on the same diagram. */
export type ElementNamed = (originalId: string | undefined) => string | undefined

/** The element; which boundary it lies in is found afterwards. */
export function elementRow(building: Building, id: string, thing: DrawnThing): Element {
  const { name, foreign } = namedAs(building, thing)
  const { description, outOfScope, attributes, codeClasses, technology, paths, tags } = thing.facts
  const kind: Element['kind'] = thing.kind === 'process' || thing.kind === 'dataStore' ? thing.kind : 'externalEntity'
  const provenance = provenanceFor(building, thing.originalId)
  const facts = { technology, attributes, codeClasses, paths, tags, outOfScope, description }
  return defined({ id, name, kind, ...facts, provenance, foreign })
}

/** The data flow, joined to the elements its ends are on. */
export function flowRow(building: Building, id: string, thing: DrawnThing, elementNamed: ElementNamed): Flow {
  const { name, foreign } = namedAs(building, thing)
  const { description, outOfScope, protocol, authentication, encryption, publicNetwork, bidirectional } = thing.facts
  const provenance = provenanceFor(building, thing.originalId)
  const source = endOf(building, { id, thing, word: 'source', elementNamed })
  const target = endOf(building, { id, thing, word: 'target', elementNamed })
  const facts = { description, outOfScope, protocol, authentication, encryption, publicNetwork, bidirectional }
  return defined({ id, name, source, target, ...facts, provenance, foreign })
}

/** Kind and trust level are in few drawings; what lies inside is found afterwards. */
export function boundaryRow(building: Building, id: string, thing: DrawnThing, drawn: Boundary['membership']): Boundary {
  const { name, foreign } = namedAs(building, thing)
  const { boundaryKind: kind = 'unknown', trustLevel, membership = drawn, description } = thing.facts
  const provenance = provenanceFor(building, thing.originalId)
  return defined({ id, name, kind, membership, trustLevel, description, provenance, foreign })
}

/** Where the thing stands on its diagram; nothing when the file does not say. */
export function layoutRow(
  diagram: string,
  id: string,
  thing: DrawnThing,
  ends: Pick<Flow, 'source' | 'target'>,
): Layout | undefined {
  const { position, size, source, target, vertices } = thing.shape
  const row = defined({
    id: `${diagram}.${id}`,
    x: position?.x,
    y: position?.y,
    width: position && size?.width,
    height: position && size?.height,
    start: ends.source === undefined ? source?.at : undefined,
    end: ends.target === undefined ? target?.at : undefined,
    vertices,
  })
  return Object.keys(row).length > 1 ? row : undefined
}

/** A name is one line; what does not fit is kept beside it. */
function namedAs(building: Building, thing: DrawnThing): { readonly name: string; readonly foreign: Foreign | undefined } {
  const name = lineOf(thing.name, 400)
  if (name === undefined) {
    const noun = WORDS[thing.kind].toLowerCase()
    tally(building.report, thing.place, {
      what: count => `Name of ${many(count, noun)}`,
      why: `The file gives none; called "Unnamed ${noun}".`,
    })
    return { name: `Unnamed ${noun}`, foreign: thing.foreign }
  }
  return { name, foreign: name === thing.name ? thing.foreign : { ...thing.foreign, name: thing.name } }
}

type FlowEnd = {
  readonly id: string
  readonly thing: DrawnThing
  readonly word: 'source' | 'target'
  readonly elementNamed: ElementNamed
}

function endOf(building: Building, { id, thing, word, elementNamed }: FlowEnd): string | undefined {
  const end: DrawnEnd | undefined = thing.shape[word]
  const element = elementNamed(end?.on)
  if (element !== undefined) return element
  if (end?.on !== undefined)
    building.report.losses.push({
      at: end.place ?? `${thing.place}/${word}`,
      what: `${word === 'source' ? 'Source' : 'Target'} of ${calledOf(thing)}`,
      why: `It names ${end.on.slice(0, 80)}, which is no element of this diagram.`,
    })
  building.report.problems.push({
    code: 'import.looseEnd',
    severity: 'warning',
    at: id,
    message: `The ${word} of this data flow hangs loose in the drawing.`,
    cure: 'Connect it to an element, or delete the flow.',
  })
  return undefined
}
