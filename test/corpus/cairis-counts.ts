/** Counts straight from the text of a CAIRIS model, written without a look at the importer and without a reader of XML. */
type Tag = { readonly name: string; readonly path: string; readonly of: Readonly<Record<string, string>>; readonly owner: number }

/** The opening tags of a file, each with the tags around it and the number of the object it stands in. */
function tagsOf(text: string): readonly Tag[] {
  const tags: Tag[] = []
  const open: string[] = []
  let owner = 0
  for (const [, close, name = '', attributes = '', empty] of text.matchAll(
    /<(\/?)([a-z_]+)((?:\s+[a-z_]+="[^"]*")*)\s*(\/?)>/g,
  )) {
    if (close) {
      open.pop()
      continue
    }
    if (open.length === 2) owner = tags.length
    const of = Object.fromEntries([...attributes.matchAll(/([a-z_]+)="([^"]*)"/g)].map(([, key, value]) => [key, value]))
    tags.push({ name, of, owner, path: open.slice(2).concat(name).join('/') })
    if (!empty) open.push(name)
  }
  return tags
}

const distinct = (values: readonly unknown[]) => new Set(values.map(String)).size

export function rawCounts(text: string): Readonly<Record<string, number>> {
  const tags = tagsOf(text)
  const all = (path: string) => tags.filter(tag => tag.path === path)
  const ends = endsIn(text)
  const ofType = (type: string) => distinct(ends.filter(end => end.type === type).map(({ name }) => name))
  const carried = all('dataflow/dataflow_asset').map(({ of }) => of.name)
  const information = all('asset').filter(({ of }) => of.type === 'Information' || carried.includes(of.name))
  return {
    elements: ofType('process') + ofType('entity') + ofType('datastore'),
    processes: ofType('process'),
    dataStores: ofType('datastore'),
    externalEntities: ofType('entity'),
    flows: all('dataflow').length,
    boundaries: all('trust_boundary').length,
    unresolvedBoundaries: 0,
    dataAssets: information.length,
    threats: all('threat').length,
    mitigations: all('countermeasure').length,
    acceptances: 0,
    requirements: all('requirement').length,
    diagrams: ends.length > 0 ? 1 : 0,
  }
}

function endsIn(text: string): readonly { readonly name: string | undefined; readonly type: string | undefined }[] {
  const tags = tagsOf(text)
  const flows = tags.filter(({ path }) => path === 'dataflow')
  const parts = tags.filter(({ path }) => path.endsWith('/trust_boundary_component'))
  return [
    ...flows.map(({ of }) => ({ name: of.from_name, type: of.from_type })),
    ...flows.map(({ of }) => ({ name: of.to_name, type: of.to_type })),
    ...parts.map(({ of }) => ({ name: of.name, type: of.type })),
  ]
}

/** What the file joins: ends of flows, parts of boundaries, data on flows, assets of threats and requirements, risks and responses. */
export function rawJoints(text: string): Readonly<Record<string, number>> {
  const tags = tagsOf(text)
  const all = (path: string) => tags.filter(tag => tag.path === path)
  const low = (name: string | undefined) => (name ?? '').toLowerCase()
  const carried = new Set(all('dataflow/dataflow_asset').map(({ of }) => low(of.name)))
  const isData = ({ of }: Tag) => of.type === 'Information' || carried.has(low(of.name))
  const data = new Set(
    all('asset')
      .filter(isData)
      .map(({ of }) => low(of.name)),
  )
  const shapes = new Set(endsIn(text).flatMap(({ name, type }) => (type === 'process' ? [] : [low(name)])))
  const hit = all('threat/threat_environment/threatened_asset').map(({ of, owner }) => ({ owner, name: low(of.name) }))
  const about = all('requirement').flatMap(({ of, owner }) =>
    of.reference_type === 'asset' ? [{ owner, name: low(of.reference) }] : [],
  )
  const among = (links: readonly { owner: number; name: string }[], names: ReadonlySet<string>) =>
    distinct(links.flatMap(({ owner, name }) => (names.has(name) ? [`${owner} ${name}`] : [])))
  return {
    ends: 2 * all('dataflow').length,
    enclosed: distinct(
      all('trust_boundary/trust_boundary_environment/trust_boundary_component').map(({ of }) => `${of.type} ${of.name}`),
    ),
    carried: all('dataflow/dataflow_asset').length,
    threatenedElements: among(hit, shapes),
    threatenedData: among(hit, data),
    requiredElements: among(about, shapes),
    requiredData: among(about, data),
    likely: distinct(all('threat/threat_environment').map(({ owner }) => owner)),
    risks: all('risk').length,
    responses: all('response').length,
    terms: all('project_settings/naming_conventions/entry').length,
  }
}

/** Texts that people wrote into objects of these tags, wherever they stand in them. */
export function rawTexts(text: string, tags: readonly string[]): readonly string[] {
  return tags.flatMap(tag =>
    [...text.matchAll(new RegExp(`<${tag}[ >][\\s\\S]*?</${tag}>`, 'g'))].flatMap(([object]) => [
      ...[...object.matchAll(/="([^"]*)"/g)].map(([, value]) => value ?? ''),
      ...[...object.matchAll(/>([^<>]+)</g)].map(([, value]) => value ?? ''),
    ]),
  )
}

/** How many objects of each tag the sections hold. */
export function rawSections(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { path, name } of tagsOf(text)) if (path === name) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}

/** For the table over the whole corpus. */
export const counts = { cairis: rawCounts }
