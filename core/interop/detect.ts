import { looksLikeYamlModel } from '../dependencies/yaml.ts'
import { ok, type Result, refuse } from '../support/result.ts'
import { looksLikeCairis } from './cairis-sniff.ts'
import { isCycloneDx } from './cyclonedx.ts'
import { type Raw, recordOf } from './json-fields.ts'
import { looksLikeThreatclHcl } from './threatcl.ts'

/** The families of files that import.ts hands on. */
export type Detected = 'skeptic' | 'threat-dragon' | 'tm-library' | 'otm' | 'threat-composer' | 'cyclonedx' | 'threatcl'

/** How a file is written. */
export type Notation = 'json' | 'yaml' | 'hcl' | 'cairis'

/** How a file is written, by its first characters; what no reader reads is refused by name. */
export function notationOf(file: string, text: string): Result<Notation> {
  const head = text
    .slice(0, HEAD)
    .replace(/^\uFEFF/, '')
    .trimStart()
  if (head === '' || /^[[{]/.test(head)) return ok('json')
  if (looksLikeCairis(head)) return ok('cairis')
  if (looksLikeYamlModel(text) === 'otm') return ok('yaml')
  if (looksLikeThreatclHcl(head)) return ok('hcl')
  const known = looksLikeYamlModel(text) ? THREAGILE : TEXTS.find(({ sign }) => sign.test(head))
  return refuse({
    code: known?.code ?? 'import.notJson',
    at: `${file}:1:1`,
    message: known ? known.message : 'This is plain text, not a model file that Skeptic reads.',
    cure: known?.cure ?? 'Name the file that holds the model. See skeptic formats for what can be read.',
  })
}

/** Some files begin with a licence as a comment. */
const HEAD = 10_000
const CONVERT = 'See skeptic formats for what can be read.'

const THREAGILE = {
  code: 'import.notRead',
  message: 'This is a Threagile model, which Skeptic does not read yet.',
  cure: CONVERT,
}

type Sign = { readonly sign: RegExp; readonly code: string; readonly message: string; readonly cure: string }

const TEXTS: readonly Sign[] = [
  {
    sign: /^PK[^\P{Cc}\s]/u,
    code: 'import.zip',
    message: 'This is a zip archive, whatever its name says.',
    cure: 'Unpack it and name the model inside.',
  },
  {
    sign: /^%PDF|^.{0,3}PNG|[^\P{Cc}\s]/u,
    code: 'import.binary',
    message: 'This is binary, or text that is not stored as UTF-8.',
    cure: 'Export the model as JSON, or save the text as UTF-8.',
  },
  { sign: /\uFFFD.{0,20}\uFFFD/s, code: 'import.binary', message: 'This is binary, no text.', cure: 'Export the model as JSON.' },
  {
    sign: /^<!doctype html|^<html/i,
    code: 'import.html',
    message: 'This is a web page, not a model.',
    cure: 'Download the raw file instead of the page that shows it.',
  },
  {
    sign: /^(<\?xml[^<]*)?<ThreatModel[\s>]/,
    code: 'import.notRead',
    message: 'This is a model of the Microsoft Threat Modeling Tool (.tm7), which Skeptic does not read yet.',
    cure: CONVERT,
  },
  {
    sign: /^(<\?xml[^<]*)?<KnowledgeBase[\s>]/,
    code: 'import.template',
    message: 'This is a template of the Microsoft Threat Modeling Tool (.tb7): threat rules, no model.',
    cure: 'Add its rules to a design with: skeptic packs --add FILE',
  },
  { sign: /^</, code: 'import.xml', message: 'This is XML, in a format that Skeptic does not read.', cure: CONVERT },
]

/** What a parsed JSON file is, by the keys only that format has. */
export function detect(file: string, root: unknown): Result<Detected> {
  const raw = recordOf(root)
  if (raw?.skeptic === 'bundle') return ok('skeptic')
  const stated = raw && STATED.find(({ is }) => is(raw))
  if (stated) return ok(stated.family)
  const known = raw && OTHERS.find(({ is }) => is(raw))
  if (raw && !known && (recordOf(raw.detail) || recordOf(raw.summary))) return ok('threat-dragon')
  return refuse({
    code: known ? 'import.notRead' : 'import.unknown',
    at: file,
    message: known
      ? `This is ${known.title}, which Skeptic does not read${known.never ? '' : ' yet'}.`
      : `This is JSON, but no model that Skeptic knows: ${found(root)}.`,
    cure: CONVERT,
  })
}

/** Models that are read, by keys nothing else has. */
const STATED: readonly { readonly family: Detected; readonly is: (root: Raw) => boolean }[] = [
  { family: 'tm-library', is: has('trust_zones', 'scope') },
  { family: 'otm', is: has('otmVersion') },
  { family: 'cyclonedx', is: isCycloneDx },
  { family: 'threatcl', is: has('threatmodel') },
  { family: 'threat-composer', is: root => has('applicationInfo')(root) || has('mitigationLinks')(root) },
]

type Other = { readonly title: string; readonly is: (root: Raw) => boolean; readonly never?: true }

const OTHERS: readonly Other[] = [
  { title: 'a JSON Schema, not a model', is: has('type', 'properties'), never: true },
  { title: 'a Threagile model', is: has('threagile_version') },
  { title: 'a pytm model', is: has('boundaries', 'flows', 'elements') },
  { title: 'a scanner report (SARIF), which belongs to verify', is: has('runs', 'version'), never: true },
  { title: 'one file of a Skeptic design folder', is: has('format', 'designId'), never: true },
]

function has(...keys: readonly string[]): (root: Raw) => boolean {
  return root => keys.every(key => Object.hasOwn(root, key))
}

function found(root: unknown): string {
  if (Array.isArray(root)) return 'a list stands at the top'
  const raw = recordOf(root)
  if (!raw) return `a single ${root === null ? 'null' : typeof root} stands there`
  const keys = Object.keys(raw)
  return keys.length === 0 ? 'the object is empty' : `its keys are ${keys.slice(0, 5).map(short).join(', ')}`
}

function short(key: string): string {
  return JSON.stringify(key.length > 40 ? `${key.slice(0, 39)}…` : key)
}
