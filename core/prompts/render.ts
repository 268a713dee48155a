import { digestOf } from '../model/digest.ts'
import { byText } from '../support/order.ts'
import { tagged } from './tags.ts'

/** A template as the function it was compiled to. */
export type Writer = (context: TemplateValue, kit: Kit) => string

/** The namespace of templates/generated/templates.js: compiled templates, and the sources that identify them. */
export type Templates = {
  readonly templates: Readonly<Record<string, Writer>>
  readonly partials: Readonly<Record<string, Writer>>
  readonly sources: Readonly<Record<string, string>>
}

/** What a template may read: texts, lists and groups of them, never numbers, functions or prototypes. */
export type TemplateValue = string | readonly TemplateValue[] | { readonly [name: string]: TemplateValue }

/** What stands between header and footer in place of the built-in sections, and which template wrote it. */
export type OwnSections = { readonly origin: string; readonly text: string }

/** Renders a template; a name it uses and the context lacks is a bug and throws. */
export function renderTemplate(templates: Templates, name: string, context: TemplateValue, own?: OwnSections): string {
  const write = templates.templates[name]
  if (write === undefined) throw new Error(`renderTemplate: no template ${name}`)
  return tagged([`templates/${name}`], write(context, kitFor(templates, own)))
}

/** Hash of a template and of every partial it could use; a changed text makes the prompts made from it stale. */
export function templateHash(templates: Templates, names: readonly string[]): string {
  const known = hashes.get(templates.sources) ?? new Map<string, string>()
  hashes.set(templates.sources, known)
  const key = names.join(' ')
  const hash = known.get(key) ?? hashOf(templates, names)
  known.set(key, hash)
  return hash
}

const hashes = new WeakMap<Templates['sources'], Map<string, string>>()

function hashOf(templates: Templates, names: readonly string[]): string {
  const wanted = Object.keys(templates.sources).filter(
    key => key.startsWith('partials/') || names.some(name => key === `templates/${name}`),
  )
  return digestOf(Object.fromEntries(wanted.sort(byText).map(key => [key, templates.sources[key]])))
}

/** What a compiled template reads values and calls partials with; joining the words is all it does itself (templates/code.ts). */
export type Kit = {
  readonly text: (value: TemplateValue | undefined, name: string) => string
  readonly has: (value: TemplateValue | undefined, name: string) => boolean
  readonly each: (value: TemplateValue | undefined, name: string, body: Body, otherwise: () => string) => string
  readonly inside: (value: TemplateValue | undefined, name: string, body: Body, otherwise: () => string) => string
  readonly part: (name: string, context: TemplateValue) => string
}

type Body = (context: TemplateValue, isFirst: boolean) => string

function kitFor({ partials }: Templates, own: OwnSections | undefined): Kit {
  const kit: Kit = { ...READING, part }
  return kit

  // Tagging here tells every line which file wrote it, without a word in the templates themselves.
  function part(name: string, context: TemplateValue): string {
    if (own && name === 'sections') return tagged([own.origin], own.text)
    const write = partials[name]
    if (write === undefined) throw new Error(`renderTemplate: no partial ${name}`)
    return tagged([`partials/${name}`], write(context, kit))
  }
}

/** Nothing but what the context holds is ever written: a name it lacks, or a group where a text should be, stops the rendering. */
const READING: Omit<Kit, 'part'> = {
  text: (value, name) => (typeof value === 'string' ? value : lacking(name, value)),
  has: (value, name) => (value === undefined ? lacking(name, value) : value.length !== 0),
  each: (value, name, body, otherwise) => {
    if (!isList(value)) return lacking(name, value)
    let text = ''
    for (const [at, one] of value.entries()) text += body(one, at === 0)
    return value.length === 0 ? otherwise() : text
  },
  inside: (value, name, body, otherwise) => {
    if (value === undefined || isList(value)) return lacking(name, value)
    return value === '' ? otherwise() : body(value, false)
  },
}

function lacking(name: string, value: TemplateValue | undefined): never {
  throw new Error(
    `renderTemplate: "${name}" ${value === undefined ? 'is not defined' : 'is of another kind than the template needs'}`,
  )
}

function isList(value: TemplateValue | undefined): value is readonly TemplateValue[] {
  return Array.isArray(value)
}
