import { ok, type Result, refuse } from '../support/result.ts'
import { isObject, type Loose, listOf, objectOf, textOf } from './loose.ts'
import { instantOf } from './numbers.ts'
import { shown } from './show.ts'
import type { Component, Evidence, Made, Oddity } from './types.ts'

/** SPDX 2 in JSON. */
export function isSpdx(value: unknown): boolean {
  return isObject(value) && Object.hasOwn(value, 'spdxVersion')
}

/** Facts of an SPDX 2 document in JSON: packages, what they depend on, and which of them it is about. */
export function readSpdx(file: string, value: unknown): Result<Evidence> {
  const document = objectOf(value)
  const { spdxVersion, packages, relationships } = document
  if (typeof spdxVersion !== 'string' || !/^SPDX-\d+\.\d+$/.test(spdxVersion))
    return misshapen(
      file,
      '/spdxVersion',
      `SPDX version ${JSON.stringify(spdxVersion) ?? 'missing'}; 2.1 to 2.3 and 3.0 are read.`,
    )
  for (const [name, list] of Object.entries({ packages, relationships })) {
    if (list !== undefined && list !== null && !Array.isArray(list))
      return misshapen(file, `/${name}`, 'What stands here is no list.')
    const stray = listOf(list).findIndex(one => !isObject(one))
    if (stray >= 0) return misshapen(file, `/${name}/${stray}`, 'What stands here is no object.')
  }
  const links = listOf(relationships).map(objectOf)
  const oddities: Oddity[] = /^SPDX-2\.[1-3]$/.test(spdxVersion)
    ? []
    : [{ pointer: '/spdxVersion', text: `says ${shown(spdxVersion, 40)} in the shape of SPDX 2: read as 2.3` }]
  const roots = rootsOf(document, links, oddities)
  const components = listOf(packages).map((one, index) => componentOf(objectOf(one), `/packages/${index}`, roots, oddities))
  return ok({
    format: 'spdx',
    made: madeBy(objectOf(document.creationInfo)),
    facts: Array.isArray(packages)
      ? { components: { components, complete: undefined, dependsOn: dependenciesIn(links), oddities } }
      : {},
  })
}

export function misshapen(file: string, pointer: string, message: string): Result<never> {
  return refuse({
    code: 'evidence.spdx',
    at: `${file}:${pointer}`,
    message,
    cure: 'Have the tool write SPDX 2.3 or 3.0 in JSON; most have an option for it.',
  })
}

/** What the document describes. Some tools describe every package they list: then none of them is what it is about. */
function rootsOf(document: Loose, links: readonly Loose[], oddities: Oddity[]): ReadonlySet<string> {
  const own = textOf(document.SPDXID) ?? 'SPDXRef-DOCUMENT'
  const described = new Set(listOf(document.documentDescribes).flatMap(id => textOf(id) ?? []))
  for (const { relationshipType: type, spdxElementId: from, relatedSpdxElement: to } of links) {
    if (type === 'DESCRIBES' && from === own && typeof to === 'string') described.add(to)
    if (type === 'DESCRIBED_BY' && to === own && typeof from === 'string') described.add(from)
  }
  const packages = listOf(document.packages).flatMap(one => textOf(objectOf(one).SPDXID) ?? [])
  if (packages.length < 2 || packages.some(id => !described.has(id))) return described
  oddities.push({ pointer: '', text: 'describes every package it lists: none is taken for what it is about' })
  return new Set()
}

function componentOf(one: Loose, pointer: string, roots: ReadonlySet<string>, oddities: Oddity[]): Component {
  const ref = textOf(one.SPDXID)
  const name = textOf(one.name)
  const version = said(one.versionInfo)
  const purls = listOf(one.externalRefs)
    .map(objectOf)
    .filter(({ referenceType }) => referenceType === 'purl' || referenceType === 'http://spdx.org/rdf/references/purl')
    .flatMap(({ referenceLocator }) => textOf(referenceLocator) ?? [])
  if (name === undefined) oddities.push({ pointer, text: 'has no name' })
  if (purls.length > 1) oddities.push({ pointer, text: `has ${purls.length} package URLs: the first is taken` })
  const [purl] = purls
  return {
    pointer,
    ...(ref === undefined ? {} : { ref }),
    name: name ?? purl ?? 'unnamed',
    ...(version === undefined ? {} : { version }),
    ...(purl === undefined ? {} : { purl }),
    isRoot: ref !== undefined && roots.has(ref),
  }
}

function said(value: unknown): string | undefined {
  const text = textOf(value)
  return text === 'NOASSERTION' || text === 'NONE' ? undefined : text
}

/** `A DEPENDS_ON B`, and `B DEPENDENCY_OF A` with its kinds as BUILD_DEPENDENCY_OF. */
function dependenciesIn(links: readonly Loose[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  for (const { relationshipType: type, spdxElementId: from, relatedSpdxElement: to } of links) {
    if (typeof type !== 'string' || said(from) === undefined || said(to) === undefined) continue
    const [upper, lower] = type === 'DEPENDS_ON' ? [from, to] : type.endsWith('DEPENDENCY_OF') ? [to, from] : []
    if (typeof upper !== 'string' || typeof lower !== 'string') continue
    const list = found.get(upper)
    if (list) list.push(lower)
    else found.set(upper, [lower])
  }
  return found
}

/** `Tool: syft-1.50.0`: the last part with a digit is its version. */
function madeBy({ created, creators }: Loose): Made {
  const written = listOf(creators).flatMap(one => /^Tool:\s*(\S.*)$/.exec(typeof one === 'string' ? one : '')?.[1] ?? [])[0]
  const parts = written === undefined ? null : /^(.+)-v?(\d[\w.+]*)$/.exec(written)
  const tool = parts?.[1] ?? written
  const version = parts?.[2]
  const at = instantOf(created)
  return {
    ...(tool === undefined ? {} : { tool }),
    ...(version === undefined ? {} : { version }),
    ...(at === undefined ? {} : { at }),
    commits: [],
  }
}
