import { readCycloneDx } from '../../evidence/cyclonedx.ts'
import { isObject, type Loose, objectOf } from '../../evidence/loose.ts'
import { parseOwnJson, placeOf } from '../../model/json.ts'
import { ok, type Result, refuse } from '../../support/result.ts'
import { roundedNumber } from './exact.ts'
import { PREFIX } from './input.ts'
import { serialOf } from './make.ts'
import type { BomParts } from './parts.ts'
import { properties, property } from './properties.ts'
import { hashOf } from './references.ts'

/** A bill of materials as the build wrote it: its name as the person gave it, its URL relative to what is written, and its digest. */
export type BuildBom = { readonly file: string; readonly text: string; readonly url: string; readonly sha256: string }

/**
 * The build's document with what the design says added; every value that stood there stays, but `specVersion` (at least 1.6, which knows
 * declarations), `$schema` with it, and `version`, which counts changes. Its time stays too: adding looks nothing up anew.
 */
export function addToBom(build: BuildBom, parts: BomParts): Result<object> {
  const parsed = parseBom(build)
  return parsed.ok ? growBom(parsed.value, build, parts) : parsed
}

/** The same for a document that is read already. */
export function growBom(value: unknown, build: Omit<BuildBom, 'text'>, parts: BomParts): Result<object> {
  const read = bomIn(value, build.file)
  if (!read.ok) return read
  const document = read.value
  const fault = faultIn(document, parts)
  if (fault) return refused(build.file, ...fault)
  const metadata = objectOf(document.metadata)
  const { name, references, formula, declared } = parts
  const component = isObject(metadata.component)
    ? metadata.component
    : { type: 'application', 'bom-ref': `${PREFIX}software`, name }
  const added: Loose = {
    ...document,
    ...raised(document),
    version: numberOf(document.version) + 1,
    metadata: {
      ...metadata,
      tools: withTool(metadata.tools, parts.tool),
      component: { ...component, externalReferences: joined(component.externalReferences, references) },
    },
    externalReferences: joined(document.externalReferences, [originOf(build)]),
    ...(formula ? { formulation: joined(document.formulation, [formula]) } : {}),
    ...(declared ? declaredIn(document, declared) : {}),
    properties: joined(document.properties, [
      ...parts.properties,
      ...properties([property('spec-version-before', before(document))]),
    ]),
  }
  return ok(typeof document.serialNumber === 'string' ? added : { ...added, serialNumber: serialOf(added) })
}

function parseBom({ file, text }: BuildBom): Result<unknown> {
  if (/^\uFEFF?\s*</.test(text.slice(0, 200)))
    return refuse({
      code: 'bom.xml',
      at: `${file}:1:1`,
      message: 'This is XML; only CycloneDX in JSON can be added to.',
      cure: WRITE_JSON,
    })
  const parsed = parseOwnJson(file, text)
  const rounded = parsed.ok ? roundedNumber(text) : undefined
  if (rounded === undefined) return parsed
  return refuse({
    code: 'bom.number',
    at: placeOf(file, text, rounded),
    message: 'A number with so many digits would be rounded when it is written again.',
    cure: 'Have the tool write it as text, or with fewer digits.',
  })
}

function bomIn(value: unknown, file: string): Result<Loose> {
  if (!isObject(value) || value.bomFormat !== 'CycloneDX')
    return refuse({
      code: 'bom.format',
      at: `${file}:/bomFormat`,
      message: `This is no CycloneDX document${isObject(value) && 'spdxVersion' in value ? ' but one of SPDX' : ''}: it has no "bomFormat": "CycloneDX".`,
      cure: WRITE_JSON,
    })
  const read = readCycloneDx(file, value)
  return read.ok ? ok(value) : read
}

const WRITE_JSON = 'Have the build write its bill of materials as CycloneDX JSON, 1.2 to 1.7.'

/** A place and what is wrong there. */
type Fault = readonly [pointer: string, message: string, cure: string]

function faultIn(document: Loose, { declared }: BomParts): Fault | undefined {
  const { metadata, declarations, definitions } = document
  const component = objectOf(metadata).component
  const { tools } = objectOf(metadata)
  const objects = {
    '/metadata': metadata,
    '/metadata/component': component,
    '/declarations': declarations,
    '/declarations/targets': objectOf(declarations).targets,
    '/definitions': definitions,
  }
  const lists: Loose = {
    '/externalReferences': document.externalReferences,
    '/formulation': document.formulation,
    '/properties': document.properties,
    '/metadata/component/externalReferences': objectOf(component).externalReferences,
    ...(Array.isArray(tools) ? {} : { '/metadata/tools/components': objectOf(tools).components }),
    ...inside('/declarations', declarations, ['assessors', 'attestations', 'claims', 'evidence']),
    ...inside('/declarations/targets', objectOf(declarations).targets, ['components']),
    ...inside('/definitions', definitions, ['standards']),
  }
  const stray = Object.entries({ ...objects, '/metadata/tools': Array.isArray(tools) ? undefined : tools }).find(
    ([, value]) => value !== undefined && !isObject(value),
  )
  if (stray) return [stray[0], 'What stands here is no object.', WRITE_AGAIN]
  const bent = Object.entries(lists).find(([, value]) => value !== undefined && !Array.isArray(value))
  if (bent) return [bent[0], 'What stands here is no list.', WRITE_AGAIN]
  const { version } = document
  if (
    version !== undefined &&
    !(Number.isSafeInteger(version) && numberOf(version) >= 1 && Number.isSafeInteger(numberOf(version) + 1))
  )
    return ['/version', 'The version of the document is no count.', WRITE_AGAIN]
  const signed = [
    ['/signature', document.signature],
    ['/metadata/component/signature', objectOf(component).signature],
    ...(declared ? [['/declarations/signature', objectOf(declarations).signature] as const] : []),
  ].find(([, value]) => value !== undefined)
  if (signed)
    return [
      String(signed[0]),
      'This is signed, and whatever is added breaks the signature.',
      'Add first, then sign what was written.',
    ]
  if (JSON.stringify(document).includes(PREFIX) || hasOurProperties(document))
    return [
      '',
      `It holds references that begin with ${PREFIX}, or what they stand for: the design was added to it before.`,
      'Name the file that the build wrote.',
    ]
  return undefined
}

/** A design without prompts and verdicts brings no reference of its own, but always says its digest. */
function hasOurProperties({ properties: had }: Loose): boolean {
  return Array.isArray(had) && had.some(one => objectOf(one).name === property('design', '').name)
}

const WRITE_AGAIN = 'Have the tool write the document again; the CycloneDX schema says what belongs there.'

function refused(file: string, pointer: string, message: string, cure: string): Result<never> {
  return refuse({ code: 'bom.shape', at: pointer === '' ? file : `${file}:${pointer}`, message, cure })
}

function inside(pointer: string, value: unknown, keys: readonly string[]): Loose {
  return Object.fromEntries(keys.map(key => [`${pointer}/${key}`, objectOf(value)[key]]))
}

/** Where the document that was added to lies, and what it was. */
function originOf({ url, sha256 }: Omit<BuildBom, 'text'>): object {
  return {
    type: 'bom',
    url,
    comment: 'The bill of materials of the build, before the design was added.',
    hashes: [hashOf(sha256)],
  }
}

function before({ specVersion }: Loose): string | undefined {
  return specVersion === '1.6' || specVersion === '1.7' ? undefined : String(specVersion)
}

function raised(document: Loose): Loose {
  if (before(document) === undefined) return {}
  return { specVersion: '1.6', ...('$schema' in document ? { $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json' } : {}) }
}

/** After those that made the list: who reads it asks the first. The older form, a list, has its own shape of a tool. */
function withTool(tools: unknown, tool: object): unknown {
  if (Array.isArray(tools)) {
    const { type: _, ...legacy } = tool as Loose
    return [...tools, legacy]
  }
  return { ...objectOf(tools), components: joined(objectOf(tools).components, [tool]) }
}

function declaredIn(document: Loose, { declarations, definitions }: NonNullable<BomParts['declared']>): Loose {
  const had = objectOf(document.declarations)
  const { targets, ...lists } = declarations
  const grown = Object.entries(lists).map(([key, list]) => [key, joined(had[key], list)])
  const components = joined(objectOf(had.targets).components, targets.components)
  const standards = joined(objectOf(document.definitions).standards, definitions.standards)
  return {
    declarations: { ...had, ...Object.fromEntries(grown), targets: { ...objectOf(had.targets), components } },
    definitions: { ...objectOf(document.definitions), standards },
  }
}

function joined(had: unknown, more: readonly unknown[]): readonly unknown[] {
  return [...(Array.isArray(had) ? had : []), ...more]
}

function numberOf(version: unknown): number {
  return typeof version === 'number' ? version : 1
}
