/** Counts straight from the JSON of a CycloneDX file, written without a look at the importer. */
type Json = { readonly [key: string]: Json } & readonly Json[] & string

const list = (value: Json | null | undefined): readonly Json[] => (Array.isArray(value) ? [...value] : [])

export function rawCounts(file: unknown): Readonly<Record<string, number>> {
  const root = file as Json
  const blueprints = list(root.blueprints)
  const all = (key: string) => blueprints.flatMap(blueprint => list(blueprint[key]))
  const drafts = draftsIn(root)
  const assets = all('assets')
  const typed = (type: string) => assets.filter(asset => String(asset.type) === type).length
  const drafted = (...types: readonly string[]) => drafts.filter(type => types.includes(type)).length
  const components = list(root.components).filter(({ 'bom-ref': ref }) =>
    list(root.controls).some(control => list(control.appliesTo).some(name => String(name) === String(ref))),
  )
  const requirements = list(root.definitions?.requirements)
  const threats = list(root.threats?.threats)
  const answers = new Set(threats.flatMap(threat => list(threat.mitigations).map(String)))
  const known = new Set(threats.map(threat => String(threat['bom-ref'])))
  const alone = list(root.threats?.scenarios).filter(({ threats: names }) => !list(names).some(name => known.has(String(name))))
  const objects = new Set(all('flows').flatMap(flow => list(flow.dataObjects).map(({ name }) => String(name))))
  const stores = typed('data-store') + all('dataStores').length + drafted('datastore')
  const outside = all('actors').length + typed('actor') + drafted('actor')
  const elements = assets.length + all('dataStores').length + all('actors').length + components.length
  return {
    elements: elements + drafted('actor', 'server', 'lambda', 'datastore'),
    dataStores: stores,
    externalEntities: outside,
    flows: all('flows').length + drafted('dataflow'),
    boundaries: all('zones').length + drafted('boundary'),
    unresolvedBoundaries: 0,
    dataAssets: all('dataSets').length + objects.size + drafted('asset'),
    threats: threats.length + alone.length,
    mitigations: list(root.controls).length + requirements.filter(one => answers.has(String(one['bom-ref']))).length,
    acceptances: 0,
    requirements: requirements.length,
  }
}

/** What the components of a draft call themselves. */
function draftsIn(root: Json): readonly string[] {
  return propertiesIn(root).flatMap(properties => properties['cdx:model:type'] ?? [])
}

/** The properties of each component, however deep, by name. */
function propertiesIn(root: Json): readonly Readonly<Record<string, string>>[] {
  const found: Readonly<Record<string, string>>[] = []
  const waiting = [...list(root.components)]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    found.push(Object.fromEntries(list(next.properties).map(({ name, value }) => [String(name), String(value)])))
    waiting.push(...list(next.components))
  }
  return found
}

/** What the file joins: ends of flows, and elements with zones. Code of a repository lies in a zone, and is no element. */
export function rawJoints(file: unknown): Readonly<Record<string, number>> {
  const text = JSON.stringify(file)
  const times = (pattern: RegExp) => [...text.matchAll(pattern)].length
  const drafted = propertiesIn(file as Json).filter(one => one['cdx:model:inBoundary'] && one['cdx:model:type'] !== 'code')
  return {
    ends: times(/"source":"[^"]*","destination":/g) * 2 + times(/"name":"cdx:model:dataflow:(source|destination)"/g),
    zones: times(/"zone":"/g) + drafted.length,
  }
}

/** Places of references to names that no bom-ref of the file bears, by the words these files use for names. */
export function rawDangling(file: unknown): readonly string[] {
  const names = new Set<string>()
  const places: { readonly at: string; readonly text: string }[] = []
  const waiting: { readonly at: string; readonly value: unknown }[] = [{ at: '', value: file }]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop())
    for (const [key, value] of Object.entries((next.value ?? {}) as object)) {
      const at = `${next.at}/${key}`
      if (key === 'bom-ref') names.add(String(value))
      else if (typeof value === 'string') places.push({ at, text: value })
      else waiting.push({ at, value })
    }
  return places
    .filter(({ at, text }) => /^(asset|boundary|obj|party|req|risk|threat|vuln|zone)-[a-z0-9-]+$/.test(text) && !isWord(at))
    .filter(({ text }) => !names.has(text))
    .map(({ at }) => at)
    .sort()
}

function isWord(at: string): boolean {
  return /\/(type|category|topic|name)$/.test(at)
}

/** For the table over the whole corpus. */
export const counts = { cyclonedx: (text: string) => rawCounts(JSON.parse(text)) }
