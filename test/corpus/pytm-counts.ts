/** Counts straight from the JSON of a pytm model, written without a look at the reader. */
export const counts: Readonly<Record<string, (text: string) => Readonly<Record<string, number>>>> = {
  pytm: text => countsIn(JSON.parse(text) as Json),
}

type Json = { readonly [key: string]: Json } & readonly Json[] & string

const OUTSIDE = ['Actor', 'ExternalEntity']

/** Of a dump, the elements are those it lists as actors and as assets; their classes say what they are. */
function countsIn(root: Json): Readonly<Record<string, number>> {
  const isDump = root.actors !== undefined
  const elements = isDump ? [...(root.actors ?? []), ...(root.assets ?? [])] : [...(root.elements ?? [])]
  const inClass = (classes: readonly string[]) => elements.filter(one => classes.includes(String(one.__class__))).length
  return {
    elements: elements.length,
    processes: elements.length - inClass([...OUTSIDE, 'Datastore']),
    dataStores: inClass(['Datastore']),
    externalEntities: inClass(OUTSIDE),
    flows: [...(root.flows ?? [])].length,
    boundaries: [...(root.boundaries ?? [])].length,
    unresolvedBoundaries: 0,
    dataAssets: [...(root.data ?? [])].length,
    threats: [...(root.findings ?? [])].length,
    mitigations: 0,
    acceptances: 0,
    requirements: 0,
    diagrams: elements.length > 0 ? 1 : 0,
  }
}

/** How the file joins things: ends of flows, elements in boundaries, data on flows. */
export function jointsIn(text: string): Readonly<Record<string, number>> {
  const root = JSON.parse(text) as Json
  const elements = [...(root.elements ?? [])]
  const names = new Set(elements.map(({ name }) => name))
  const flows = [...(root.flows ?? [])]
  return {
    ends: flows.flatMap(({ source, sink }) => [source, sink]).filter(end => names.has(end)).length,
    inside: elements.filter(({ inBoundary }) => typeof inBoundary === 'string').length,
    carried: flows.reduce((sum, { data }) => sum + [...(data ?? [])].length, 0),
  }
}
