import { load } from 'js-yaml'

/** Counts straight from the JSON of an Open Threat Model, written without a look at the importer. */
type Json = { readonly [key: string]: Json } & readonly Json[] & string

const list = (value: Json | null | undefined): readonly Json[] => (Array.isArray(value) ? [...value] : [])
const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)

export function rawCounts(file: unknown): Readonly<Record<string, number>> {
  const root = file as Json
  const users = [...list(root.components), ...list(root.dataflows)]
  const uses = users.flatMap(user => list(user.threats))
  const used = new Set(uses.map(use => String(use.threat)))
  const drawn = [...list(root.components), ...list(root.trustZones)].flatMap(thing => list(thing.representations))
  const pages = list(root.representations).filter(page => drawn.some(one => String(one.representation) === String(page.id)))
  return {
    elements: list(root.components).length,
    flows: list(root.dataflows).length,
    boundaries: list(root.trustZones).length,
    unresolvedBoundaries: 0,
    dataAssets: list(root.assets).length,
    threats: uses.length + list(root.threats).filter(threat => !used.has(String(threat.id))).length,
    mitigations: list(root.mitigations).length,
    acceptances: 0,
    requirements: 0,
    diagrams: Math.max(pages.length, list(root.components).length > 0 ? 1 : 0),
  }
}

/** What the file joins: ends of flows, zones of components and zones, assets on flows and in components, threats and mitigations. */
export function rawJoints(file: unknown): Readonly<Record<string, number>> {
  const root = file as Json
  const users = [...list(root.components), ...list(root.dataflows)]
  const uses = users.flatMap(user => list(user.threats))
  const ids = (key: string) => new Set(list(root[key]).map(one => String(one.id)))
  const known = (value: unknown, among: ReadonlySet<string>) => (among.has(String(value)) ? 1 : 0)
  return {
    ends: sum(
      list(root.dataflows).map(flow => known(flow.source, ids('components')) + known(flow.destination, ids('components'))),
    ),
    zones: sum(
      [...list(root.components), ...list(root.trustZones)].map(({ parent }) => known(parent?.trustZone, ids('trustZones'))),
    ),
    stored: sum(list(root.components).map(({ assets }) => list(assets?.stored).length)),
    carried: sum(list(root.dataflows).map(({ assets }) => list(assets).length)),
    bidirectional: list(root.dataflows).filter(({ bidirectional }) => String(bidirectional) === 'true').length,
    mitigated: sum(uses.map(use => list(use.mitigations).length)),
    placed: [...list(root.components), ...list(root.trustZones)].flatMap(one =>
      list(one.representations).filter(drawn => drawn.position),
    ).length,
  }
}

/** For the table over the whole corpus. */
export const counts = {
  otm: (text: string) => rawCounts(text.trimStart().startsWith('{') ? JSON.parse(text) : load(text)),
}
