import { ok, type Result } from '../support/result.ts'
import { isObject, type Loose, listOf, objectOf, textOf } from './loose.ts'
import { instantOf } from './numbers.ts'
import { misshapen } from './spdx.ts'
import type { Component, Evidence, Made, Oddity, VexStatement } from './types.ts'

type Node = { readonly node: Loose; readonly pointer: string; readonly id: string | undefined; readonly type: string }

/** SPDX 3 in JSON-LD: the context says so, or that it is a graph of SPDX elements. */
export function isSpdx3(value: unknown): boolean {
  if (!isObject(value) || !Object.hasOwn(value, '@graph')) return false
  const contexts = Array.isArray(value['@context']) ? value['@context'] : [value['@context']]
  return contexts.some(context => typeof context === 'string' && context.startsWith('https://spdx.org/rdf/3.'))
}

/** Facts of an SPDX 3 document: elements refer to each other by id, in any order. */
export function readSpdx3(file: string, value: unknown): Result<Evidence> {
  const graph = objectOf(value)['@graph']
  if (!Array.isArray(graph)) return misshapen(file, '/@graph', 'The graph is no list.')
  const stray = graph.findIndex(one => !isObject(one))
  if (stray >= 0) return misshapen(file, `/@graph/${stray}`, 'What stands here is no object.')
  const nodes = graph.map((one, index) => nodeOf(objectOf(one), `/@graph/${index}`))
  const byId = new Map(nodes.flatMap(node => (node.id === undefined ? [] : [[node.id, node] as const])))
  const oddities: Oddity[] = []
  const packages = nodes.filter(({ type }) => PACKAGES.has(type))
  const roots = rootsOf(nodes, byId)
  const components = packages.map(node => componentOf(node, roots, oddities))
  const statements = nodes.flatMap(node => statementOf(node, byId))
  const hasList = packages.length > 0 || nodes.some(({ type }) => type === 'software_Sbom')
  return ok({
    format: 'spdx',
    made: madeBy(nodes, byId),
    facts: {
      ...(hasList
        ? { components: { components, complete: completeOf(nodes, roots), dependsOn: dependenciesIn(nodes), oddities } }
        : {}),
      ...(statements.length > 0 ? { statements } : {}),
    },
  })
}

const PACKAGES = new Set(['software_Package', 'ai_AIPackage', 'dataset_DatasetPackage'])

function nodeOf(node: Loose, pointer: string): Node {
  const type = textOf(node.type) ?? textOf(node['@type']) ?? ''
  return { node, pointer, id: textOf(node.spdxId) ?? textOf(node['@id']), type: type.replace('/', '_') }
}

/** A reference is an id, or the thing itself. */
function refsOf(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).flatMap(
    one => textOf(one) ?? textOf(objectOf(one).spdxId) ?? textOf(objectOf(one)['@id']) ?? [],
  )
}

/** The document names its roots; where that is a list of components, the list names them. */
function rootsOf(nodes: readonly Node[], byId: ReadonlyMap<string, Node>): ReadonlySet<string> {
  const roots = new Set<string>()
  const waiting = nodes
    .filter(({ type }) => type === 'SpdxDocument' || type === 'software_Sbom')
    .flatMap(({ node }) => refsOf(node.rootElement))
  for (const { node, type } of nodes)
    if (type === 'Relationship' && node.relationshipType === 'describes') waiting.push(...refsOf(node.to))
  for (const id of waiting) if (PACKAGES.has(byId.get(id)?.type ?? '')) roots.add(id)
  const packages = nodes.filter(({ type }) => PACKAGES.has(type))
  return packages.length > 1 && packages.every(({ id }) => id !== undefined && roots.has(id)) ? new Set() : roots
}

function componentOf({ node, pointer, id }: Node, roots: ReadonlySet<string>, oddities: Oddity[]): Component {
  const name = textOf(node.name)
  const version = textOf(node.software_packageVersion)
  const external = listOf(node.externalIdentifier)
    .map(objectOf)
    .find(({ externalIdentifierType: kind }) => kind === 'packageUrl' || kind === 'purl')
  const purl = textOf(node.software_packageUrl) ?? textOf(external?.identifier)
  if (name === undefined) oddities.push({ pointer, text: 'has no name' })
  return {
    pointer,
    ...(id === undefined ? {} : { ref: id }),
    name: name ?? purl ?? 'unnamed',
    ...(version === undefined ? {} : { version }),
    ...(purl === undefined ? {} : { purl }),
    isRoot: id !== undefined && roots.has(id),
  }
}

function isRelationship({ type }: Node): boolean {
  return type === 'Relationship' || type === 'LifecycleScopedRelationship'
}

function dependenciesIn(nodes: readonly Node[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>()
  for (const { node } of nodes.filter(isRelationship)) {
    if (node.relationshipType !== 'dependsOn') continue
    for (const from of refsOf(node.from)) found.set(from, [...(found.get(from) ?? []), ...refsOf(node.to)])
  }
  return found
}

/** Whether all that the roots contain or depend on is named; one word of incompleteness is enough. */
function completeOf(nodes: readonly Node[], roots: ReadonlySet<string>): boolean | undefined {
  const parts = nodes.filter(
    one => isRelationship(one) && (one.node.relationshipType === 'dependsOn' || one.node.relationshipType === 'contains'),
  )
  if (parts.some(({ node }) => node.completeness === 'incomplete')) return false
  const ofRoots = parts.filter(({ node }) => refsOf(node.from).some(id => roots.has(id)))
  return ofRoots.length > 0 && ofRoots.every(({ node }) => node.completeness === 'complete') ? true : undefined
}

const CLAIMS: Readonly<Record<string, VexStatement['status']>> = {
  security_VexAffectedVulnAssessmentRelationship: 'affected',
  security_VexFixedVulnAssessmentRelationship: 'fixed',
  security_VexNotAffectedVulnAssessmentRelationship: 'not-affected',
  security_VexUnderInvestigationVulnAssessmentRelationship: 'under-investigation',
}

function statementOf({ node, pointer, type }: Node, byId: ReadonlyMap<string, Node>): readonly VexStatement[] {
  const status = Object.hasOwn(CLAIMS, type) ? CLAIMS[type] : undefined
  if (status === undefined) return []
  const [from = 'unnamed'] = refsOf(node.from)
  const justification = textOf(node.security_justificationType)
  const products = [...refsOf(node.to), ...refsOf(node.security_assessedElement)]
  return [
    {
      pointer,
      vulnerability: nameOf(byId.get(from)) ?? from,
      products: [...new Set(products.map(id => textOf(byId.get(id)?.node.software_packageUrl) ?? id))],
      status,
      ...(justification === undefined ? {} : { justification }),
    },
  ]
}

/** A weakness is known by what others call it, then by its name. */
function nameOf(found: Node | undefined): string | undefined {
  const outside = listOf(found?.node.externalIdentifier).map(objectOf)
  return textOf(outside.find(({ externalIdentifierType: kind }) => kind === 'cve')?.identifier) ?? textOf(found?.node.name)
}

function madeBy(nodes: readonly Node[], byId: ReadonlyMap<string, Node>): Made {
  const document = nodes.find(({ type }) => type === 'SpdxDocument')
  const info = document?.node.creationInfo
  const created = isObject(info) ? info : byId.get(textOf(info) ?? '')?.node
  const [using] = refsOf(created?.createdUsing)
  const tool = nameOf(byId.get(using ?? ''))
  const at = instantOf(created?.created)
  return { ...(tool === undefined ? {} : { tool }), ...(at === undefined ? {} : { at }), commits: [] }
}
