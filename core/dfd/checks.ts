import { rowsOf } from '../model/table.ts'
import type { Boundary, DataAsset, Design, Element, Flow, Table } from '../model/types.ts'
import { memoLast } from '../support/memo.ts'
import { byText } from '../support/order.ts'
import type { Problem } from '../support/result.ts'
import { interactionsOn } from './interactions.ts'

/** Where the drawing says too little, or what cannot be: never an error. Questions are of severity info and end with a question mark. */
export function modelProblems(design: Design): readonly Problem[] {
  return derive(design.elements, design.flows, design.boundaries, design.data)
}

type Drawn = Pick<Design, 'elements' | 'flows' | 'boundaries' | 'data'>

const derive = memoLast(
  (elements: Table<Element>, flows: Table<Flow>, boundaries: Table<Boundary>, data: Table<DataAsset>): readonly Problem[] => {
    const drawn: Drawn = { elements, flows, boundaries, data }
    return [
      ...rowsOf(boundaries).flatMap(boundaryProblems),
      ...rowsOf(data).flatMap(dataProblems),
      ...elementProblems(drawn),
      ...rowsOf(flows).flatMap(flow => flowProblems(drawn, flow)),
    ].sort((a, b) => byText(a.at, b.at) || byText(a.code, b.code))
  },
)

type Placed = Problem & { readonly at: string; readonly severity: 'warning' | 'info' }

function boundaryProblems({ id, name, membership }: Boundary): Placed[] {
  if (membership !== 'unresolved') return []
  return [
    {
      code: 'dfd.boundary.unresolved',
      severity: 'info',
      at: id,
      message: `What lies inside "${name}"? It is drawn as an open line, which does not say.`,
      cure: 'Move the elements that belong inside into it, or state that nothing does.',
    },
  ]
}

function dataProblems({ id, name, class: dataClass }: DataAsset): Placed[] {
  if (dataClass !== undefined) return []
  return [
    {
      code: 'dfd.data.class',
      severity: 'warning',
      at: id,
      message: `"${name}" has no data class.`,
      cure: 'Choose one from D0 public to D4 secret.',
    },
  ]
}

function elementProblems({ elements, flows }: Drawn): Placed[] {
  const joined = new Set(rowsOf(flows).flatMap(flow => [flow.source, flow.target]))
  return rowsOf(elements)
    .filter(element => element.outOfScope === undefined)
    .flatMap(element => [...(joined.has(element.id) ? [] : [withoutFlows(element)]), ...exposureQuestion(element)])
}

function withoutFlows({ id, name }: Element): Placed {
  return {
    code: 'dfd.element.noFlows',
    severity: 'warning',
    at: id,
    message: `No data flows to or from "${name}".`,
    cure: 'Connect it, or mark it out of scope with a reason.',
  }
}

function exposureQuestion({ id, name, kind, attributes }: Element): Placed[] {
  if (kind === 'externalEntity' || (attributes?.exposedToInternet ?? 'unknown') !== 'unknown') return []
  return [
    {
      code: 'dfd.element.exposure',
      severity: 'info',
      at: id,
      message: `Can "${name}" be reached from the internet?`,
      cure: 'Answer yes or no; until then its findings are treated as if it could.',
    },
  ]
}

function flowProblems(drawn: Drawn, flow: Flow): Placed[] {
  if (flow.outOfScope !== undefined) return []
  const crosses = interactionsOn(drawn, flow).some(interaction => interaction.crossing)
  return [...looseEnds(flow), ...movesItself(drawn, flow), ...(crosses ? crossingUnknowns(flow) : [])]
}

function looseEnds(flow: Flow): Placed[] {
  const loose = [...(flow.source === undefined ? ['source'] : []), ...(flow.target === undefined ? ['target'] : [])]
  if (loose.length === 0) return []
  return [
    {
      code: 'dfd.flow.loose',
      severity: 'warning',
      at: flow.id,
      message: `"${flow.name}" has no ${loose.join(' and no ')}, so no threat can be found on it.`,
      cure: 'Connect the loose end to an element.',
    },
  ]
}

function movesItself({ elements }: Drawn, flow: Flow): Placed[] {
  const source = flow.source === undefined ? undefined : elements[flow.source]
  const target = flow.target === undefined ? undefined : elements[flow.target]
  if (!source || !target || source.kind === 'process' || target.kind === 'process') return []
  return [
    {
      code: 'dfd.flow.noProcess',
      severity: 'warning',
      at: flow.id,
      message: `Data does not move itself: "${flow.name}" runs from ${KINDS[source.kind]} "${source.name}" to ${KINDS[target.kind]} "${target.name}", and neither is a process.`,
      cure: 'Draw the process that moves the data, or make one of the two a process.',
    },
  ]
}

const KINDS = { process: 'process', dataStore: 'data store', externalEntity: 'external entity' } as const

const CROSSING_FIELDS = [
  ['protocol', 'states no protocol', 'Name the protocol it uses.'],
  ['encryption', 'does not say whether it is encrypted', 'State whether it is encrypted: yes or no.'],
  ['authentication', 'does not say whether its ends prove who they are', 'State whether it is authenticated: yes or no.'],
] as const

function crossingUnknowns(flow: Flow): Placed[] {
  return CROSSING_FIELDS.filter(([field]) => (flow[field] ?? 'unknown') === 'unknown').map(([field, says, cure]) => ({
    code: `dfd.crossing.${field}`,
    severity: 'warning',
    at: flow.id,
    message: `"${flow.name}" crosses a trust boundary and ${says}.`,
    cure,
  }))
}
