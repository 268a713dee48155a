import { tooLarge } from '../../model/json.ts'
import { type Result, refuse } from '../../support/result.ts'
import { XML_LIMITS } from '../reading/xml.ts'

/** Whether a file looks like a template, by its first characters; its name says nothing. */
export function looksLikeTb7(text: string): boolean {
  return ROOT_TAG.exec(headOf(text))?.[1] === 'KnowledgeBase'
}

/** Why a file is no template, when its first characters or its size tell; nothing when it may be one. */
export function notTemplate(file: string, text: string): Result<never> | undefined {
  if (text.length > XML_LIMITS.length) return tooLarge(file, text.length, XML_LIMITS.length)
  const head = headOf(text)
  const root = ROOT_TAG.exec(head)?.[1]
  if (root === 'KnowledgeBase') return undefined
  const known = OTHERS.find(({ sign }) => sign.test(head))
  // What starts like XML is left to the reader of XML, which knows the place of its fault.
  if (!known && root === undefined && head.startsWith('<')) return undefined
  return refuse({
    code: known?.code ?? 'tb7.notTemplate',
    at: `${file}:1:1`,
    message: known?.message ?? (root ? `XML with the root <${root.slice(0, 60)}>, not <KnowledgeBase>.` : 'This is no XML.'),
    cure: known?.cure ?? 'Name the template of the Microsoft Threat Modeling Tool (.tb7).',
  })
}

function headOf(text: string): string {
  return text
    .slice(0, 4000)
    .replace(/^\uFEFF/, '')
    .trimStart()
}

/** After the XML declaration and comments. */
const ROOT_TAG = /^(?:<\?[^>]*>\s*|<!--(?:(?!-->)[\s\S])*-->\s*)*<([A-Za-z_][\w:.-]*)/

type Other = { readonly sign: RegExp; readonly code: string; readonly message: string; readonly cure: string }

const OTHERS: readonly Other[] = [
  { sign: /^$/, code: 'tb7.empty', message: 'The file is empty.', cure: 'Fetch it again.' },
  {
    sign: /^PK[^\P{Cc}\s]/u,
    code: 'tb7.zip',
    message: 'This is a zip archive, whatever its name says.',
    cure: 'Unpack it and name the template inside.',
  },
  {
    sign: /^[^<]*[^\P{Cc}\s]|\uFFFD.{0,20}\uFFFD/su,
    code: 'tb7.binary',
    message: 'This is binary, or text that is not stored as UTF-8.',
    cure: 'Save the template again in the Microsoft Threat Modeling Tool, or store it as UTF-8.',
  },
  {
    sign: /^(?:<\?[^>]*>\s*)?<ThreatModel[\s>]/,
    code: 'tb7.model',
    message: 'This is a model (.tm7), not a template; its rules came from the template it was drawn with.',
    cure: 'Name that template, or save it out of the model in the Microsoft Threat Modeling Tool.',
  },
]
