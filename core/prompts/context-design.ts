import { type Interaction, interactionsOn } from '../dfd/interactions.ts'
import type { Slice } from '../gate/slice.ts'
import { labelOf } from '../model/lookup.ts'
import { hasRow, rowAt } from '../model/table.ts'
import type { DataClass, Design, Element, Flow } from '../model/types.ts'
import { byText, idsOf } from '../support/order.ts'
import { KIND_WORDS } from '../threats/finding.ts'
import type { TemplateValue } from './render.ts'
import type { Slots } from './slots.ts'

/** Where the change is made, what moves there, and which of it is untrusted. */
export function designContext(design: Design, slice: Slice, slots: Slots): Readonly<Record<string, TemplateValue>> {
  const interactions = slice.flows.flatMap(id => {
    const flow = rowAt(design.flows, id)
    return flow ? interactionsOn(design, flow) : []
  })
  const untrusted = untrustedOf(design, slice, interactions)
  return {
    components: slice.focus.flatMap(id => componentOf(design.elements[id], slots)),
    flows: slice.flows.flatMap(id => flowRow(design, design.flows[id], { slots, interactions })),
    notes: untrusted.length > 0 || slice.data.length > 0 ? 'yes' : '',
    untrusted: untrusted.map(({ flow, source }) => ({
      flow: slots.line([flow], labelOf(design, flow)),
      id: slots.id(flow),
      source: slots.line([source], labelOf(design, source)),
    })),
    data: slice.data.flatMap(id => {
      const data = design.data[id]
      if (!data) return []
      return [
        {
          id,
          name: slots.line([id], data.name),
          class: data.class ?? 'unknown',
          sensitivity: data.class === undefined ? 'class unknown' : SENSITIVITY[data.class],
          personal: data.personal === 'yes' ? 'yes' : '',
        },
      ]
    }),
    risky: riskyIn(design, slice).map(({ id, name }) => ({ id: slots.id(id), name: slots.line([id], name) })),
  }
}

/** The classes as a reader knows them who has never seen this workbench. */
const SENSITIVITY: Readonly<Record<DataClass, string>> = {
  D0: 'public',
  D1: 'internal',
  D2: 'confidential',
  D3: 'restricted',
  D4: 'secret',
}

function componentOf(element: Element | undefined, slots: Slots): readonly TemplateValue[] {
  if (!element) return []
  const { id } = element
  return [
    {
      id: slots.id(id),
      name: slots.line([id], element.name),
      kind: KIND_WORDS[element.kind],
      technology: element.technology === undefined ? '' : slots.line([id], element.technology),
    },
  ]
}

function flowRow(
  design: Design,
  flow: Flow | undefined,
  by: { readonly slots: Slots; readonly interactions: readonly Interaction[] },
): readonly TemplateValue[] {
  if (!flow) return []
  const { slots } = by
  const crossed = by.interactions.find(one => one.flow === flow.id)?.crossed ?? []
  const end = (id: string | undefined) => (id === undefined ? 'unknown' : slots.cell([id, flow.id], labelOf(design, id)))
  return [
    {
      id: slots.id(flow.id),
      name: slots.cell([flow.id], flow.name),
      from: end(flow.source),
      to: end(flow.target),
      arrow: flow.bidirectional ? '↔' : '→',
      protocol: flow.protocol === undefined ? 'unknown' : slots.cell([flow.id], flow.protocol),
      authentication: flow.authentication ?? 'unknown',
      encryption: flow.encryption ?? 'unknown',
      crosses: crossed.map(id => slots.cell([id], labelOf(design, id))).join(', ') || 'none',
      carries: carried(design, flow, slots),
    },
  ]
}

function carried(design: Design, flow: Flow, slots: Slots): string {
  const known = idsOf(flow.data).filter(id => hasRow(design.data, id))
  return known.map(id => slots.cell([id], labelOf(design, id))).join(', ') || 'unknown'
}

/** What comes in from outside our control or over a boundary, towards the code that is changed. */
function untrustedOf(design: Design, slice: Slice, interactions: readonly Interaction[]) {
  const focus = new Set(slice.focus)
  const incoming = interactions.filter(
    one => focus.has(one.target) && (one.crossing || design.elements[one.source]?.kind === 'externalEntity'),
  )
  const unique = new Map(incoming.map(one => [`${one.flow} ${one.source}`, { flow: one.flow, source: one.source }]))
  return [...unique.entries()].sort(([a], [b]) => byText(a, b)).map(([, value]) => value)
}

/** Parsers and access decisions fail on inputs nobody thinks of, so their tests generate them. */
function riskyIn(design: Design, slice: Slice): readonly Element[] {
  return slice.focus.flatMap(id => {
    const element = rowAt(design.elements, id)
    const isRisky = element?.codeClasses?.parser || element?.codeClasses?.authz || element?.attributes?.parsesUntrusted === 'yes'
    return element && isRisky ? [element] : []
  })
}
