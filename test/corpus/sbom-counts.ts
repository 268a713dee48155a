import { SaxesParser } from 'saxes'

/** What a file of components or claims holds, counted without the readers: JSON walked by hand, XML by the names of its tags. */
export type SbomCounts = {
  /** Components, the one the list is about included; undefined: no list. */
  readonly components: number | undefined
  readonly roots: number
  readonly purls: number
  readonly versions: number
  /** Edges between components. */
  readonly edges: number
  /** Weaknesses, once for each component they are said to be in. */
  readonly weaknesses: number | undefined
  readonly claims: number
}

type Json = { [key: string]: Json } & Json[] & string

export function countSbom(text: string): SbomCounts {
  if (text.trimStart().startsWith('<')) return countXml(text)
  const file = JSON.parse(text) as Json
  if (file['@graph']) return countSpdx3(file['@graph'])
  if (file.spdxVersion) return countSpdx(file)
  if (file.statements) return { ...NOTHING, claims: file.statements.length }
  if (file.product_tree) return { ...NOTHING, claims: countCsaf(text) }
  return countCycloneDx(file)
}

const NOTHING: SbomCounts = {
  components: undefined,
  roots: 0,
  purls: 0,
  versions: 0,
  edges: 0,
  weaknesses: undefined,
  claims: 0,
}

function countCycloneDx(file: Json): SbomCounts {
  const all: Json[] = []
  const collect = (list: Json | undefined) => {
    for (const one of list ?? []) {
      all.push(one)
      collect(one.components)
    }
  }
  const root = file.metadata?.component
  collect(root?.components)
  collect(file.components)
  if (root) all.push(root)
  const weak = file.vulnerabilities
  return {
    components: file.components ? all.length : undefined,
    roots: file.components && root ? 1 : 0,
    purls: file.components ? all.filter(one => one.purl).length : 0,
    versions: file.components ? all.filter(one => one.version).length : 0,
    edges: file.components
      ? (file.dependencies ?? []).reduce((sum: number, one: Json) => sum + (one.dependsOn?.length ?? 0), 0)
      : 0,
    weaknesses: weak ? weak.reduce((sum: number, one: Json) => sum + Math.max(1, one.affects?.length ?? 0), 0) : undefined,
    claims: (weak ?? []).filter((one: Json) => one.analysis?.state).length,
  }
}

/** By the path of each tag alone. */
function countXml(text: string): SbomCounts {
  const parser = new SaxesParser({ xmlns: false })
  const path: string[] = []
  const tally: Record<string, number> = {}
  const add = (what: string) => {
    tally[what] = (tally[what] ?? 0) + 1
  }
  parser.on('opentag', ({ name }) => {
    path.push(name)
    const place = path.join('/')
    if (/\/components\/component$/.test(place) && !place.includes('/tools/')) add('components')
    if (place === 'bom/metadata/component') add('roots')
    if (/component\/purl$/.test(place) && !place.includes('/tools/')) add('purls')
    if (/component\/version$/.test(place) && !place.includes('/tools/')) add('versions')
    if (place === 'bom/dependencies/dependency/dependency') add('edges')
    if (place === 'bom/vulnerabilities/vulnerability/affects/target') add('weaknesses')
    if (place === 'bom/vulnerabilities/vulnerability/analysis/state') add('claims')
  })
  parser.on('closetag', () => path.pop())
  parser.write(text).close()
  return {
    components: (tally.components ?? 0) + (tally.roots ?? 0),
    roots: tally.roots ?? 0,
    purls: tally.purls ?? 0,
    versions: tally.versions ?? 0,
    edges: tally.edges ?? 0,
    weaknesses: tally.weaknesses,
    claims: tally.claims ?? 0,
  }
}

function countSpdx(file: Json): SbomCounts {
  const packages = [...(file.packages ?? [])]
  const described = new Set<string>(file.documentDescribes ?? [])
  for (const one of file.relationships ?? [])
    if (one.relationshipType === 'DESCRIBES') described.add(one.relatedSpdxElement as string)
  const edges = (file.relationships ?? []).filter((one: Json) =>
    /^DEPENDS_ON$|DEPENDENCY_OF$/.test(one.relationshipType as string),
  )
  return {
    ...NOTHING,
    components: packages.length,
    roots: packages.filter(one => described.has(one.SPDXID as string)).length,
    purls: packages.filter(one => JSON.stringify(one.externalRefs ?? []).includes('"referenceType":"purl"')).length,
    versions: packages.filter(one => one.versionInfo && one.versionInfo !== 'NOASSERTION').length,
    edges: edges.length,
  }
}

function countSpdx3(graph: Json): SbomCounts {
  const packages = graph.filter((one: Json) => /Package$/.test(one.type as string))
  const roots = new Set(graph.flatMap((one: Json) => one.rootElement ?? []))
  return {
    ...NOTHING,
    components: packages.length,
    roots: packages.filter(one => roots.has(one.spdxId as Json)).length,
    purls: packages.filter(one => JSON.stringify(one).match(/"software_packageUrl"|"externalIdentifierType":"packageUrl"/))
      .length,
    versions: packages.filter(one => one.software_packageVersion).length,
    edges: graph
      .filter((one: Json) => one.relationshipType === 'dependsOn')
      .reduce((sum: number, one: Json) => sum + (one.to?.length ?? 0), 0),
  }
}

/** Lists of products by the words of the format. */
function countCsaf(text: string): number {
  return [
    ...text.matchAll(
      /"(?:(?:first|known|last)_affected|known_not_affected|first_fixed|fixed|under_investigation)"\s*:\s*\[\s*"/g,
    ),
  ].length
}

export const folders: readonly string[] = ['cyclonedx', 'spdx', 'vex-other']
export const counts: Readonly<Record<string, (text: string) => number>> = {
  components: text => countSbom(text).components ?? Number.NaN,
  vulnerabilities: text => countSbom(text).weaknesses ?? Number.NaN,
  statements: text => countSbom(text).claims,
}
