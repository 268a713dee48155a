/** Counts straight from the JSON of a TM Library file, written without a look at the importer. */
type Json = { readonly [key: string]: Json } & readonly Json[] & string

export function rawCounts(file: unknown): Readonly<Record<string, number>> {
  const root = file as Json
  const count = (key: string) => root[key]?.length ?? 0
  const elements = count('actors') + count('components') + count('data_stores')
  return {
    elements,
    processes: count('components'),
    dataStores: count('data_stores'),
    externalEntities: count('actors'),
    flows: count('data_flows'),
    boundaries: count('trust_zones'),
    unresolvedBoundaries: 0,
    dataAssets: count('data_sets'),
    threats: count('threats'),
    mitigations: [...(root.controls ?? [])].filter(({ status }) => !/^(retired|wont_do)$/.test(String(status))).length,
    acceptances: 0,
    requirements: 0,
    diagrams: elements > 0 ? 1 : 0,
  }
}

/** How many joints the file states: ends of flows, zones of elements, data in stores, threats of controls, elements of threats. */
export function rawJoints(file: unknown): Readonly<Record<string, number>> {
  const root = file as Json
  const all = (key: string) => [...(root[key] ?? [])]
  const names = (...keys: readonly string[]) => new Set(keys.flatMap(all).map(({ symbolic_name }) => String(symbolic_name)))
  const elements = names('actors', 'components', 'data_stores')
  const stores = names('data_stores')
  const threats = names('threats')
  const known = (list: readonly unknown[], among: ReadonlySet<string>) =>
    new Set(list.map(String).filter(one => among.has(one))).size
  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)
  return {
    ends: sum(
      all('data_flows').map(
        ({ source, destination }) => known([source?.object], elements) + known([destination?.object], elements),
      ),
    ),
    zones: sum(
      ['actors', 'components', 'data_stores'].flatMap(all).map(({ trust_zone }) => known([trust_zone], names('trust_zones'))),
    ),
    placed: sum(
      all('data_sets').map(({ placements }) =>
        known(
          [...(placements ?? [])].map(one => one.data_store),
          stores,
        ),
      ),
    ),
    controlled: sum(all('controls').map(({ threats: named }) => known([...(named ?? [])], threats))),
    affected: sum(all('threats').map(({ components_affected: named }) => known([...(named ?? [])], elements))),
    encrypted: all('data_flows').filter(({ encrypted }) => String(encrypted) === 'true').length,
    weaknesses: sum(all('threats').map(({ weaknesses }) => new Set([...(weaknesses ?? [])].map(one => String(one.cwe_id))).size)),
    rated: known(
      all('risks').flatMap(({ threats: named }) => [...(named ?? [])]),
      threats,
    ),
  }
}

/** For the table over the whole corpus. */
export const counts = { 'tm-library': (text: string) => rawCounts(JSON.parse(text)) }
