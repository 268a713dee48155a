import type { ControlRow } from '../gate/control-rows.ts'
import type { Slice } from '../gate/slice.ts'
import { labelOf } from '../model/lookup.ts'
import type { Control, Design, Threat } from '../model/types.ts'
import { idsOf } from '../support/order.ts'

/** The weaknesses of a row: the threat's own, else those its control answers. */
export function cweOf(row: ControlRow, control: Control | undefined): readonly string[] {
  const own = Object.keys(row.threat.cwe ?? {})
  return [...(own.length > 0 ? own : (control?.cwe ?? []))].sort((a, b) => Number(a.slice(4)) - Number(b.slice(4)))
}

/** The flow or element where a threat acts, preferring what lies in the slice. */
export function placeOfThreat(threat: Threat, slice: Pick<Slice, 'flows' | 'elements' | 'findings'>): string | undefined {
  const flows = idsOf(threat.flows)
  const finding = slice.findings.find(one => threat.findings?.[one.id] === true)
  const elements = idsOf(threat.elements)
  return (
    flows.find(id => slice.flows.includes(id)) ??
    (finding?.on.kind === 'interaction' ? finding.on.flow : finding?.on.element) ??
    elements.find(id => slice.elements.includes(id)) ??
    flows[0] ??
    elements[0]
  )
}

/** A place as people read it: a flow with its ends, an element by its name. */
export function placeText(design: Design, id: string): string {
  const flow = design.flows[id]
  if (!flow) return labelOf(design, id)
  const end = (element: string | undefined) => (element === undefined ? 'nowhere' : labelOf(design, element))
  return `${end(flow.source)} ${flow.bidirectional ? '↔' : '→'} ${end(flow.target)}`
}

/** A control's sentence with its slots filled from where the threat acts; what nothing is known for stays general. */
export function filled(
  text: string,
  design: Design,
  row: { readonly threat: Threat; readonly place: string | undefined },
): string {
  const flow = row.place === undefined ? undefined : design.flows[row.place]
  const element = idsOf(row.threat.elements)[0] ?? (flow ? flow.target : row.place)
  const data = idsOf(row.threat.data)[0]
  const words: Readonly<Record<string, string>> = {
    element: element === undefined ? 'component' : labelOf(design, element),
    flow: flow ? flow.name : 'flow',
    data: data === undefined ? 'data' : labelOf(design, data),
  }
  return text.replace(/\{(element|flow|data)\}/g, (_, name: string) => words[name] ?? name)
}
