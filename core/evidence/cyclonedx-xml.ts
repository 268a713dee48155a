import { ok, type Result } from '../support/result.ts'
import { type Affected, type Bom, type Composition, type ListedComponent, type ListedVulnerability, severityOf } from './bom.ts'
import { evidenceOf, misshapen, present } from './cyclonedx.ts'
import { instantOf } from './numbers.ts'
import type { Evidence, Made } from './types.ts'
import { childOf, childrenOf, textIn, treeOf, type XmlElement } from './xml-tree.ts'

/** Facts of a CycloneDX bill of materials in XML; its namespace gives the version. It is not held against a schema. */
export function readCycloneDxXml(file: string, text: string): Result<Evidence> {
  const tree = treeOf(file, text, 'bom')
  if (!tree.ok) return tree
  const bom = tree.value
  const spaces = Object.entries(bom.attributes).filter(([name]) => name === 'xmlns' || name.startsWith('xmlns:'))
  const version = spaces.flatMap(([, space]) => /^https?:\/\/cyclonedx\.org\/schema\/bom\/(1\.[0-7])$/.exec(space)?.[1] ?? [])[0]
  if (version === undefined)
    return misshapen(file, '/bom', 'No namespace of CycloneDX 1.0 to 1.7 is declared, so nothing says what the elements mean.')
  const metadata = childOf(bom, 'metadata')
  const root = childOf(metadata, 'component')
  const components: ListedComponent[] = []
  addComponents(childOf(root, 'components'), components)
  addComponents(childOf(bom, 'components'), components)
  const vulnerabilities = listsOfVulnerabilities(bom)
  if (childrenOf(bom, 'components').length > 1)
    return misshapen(file, '/bom/components[2]', 'There is a second list of components.')
  const read: Bom = {
    ...(root ? { root: listed(root) } : {}),
    hasComponents: childOf(bom, 'components') !== undefined || components.length > 0,
    components,
    dependsOn: dependenciesOf(childOf(bom, 'dependencies')),
    compositions: childrenOf(childOf(bom, 'compositions'), 'composition').map(compositionOf),
    ...(vulnerabilities.length > 0
      ? { vulnerabilities: vulnerabilities.flatMap(list => childrenOf(list, 'vulnerability').map(vulnerabilityOf)) }
      : {}),
    oddities: [],
  }
  return ok(evidenceOf(read, madeBy(metadata)))
}

function addComponents(list: XmlElement | undefined, to: ListedComponent[]): void {
  for (const component of childrenOf(list, 'component')) {
    to.push(listed(component))
    addComponents(childOf(component, 'components'), to)
  }
}

function listed(component: XmlElement): ListedComponent {
  return {
    pointer: component.pointer,
    ref: component.attributes['bom-ref'],
    group: textIn(component, 'group'),
    name: textIn(component, 'name'),
    version: textIn(component, 'version'),
    purl: textIn(component, 'purl'),
  }
}

function dependenciesOf(list: XmlElement | undefined): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>()
  for (const one of childrenOf(list, 'dependency')) {
    const { ref } = one.attributes
    const to = childrenOf(one, 'dependency').flatMap(({ attributes }) => attributes.ref ?? [])
    if (ref !== undefined) found.set(ref, [...(found.get(ref) ?? []), ...to])
  }
  return found
}

function compositionOf(composition: XmlElement): Composition {
  const of = ['assemblies', 'dependencies', 'vulnerabilities'].flatMap(list => childOf(composition, list)?.children ?? [])
  return {
    aggregate: textIn(composition, 'aggregate') ?? 'not_specified',
    of: of.flatMap(({ attributes }) => attributes.ref ?? []),
  }
}

/** Before 1.4 an extension held them, beside the components or inside each. */
function listsOfVulnerabilities(bom: XmlElement): readonly XmlElement[] {
  const inside = childrenOf(childOf(bom, 'components'), 'component').flatMap(one => childrenOf(one, 'vulnerabilities'))
  return [...childrenOf(bom, 'vulnerabilities'), ...inside]
}

function vulnerabilityOf(element: XmlElement): ListedVulnerability {
  const { pointer, attributes } = element
  const analysis = childOf(element, 'analysis')
  const targets = childrenOf(childOf(element, 'affects'), 'target').map(affectedOf)
  const own: readonly Affected[] = attributes.ref === undefined ? [] : [{ pointer, ref: attributes.ref, versions: [] }]
  return {
    pointer,
    id: textIn(element, 'id'),
    aliases: childrenOf(childOf(element, 'references'), 'reference').flatMap(one => textIn(one, 'id') ?? []),
    severities: childrenOf(childOf(element, 'ratings'), 'rating').map(rating =>
      severityOf(
        textIn(rating, 'severity')?.toLowerCase(),
        textIn(rating, 'score') ?? textIn(childOf(rating, 'score'), 'base'),
        textIn(rating, 'method'),
      ),
    ),
    affects: [...targets, ...own],
    state: textIn(analysis, 'state'),
    justification: textIn(analysis, 'justification'),
  }
}

function affectedOf(target: XmlElement): Affected {
  return {
    pointer: target.pointer,
    ref: textIn(target, 'ref') ?? 'a component that is not named',
    versions: childrenOf(childOf(target, 'versions'), 'version').map(one => ({
      version: textIn(one, 'version'),
      status: textIn(one, 'status') ?? 'affected',
    })),
  }
}

function madeBy(metadata: XmlElement | undefined): Made {
  const tools = childOf(metadata, 'tools')
  const first = childOf(tools, 'tool') ?? childOf(tools, 'components', 'component')
  const read = { tool: textIn(first, 'name'), version: textIn(first, 'version'), at: instantOf(textIn(metadata, 'timestamp')) }
  return { ...present(read), commits: [] }
}
