import { cyclonedx } from '../../schemas/generated/published-cyclonedx.js'
import { ok, type Result, refuse } from '../support/result.ts'
import {
  type Affected,
  type Bom,
  type Composition,
  componentsOf,
  type ListedComponent,
  type ListedVulnerability,
  severityOf,
  statementsOf,
  vulnerabilitiesOf,
} from './bom.ts'
import { isObject, type Loose, listOf, objectOf, textOf } from './loose.ts'
import { instantOf } from './numbers.ts'
import type { Evidence, Made, Oddity } from './types.ts'

/** A bill of materials in JSON; the draft that holds threat models names itself otherwise and is for the import of designs. */
export function isCycloneDxBom(value: unknown): boolean {
  if (!isObject(value)) return false
  const { bomFormat, $schema } = value
  return bomFormat === 'CycloneDX' || (typeof $schema === 'string' && /^https?:\/\/cyclonedx\.org\/schema\/bom-1/.test($schema))
}

/**
 * Facts of a CycloneDX bill of materials in JSON: components, weaknesses and what is claimed of them. It is held against the published schema
 * of its version; tools break that often, so what is wrong is noted and only what would hide components is refused.
 */
export function readCycloneDx(file: string, value: unknown): Result<Evidence> {
  const document = objectOf(value)
  const version = document.specVersion
  if (typeof version !== 'string' || !/^1\.[0-7]$/.test(version))
    return misshapen(file, '/specVersion', `CycloneDX version ${JSON.stringify(version) ?? 'missing'}; 1.0 to 1.7 are read.`)
  const root = objectOf(document.metadata).component
  const lists: readonly (readonly [string, unknown])[] = [
    ['/components', document.components],
    ['/metadata/component/components', objectOf(root).components],
    ['/vulnerabilities', document.vulnerabilities],
    ['/dependencies', document.dependencies],
  ]
  for (const [pointer, list] of lists) {
    if (list !== undefined && list !== null && !Array.isArray(list))
      return misshapen(file, pointer, 'What stands here is no list.')
    const stray = listOf(list).findIndex(one => !isObject(one))
    if (stray >= 0) return misshapen(file, `${pointer}/${stray}`, 'What stands here is no object.')
  }
  const components: ListedComponent[] = []
  const wrong =
    addComponents(objectOf(root).components, '/metadata/component/components', components) ??
    addComponents(document.components, '/components', components)
  if (wrong !== undefined) return misshapen(file, wrong, 'The parts of a component are no list of objects.')
  const bom: Bom = {
    ...(isObject(root) ? { root: listed(root, '/metadata/component') } : {}),
    hasComponents: Array.isArray(document.components) || components.length > 0,
    components,
    dependsOn: dependenciesOf(document.dependencies),
    compositions: listOf(document.compositions).map(compositionOf),
    ...(Array.isArray(document.vulnerabilities) ? { vulnerabilities: document.vulnerabilities.map(vulnerabilityOf) } : {}),
    oddities: schemaOddities(version, value),
  }
  return ok(evidenceOf(bom, madeBy(objectOf(document.metadata))))
}

/** The facts that a bill of materials holds, whatever its notation. */
export function evidenceOf(bom: Bom, made: Made): Evidence {
  const [components, vulnerabilities, statements] = [componentsOf(bom), vulnerabilitiesOf(bom), statementsOf(bom)]
  return {
    format: 'cyclonedx',
    made,
    facts: {
      ...(components === undefined ? {} : { components }),
      ...(vulnerabilities === undefined ? {} : { vulnerabilities }),
      ...(statements === undefined ? {} : { statements }),
    },
  }
}

export function misshapen(file: string, place: string, message: string): Result<never> {
  return refuse({
    code: 'evidence.cyclonedx',
    at: `${file}:${place}`,
    message,
    cure: 'Have the tool write CycloneDX 1.4 to 1.7; most have an option for it.',
  })
}

function schemaOddities(version: string, value: unknown): readonly Oddity[] {
  const validate = Object.hasOwn(cyclonedx, version) ? cyclonedx[version] : undefined
  if (validate === undefined)
    return [{ pointer: '/specVersion', text: `is ${version}, whose schema is not kept here: read without a check against it` }]
  const { count, first } = validate(value)
  const rest = count - first.length
  return rest > 0 ? [...first, { pointer: '', text: `breaks the schema of CycloneDX ${version} in ${rest} more places` }] : first
}

/** Adds a list and, after each, what it is made of; the place that is no list of objects, if there is one. */
function addComponents(list: unknown, pointer: string, to: ListedComponent[]): string | undefined {
  if (list === undefined || list === null) return undefined
  if (!Array.isArray(list)) return pointer
  for (let index = 0; index < list.length; index++) {
    const one: unknown = list[index]
    const at = `${pointer}/${index}`
    if (!isObject(one)) return at
    to.push(listed(one, at))
    if (one.components === undefined) continue
    const wrong = addComponents(one.components, `${at}/components`, to)
    if (wrong !== undefined) return wrong
  }
  return undefined
}

function listed(component: Loose, pointer: string): ListedComponent {
  return {
    pointer,
    ref: textOf(component['bom-ref']),
    group: textOf(component.group),
    name: textOf(component.name),
    version: textOf(component.version),
    purl: textOf(component.purl),
  }
}

function dependenciesOf(list: unknown): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  for (const one of listOf(list)) {
    const { ref, dependsOn } = objectOf(one)
    if (typeof ref !== 'string') continue
    const known = found.get(ref)
    const to = known ?? []
    for (const other of listOf(dependsOn)) if (typeof other === 'string' && other !== '') to.push(other)
    if (known === undefined) found.set(ref, to)
  }
  return found
}

function compositionOf(value: unknown): Composition {
  const { aggregate, assemblies, dependencies, vulnerabilities } = objectOf(value)
  const of = [assemblies, dependencies, vulnerabilities].flatMap(listOf).flatMap(ref => textOf(ref) ?? [])
  return { aggregate: textOf(aggregate) ?? 'not_specified', of }
}

function vulnerabilityOf(value: unknown, index: number): ListedVulnerability {
  const { id, references, ratings, affects, analysis } = objectOf(value)
  const pointer = `/vulnerabilities/${index}`
  const { state, justification } = objectOf(analysis)
  return {
    pointer,
    id: textOf(id),
    state: textOf(state),
    justification: textOf(justification),
    aliases: listOf(references).flatMap(one => textOf(objectOf(one).id) ?? []),
    severities: listOf(ratings)
      .map(objectOf)
      .map(({ severity, score, method }) => severityOf(severity, score, method)),
    affects: listOf(affects).map((one, at) => affectedOf(objectOf(one), `${pointer}/affects/${at}`)),
  }
}

function affectedOf({ ref, versions }: Loose, pointer: string): Affected {
  return {
    pointer,
    ref: textOf(ref) ?? 'a component that is not named',
    versions: listOf(versions)
      .map(objectOf)
      .map(({ version, status }) => ({ version: textOf(version), status: textOf(status) ?? 'affected' })),
  }
}

/** What made it: a list of tools, an object with components and services, or nothing at all. */
function madeBy({ timestamp, tools }: Loose): Made {
  const many = Array.isArray(tools) ? tools : [...listOf(objectOf(tools).components), ...listOf(objectOf(tools).services)]
  const first = objectOf(many[0])
  const read = { tool: textOf(first.name), version: textOf(first.version), at: instantOf(timestamp) }
  return { ...present(read), commits: [] }
}

/** Without the keys that hold nothing. */
export function present<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}
