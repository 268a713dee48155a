import { applyChanges, EMPTY_DESIGN } from '../../core/model/change.ts'
import type { Boundary, DataAsset, Design, Element, Flow } from '../../core/model/types.ts'

const provenance = { kind: 'human', at: '2026-11-22T16:00:00Z' } as const

/** Customer, transfer service and ledger; the service and the ledger lie in the bank's network. */
export function smallDesign(): Design {
  return applyChanges(EMPTY_DESIGN, [
    { kind: 'put', table: 'settings', row: { id: 'design', format: 1, designId: 'SMA11DESGN', name: 'Transfers', epoch: 1 } },
    { kind: 'put', table: 'boundaries', row: boundary('B-BANK1', 'Bank network') },
    { kind: 'put', table: 'elements', row: element('E-CVST1', 'Customer', 'externalEntity') },
    { kind: 'put', table: 'elements', row: { ...element('E-TRAP1', 'Transfer service', 'process'), boundary: 'B-BANK1' } },
    { kind: 'put', table: 'elements', row: { ...element('E-1EDG1', 'Ledger', 'dataStore'), boundary: 'B-BANK1' } },
    { kind: 'put', table: 'data', row: data('D-0RDER', 'Transfer order') },
    {
      kind: 'put',
      table: 'flows',
      row: { ...flow('F-REQVE', 'transfer order', 'E-CVST1', 'E-TRAP1'), data: { 'D-0RDER': true } },
    },
    { kind: 'put', table: 'flows', row: flow('F-B00KG', 'booking', 'E-TRAP1', 'E-1EDG1') },
    {
      kind: 'put',
      table: 'diagrams',
      row: {
        id: 'G-0VERV',
        name: 'Overview',
        elements: { 'E-CVST1': true, 'E-TRAP1': true, 'E-1EDG1': true },
        flows: { 'F-REQVE': true, 'F-B00KG': true },
        boundaries: { 'B-BANK1': true },
        provenance,
      },
    },
    { kind: 'put', table: 'layout', row: { id: 'G-0VERV.B-BANK1', x: 300, y: 40, width: 460, height: 240 } },
    { kind: 'put', table: 'layout', row: { id: 'G-0VERV.E-CVST1', x: 40, y: 120, width: 160, height: 64 } },
    { kind: 'put', table: 'layout', row: { id: 'G-0VERV.E-TRAP1', x: 340, y: 120, width: 160, height: 64 } },
    { kind: 'put', table: 'layout', row: { id: 'G-0VERV.E-1EDG1', x: 560, y: 120, width: 160, height: 64 } },
  ])
}

function element(id: string, name: string, kind: Element['kind']): Element {
  return { id, name, kind, provenance }
}

function boundary(id: string, name: string): Boundary {
  return { id, name, kind: 'network', membership: 'stated', provenance }
}

function data(id: string, name: string): DataAsset {
  return { id, name, class: 'D2', provenance }
}

function flow(id: string, name: string, source: string, target: string): Flow {
  return { id, name, source, target, provenance }
}
