/** Counts straight from the JSON of a Threat Dragon file, written without a look at the importer. */
export type RawCounts = Readonly<Record<string, number>>

type Json = { readonly [key: string]: Json } & readonly Json[] & string

const ANSWERED = /^(open|mitigated)$/i
const DECLINED = /^(not ?applicable|accepted|transferred|avoided|eliminated)$/i
const PROMPT = 'Provide remediation for this threat or a reason if status is N/A'

export function rawCounts(file: unknown): RawCounts {
  const root = file as Json
  const diagrams = [...(root.detail?.diagrams ?? [])]
  const cells = diagrams.flatMap(diagram => [...(diagram.cells ?? diagram.diagramJson?.cells ?? [])])
  const is = (type: string) => cells.filter(cell => (cell.data?.type ?? cell.type) === `tm.${type}`).length
  const threats = cells.flatMap(cell => [...(cell.data?.threats ?? cell.threats ?? [])])
  const isOwned = (root.summary?.owner ?? '') !== ''
  return {
    elements: is('Process') + is('Store') + is('Actor'),
    processes: is('Process'),
    dataStores: is('Store'),
    externalEntities: is('Actor'),
    flows: is('Flow'),
    boundaries: is('BoundaryBox'),
    unresolvedBoundaries: is('Boundary'),
    dataAssets: 0,
    threats: threats.length,
    mitigations: threats.filter(threat => ANSWERED.test(String(threat.status)) && isWritten(threat.mitigation)).length,
    acceptances: isOwned ? threats.filter(threat => DECLINED.test(String(threat.status))).length : 0,
    requirements: 0,
    diagrams: diagrams.length,
  }
}

function isWritten(text: string | undefined): boolean {
  return text !== undefined && text.trim() !== '' && text !== PROMPT
}

/** Texts that people wrote into the file, by the keys Threat Dragon puts them under. */
export function rawTexts(file: unknown): readonly string[] {
  const texts: string[] = []
  const waiting: unknown[] = [file]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop())
    for (const [key, value] of Object.entries((next ?? {}) as object)) {
      if (typeof value === 'string' && WRITTEN.has(key) && value.trim() !== '' && !value.startsWith('Provide ')) texts.push(value)
      else if (typeof value === 'object' && value !== null && !DRAWN.has(key)) waiting.push(value)
    }
  return texts
}

const WRITTEN = new Set([
  ...['title', 'owner', 'reviewer', 'name', 'description', 'reasonOutOfScope', 'protocol', 'privilegeLevel'],
  ...['mitigation', 'severity', 'score', 'cardSuit', 'cardNumber', 'diagramType', 'source', 'repo_link'],
])
const DRAWN = new Set(['attrs', 'labels', 'ports', 'connector', 'router', 'tools'])

/** Where the file draws its nodes, as `x,y`. */
export function rawPositions(file: unknown): readonly string[] {
  const diagrams = [...((file as Json).detail?.diagrams ?? [])]
  const cells = diagrams.flatMap(diagram => [...(diagram.cells ?? diagram.diagramJson?.cells ?? [])])
  return cells
    .filter(cell => cell.position && (cell.data?.type ?? cell.type) !== 'tm.Text')
    .map(cell => `${cell.position?.x},${cell.position?.y}`)
    .sort()
}

/** For the table over the whole corpus. */
export const counts = {
  'threat-dragon-v1': (text: string) => rawCounts(JSON.parse(text)),
  'threat-dragon-v2': (text: string) => rawCounts(JSON.parse(text)),
}
