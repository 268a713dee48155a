import { counted, shownList } from './show.ts'
import type { Component, ComponentFacts, Oddity, Severity, VexStatement, Vulnerability, VulnerabilityFacts } from './types.ts'

/** A component as a reader of one notation finds it. */
export type ListedComponent = {
  readonly pointer: string
  readonly ref: string | undefined
  readonly group: string | undefined
  readonly name: string | undefined
  readonly version: string | undefined
  readonly purl: string | undefined
}

/** What a list claims of its own completeness, as CycloneDX says it, and what it speaks of. */
export type Composition = { readonly aggregate: string; readonly of: readonly string[] }

export type ListedVulnerability = {
  readonly pointer: string
  readonly id: string | undefined
  readonly aliases: readonly string[]
  readonly severities: readonly Severity[]
  readonly affects: readonly Affected[]
  readonly state: string | undefined
  readonly justification: string | undefined
}

export type Affected = {
  readonly pointer: string
  readonly ref: string
  readonly versions: readonly { readonly version: string | undefined; readonly status: string }[]
}

/** A bill of materials before it is made into facts; undefined lists were not there. */
export type Bom = {
  readonly root?: ListedComponent
  /** Only false when the list itself was left out, which is not the same as an empty one. */
  readonly hasComponents: boolean
  readonly components: readonly ListedComponent[]
  readonly dependsOn: ReadonlyMap<string, readonly string[]>
  readonly compositions: readonly Composition[]
  readonly vulnerabilities?: readonly ListedVulnerability[]
  readonly oddities: readonly Oddity[]
}

/** `@scope/name` for npm, `group/name` for all others; some tools write the group into the name as well. */
function componentOf({ pointer, ref, group, name, version, purl }: ListedComponent, isRoot: boolean): Component {
  const plain = name ?? purl ?? 'unnamed'
  const whole = group === undefined || plain.startsWith(`${group}/`) ? plain : `${group}/${plain}`
  const component: { -readonly [K in keyof Component]: Component[K] } = { pointer, name: whole, isRoot }
  if (ref !== undefined) component.ref = ref
  if (version !== undefined) component.version = version
  if (purl !== undefined) component.purl = purl
  return component
}

/** The list as facts; undefined when there was none. */
export function componentsOf(bom: Bom): ComponentFacts | undefined {
  if (!bom.hasComponents) return undefined
  const components = bom.components.map(one => componentOf(one, false))
  return {
    components: bom.root === undefined ? components : [componentOf(bom.root, true), ...components],
    complete: completeOf(bom),
    dependsOn: bom.dependsOn,
    oddities: [...bom.oddities, ...odditiesOf(bom)],
  }
}

/** One word of incompleteness is enough; completeness must be said of the whole, or of what the list is about. */
function completeOf({ root, compositions }: Bom): boolean | undefined {
  if (compositions.some(({ aggregate }) => aggregate.startsWith('incomplete'))) return false
  if (compositions.some(({ aggregate }) => aggregate !== 'complete')) return undefined
  const isWhole = compositions.some(({ of }) => of.length === 0 || (root?.ref !== undefined && of.includes(root.ref)))
  return isWhole ? true : undefined
}

/** Each kind of oddity once, at its first place: tools that repeat themselves do so hundreds of times. */
function odditiesOf({ components, root, dependsOn }: Bom): readonly Oddity[] {
  const refs = new Set<string>(root?.ref === undefined ? [] : [root.ref])
  const purls = new Set<string>()
  const nameless: string[] = []
  const sameRef: string[] = []
  const samePurl: string[] = []
  for (const { pointer, ref, name, purl } of components) {
    if (name === undefined) nameless.push(pointer)
    if (ref !== undefined && refs.has(ref)) sameRef.push(pointer)
    if (purl !== undefined && purls.has(purl)) samePurl.push(pointer)
    if (ref !== undefined) refs.add(ref)
    if (purl !== undefined) purls.add(purl)
  }
  const stray = new Set<string>()
  for (const [from, to] of dependsOn) {
    if (!refs.has(from)) stray.add(from)
    for (const ref of to) if (!refs.has(ref)) stray.add(ref)
  }
  return [
    ...oddity(nameless, 'without a name'),
    ...oddity(sameRef, 'with the reference of another'),
    ...oddity(samePurl, 'with the package URL of another'),
    ...(stray.size > 0 ? [{ pointer: '', text: `dependencies name what is not listed: ${shownList([...stray])}` }] : []),
  ]
}

function oddity(pointers: readonly string[], what: string): readonly Oddity[] {
  const [pointer] = pointers
  return pointer === undefined ? [] : [{ pointer, text: `${counted(pointers.length, 'component')} ${what}` }]
}

/**
 * One weakness for each component it is said to be in. An empty list does not show that anybody looked its components up: tools that only
 * list write one, too.
 */
export function vulnerabilitiesOf(bom: Bom): VulnerabilityFacts | undefined {
  if (bom.vulnerabilities === undefined) return undefined
  const byRef = new Map([...(bom.root ? [bom.root] : []), ...bom.components].map(one => [one.ref, one] as const))
  return {
    packages: bom.hasComponents && bom.vulnerabilities.length > 0 ? new Set(bom.components.map(identityOf)).size : undefined,
    succeeded: undefined,
    found: bom.vulnerabilities.flatMap(one => foundIn(one, byRef)),
    oddities: bom.hasComponents ? [] : bom.oddities,
  }
}

function identityOf({ purl, group, name, version }: ListedComponent): string {
  return purl ?? `${group ?? ''}/${name ?? ''}@${version ?? ''}`
}

function foundIn(listed: ListedVulnerability, byRef: ReadonlyMap<string | undefined, ListedComponent>): readonly Vulnerability[] {
  const common = {
    id: listed.id ?? 'unnamed',
    aliases: listed.aliases,
    severity: worstOf(listed.severities),
    setAside: listed.state !== undefined && SET_ASIDE.includes(listed.state),
  }
  if (listed.affects.length === 0) return [{ ...common, pointer: listed.pointer, package: 'a package that is not named' }]
  return listed.affects.map(({ pointer, ref, versions }) => {
    const target = byRef.get(ref) ?? byRef.get(inDocument(ref))
    const component = target ? componentOf(target, false) : undefined
    const hit = versions.filter(({ status }) => status !== 'unaffected').flatMap(({ version }) => version ?? [])
    const version = component?.version ?? (hit.length === 1 ? hit[0] : undefined)
    return {
      ...common,
      pointer,
      package: component?.name ?? ref,
      ...(version === undefined ? {} : { version }),
      ...(component?.purl === undefined ? {} : { purl: component.purl }),
      setAside: common.setAside || (versions.length > 0 && versions.every(({ status }) => status === 'unaffected')),
    }
  })
}

/** A BOM-Link names the document before the `#`. */
function inDocument(ref: string): string {
  const linked = ref.startsWith('urn:cdx:') ? ref.slice(ref.indexOf('#') + 1) : ref
  try {
    return decodeURIComponent(linked)
  } catch {
    return linked
  }
}

const SET_ASIDE = ['not_affected', 'false_positive', 'resolved', 'resolved_with_pedigree']
const WORST_FIRST: readonly Severity[] = ['critical', 'high', 'medium', 'low']

/** Several sources rate one weakness; the worst counts. */
function worstOf(severities: readonly Severity[]): Severity {
  return WORST_FIRST.find(severity => severities.includes(severity)) ?? 'unknown'
}

const STATUSES: Readonly<Record<string, VexStatement['status']>> = {
  resolved: 'fixed',
  resolved_with_pedigree: 'fixed',
  exploitable: 'affected',
  in_triage: 'under-investigation',
  false_positive: 'not-affected',
  not_affected: 'not-affected',
}

/** Claims about weaknesses; undefined when there are none. */
export function statementsOf({ vulnerabilities, components, root }: Bom): readonly VexStatement[] | undefined {
  if (vulnerabilities === undefined) return undefined
  const byRef = new Map([...(root ? [root] : []), ...components].map(one => [one.ref, one] as const))
  const statements = vulnerabilities.flatMap(({ pointer, id, affects, state, justification }) => {
    const status = state !== undefined && Object.hasOwn(STATUSES, state) ? STATUSES[state] : undefined
    if (status === undefined) return []
    const products = affects.map(({ ref }) => (byRef.get(ref) ?? byRef.get(inDocument(ref)))?.purl ?? ref)
    return [
      {
        pointer: `${pointer}/analysis`,
        vulnerability: id ?? 'unnamed',
        products: [...new Set(products)],
        status,
        ...(justification === undefined ? {} : { justification }),
      },
    ]
  })
  return statements.length === 0 ? undefined : statements
}

/** CVSS' bands; where only a number is given. */
export function severityOf(severity: unknown, score: unknown, method: unknown): Severity {
  if (severity === 'critical' || severity === 'high' || severity === 'medium' || severity === 'low') return severity
  if (severity === 'info' || severity === 'none') return 'low'
  const number = typeof score === 'string' && /^\d{1,2}(?:\.\d+)?$/.test(score.trim()) ? Number(score) : score
  if (typeof number !== 'number' || !(number > 0) || number > 10 || !/^CVSS/i.test(String(method))) return 'unknown'
  if (number >= 9 && method !== 'CVSSv2') return 'critical'
  return number >= 7 ? 'high' : number >= 4 ? 'medium' : 'low'
}
