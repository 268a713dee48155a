import { canonicalJson } from '../../model/canonical.ts'
import { DEFAULT_POLICY, policyOf } from '../../model/lookup.ts'
import { rowAt, rowsOf } from '../../model/table.ts'
import type { Design, Diagram, Layout, Mitigation } from '../../model/types.ts'
import { idsOf } from '../../support/order.ts'
import { type Loss, many } from '../report.ts'
import { foreignLost } from '../writing/foreign.ts'
import { fieldsLost, NOUNS, tablesLost } from '../writing/losses.ts'
import { TOOL } from './names.ts'
import { isJoined } from './things.ts'
import { thingsOn } from './write-layout.ts'
import { thingsOf } from './write-threats.ts'

const NO_PLACE = 'The format has no place for it.'
const SETTINGS = { glossary: 'Glossary', packs: 'Packs', insideWords: 'Words for the inside', ticketKeys: 'Ticket keys' }

/** What an Open Threat Model does not hold of the design. */
export function otmLosses(design: Design): readonly Loss[] {
  const isPolicy = canonicalJson(policyOf(design)) !== canonicalJson(DEFAULT_POLICY)
  return [
    ...tablesLost(
      design,
      ['requirements', 'assumptions', 'triage', 'exclusions', 'workItems', 'comments', 'suggestions'],
      NO_PLACE,
    ),
    ...(isPolicy ? tablesLost(design, ['policy'], NO_PLACE) : []),
    ...fieldsLost(design, { table: 'settings', fields: SETTINGS, why: NO_PLACE }),
    ...looseFlows(design),
    ...fieldsLost(design, { table: 'threats', fields: { findings: 'Findings', data: 'Data' }, why: NO_PLACE }),
    ...decisions(design),
    ...diagrams(design),
    ...layout(design),
    ...foreignLost(design, TOOL),
  ]
}

function counted(at: string, count: number, what: string, why: string): readonly Loss[] {
  return count === 0 ? [] : [{ at, what, why }]
}

function looseFlows(design: Design): readonly Loss[] {
  const lost = new Set(rowsOf(design.flows).flatMap(row => (isJoined(design, row) ? [] : [row.id])))
  const threats = rowsOf(design.threats).filter(row => idsOf(row.flows).some(id => lost.has(id))).length
  const why = 'The format joins every data flow to two components, and an end of it hangs loose.'
  return [
    ...counted('flows', lost.size, many(lost.size, NOUNS.flows), why),
    ...counted('threats/flows', threats, `Data flows of ${many(threats, NOUNS.threats)}`, why),
  ]
}

/** Decisions stand at the uses of a threat: one that is on nothing has none, and there is one state for each. */
function decisions(design: Design): readonly Loss[] {
  const isUsed = new Map(rowsOf(design.threats).map(row => [row.id, usedOn(design, row).length > 0]))
  const links = (row: Mitigation) => idsOf(row.threats).some(id => isUsed.get(id) !== true)
  const unlinked = rowsOf(design.mitigations).filter(links).length
  const seen = new Set<string>()
  let lost = 0
  for (const { threat } of rowsOf(design.acceptances)) {
    if (isUsed.get(threat) !== true || seen.has(threat)) lost++
    seen.add(threat)
  }
  const why = 'Decisions stand where a component or data flow has the threat, one for each'
  return [
    ...counted(
      'mitigations/threats',
      unlinked,
      `Threats of ${many(unlinked, NOUNS.mitigations)}`,
      `${why}: some are on nothing.`,
    ),
    ...counted('acceptances', lost, many(lost, NOUNS.acceptances), `${why}: these are on nothing, or not the first.`),
  ]
}

function usedOn(design: Design, row: Parameters<typeof thingsOf>[1]): readonly string[] {
  return thingsOf(design, row).filter(id => {
    const flow = rowAt(design.flows, id)
    return !flow || isJoined(design, flow)
  })
}

function diagrams(design: Design): readonly Loss[] {
  const rows = rowsOf(design.diagrams)
  const empty = rows.filter(row => thingsOn(design, row).length === 0).length
  const changed = rows.filter(
    row => thingsOn(design, row).length > 0 && flowsDrawn(design, row) !== idsOf(row.flows).join(),
  ).length
  return [
    ...counted('diagrams', empty, many(empty, NOUNS.diagrams), 'A page shows components and trust zones, and these show none.'),
    ...counted(
      'diagrams/flows',
      changed,
      `Data flows of ${many(changed, NOUNS.diagrams)}`,
      'A page shows every data flow between what it shows.',
    ),
  ]
}

function flowsDrawn(design: Design, { elements }: Diagram): string {
  const isShown = (id: string | undefined) => id !== undefined && Object.hasOwn(elements ?? {}, id)
  const drawn = rowsOf(design.flows).filter(row => isJoined(design, row) && isShown(row.source) && isShown(row.target))
  return drawn.map(row => row.id).join()
}

function layout(design: Design): readonly Loss[] {
  const shown = new Map(rowsOf(design.diagrams).map(row => [row.id, new Set(thingsOn(design, row))]))
  const rows = rowsOf(design.layout)
  const count = (isLost: (row: Layout) => boolean) => rows.filter(isLost).length
  const routes = count(({ start, end, vertices, label }) => [start, end, vertices, label].some(one => one !== undefined))
  const places = count(row => isPlaced(row) && !isHeld(row, shown))
  const sizes = count(row => (row.width === undefined) !== (row.height === undefined) && isHeld(row, shown))
  return [
    ...counted(
      'layout/routes',
      routes,
      `Route of ${many(routes, NOUNS.layout)}`,
      'Data flows and open curves have no drawing of their own there.',
    ),
    ...counted(
      'layout',
      places,
      many(places, NOUNS.layout),
      'A page draws only what it shows, and only where both coordinates are known.',
    ),
    ...counted('layout/size', sizes, `Size of ${many(sizes, NOUNS.layout)}`, 'Width and height are stated together.'),
  ]
}

function isPlaced({ x, y, width, height }: Layout): boolean {
  return [x, y, width, height].some(one => one !== undefined)
}

function isHeld({ id, x, y }: Layout, shown: ReadonlyMap<string, ReadonlySet<string>>): boolean {
  const isNear = x !== undefined && y !== undefined && Math.max(Math.abs(x), Math.abs(y)) <= 1e6
  return isNear && shown.get(id.slice(0, 7))?.has(id.slice(8)) === true
}
