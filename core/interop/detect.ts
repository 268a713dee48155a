import { topKeysOfYaml } from '../dependencies/yaml.ts'
import { ok, type Result, refuse } from '../support/result.ts'
import { DRAGON, has, TEXTS, type TextReader, TREES, type TreeReader } from './readers.ts'
import { type Raw, recordOf } from './reading/json-fields.ts'

/** How a file is written: to be parsed first, or for a reader of its own. */
export type Notation =
  | { readonly kind: 'json' }
  | { readonly kind: 'yaml' }
  | { readonly kind: 'text'; readonly reader: TextReader }

/** How a file is written, by its first characters; what no reader reads is refused by name. */
export function notationOf(file: string, text: string): Result<Notation> {
  const head = text
    .slice(0, HEAD)
    .replace(/^\uFEFF/, '')
    .trimStart()
  if (head === '' || /^[[{]/.test(head)) return ok({ kind: 'json' })
  const reader = TEXTS.find(({ looksLike }) => looksLike(head, text))
  if (reader) return ok({ kind: 'text', reader })
  const keys = topKeysOfYaml(text)
  const other = OTHER_YAML.find(({ keys: own }) => own.every(key => keys.has(key)))
  if (other) return refuse({ ...notRead(other.title, true), at: `${file}:1:1` })
  if (TREES.some(({ yaml = [] }) => yaml.some(key => keys.has(key)))) return ok({ kind: 'yaml' })
  const known = SIGNS.find(({ sign }) => sign.test(head))
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
const DUMP = 'tm.py --json model.json'

/** YAML of other tools that people try, told by keys at the top; services and components stand in some of it too. */
const OTHER_YAML: readonly { readonly title: string; readonly keys: readonly string[] }[] = [
  { title: 'a Kubernetes manifest', keys: ['apiVersion', 'kind'] },
  { title: 'a GitHub workflow', keys: ['on', 'jobs'] },
  { title: 'an AsyncAPI document', keys: ['asyncapi'] },
]

function notRead(title: string, isNever: boolean) {
  return {
    code: 'import.notRead',
    message: `This is ${title}, which Skeptic does not read${isNever ? '' : ' yet'}.`,
    cure: CONVERT,
  }
}

type Sign = { readonly sign: RegExp; readonly code: string; readonly message: string; readonly cure: string }

const SIGNS: readonly Sign[] = [
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
    sign: /^(<\?xml[^<]*)?<KnowledgeBase[\s>]/,
    code: 'import.template',
    message: 'This is a template of the Microsoft Threat Modeling Tool (.tb7): threat rules, no model.',
    cure: 'Add its rules to a design with: skeptic packs --add FILE',
  },
  {
    sign: /^#![^\n]*python|^(from|import)\s+pytm\b/m,
    code: 'import.code',
    message: 'This is a Python program. Code is never run to read a model.',
    cure: `If it is a model of pytm, run it yourself and name what it writes: ${DUMP}`,
  },
  {
    sign: /^(strict\s{1,10})?(di)?graph\b[^{;]{0,200}\{/i,
    code: 'import.drawing',
    message: 'This is a drawing for Graphviz (.dot): it says how boxes and lines look, not what they are.',
    cure: `If pytm drew it, name the model instead: ${DUMP}`,
  },
  { sign: /^</, code: 'import.xml', message: 'This is XML, in a format that Skeptic does not read.', cure: CONVERT },
]

/** Which format a parsed file has, by the keys only that format has; a bundle of ours is no foreign format. */
export function formatOf(file: string, root: unknown): Result<'skeptic' | TreeReader> {
  const raw = recordOf(root)
  if (raw?.skeptic === 'bundle') return ok('skeptic')
  const stated = raw && TREES.find(({ is }) => is(raw))
  if (stated) return ok(stated)
  if (isRuleLibrary(root)) return ruleLibrary(file)
  const known = raw && OTHERS.find(({ is }) => is(raw))
  if (raw && !known && DRAGON.is(raw)) return ok(DRAGON)
  return refuse({
    at: file,
    ...(known
      ? notRead(known.title, known.never === true)
      : {
          code: 'import.unknown',
          message: `This is JSON or YAML, but no model that Skeptic knows: ${found(root)}.`,
          cure: CONVERT,
        }),
  })
}

/** Threats of pytm, each with a condition written in Python. */
function isRuleLibrary(root: unknown): boolean {
  const first = Array.isArray(root) ? recordOf(root[0]) : undefined
  return first !== undefined && Object.hasOwn(first, 'SID') && Object.hasOwn(first, 'condition')
}

function ruleLibrary(file: string): Result<never> {
  return refuse({
    code: 'import.rules',
    at: file,
    message: 'This is a library of threat rules of pytm, no model; its conditions are Python code, which is never run.',
    cure: `Name the model instead: ${DUMP}`,
  })
}

type Other = { readonly title: string; readonly is: (root: Raw) => boolean; readonly never?: true }

const OTHERS: readonly Other[] = [
  { title: 'a JSON Schema, not a model', is: has('type', 'properties'), never: true },
  { title: 'a scanner report (SARIF), which belongs to verify', is: has('runs', 'version'), never: true },
  ...OTHER_YAML.map(({ title, keys }) => ({ title, is: has(...keys), never: true as const })),
  { title: 'one file of a Skeptic design folder', is: has('format', 'designId'), never: true },
]

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
