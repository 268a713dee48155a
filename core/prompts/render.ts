import runtime from 'handlebars/runtime'
import { digestOf } from '../model/digest.ts'
import { byText } from '../support/order.ts'
import { tagged } from './tags.ts'

/** The namespace of templates/generated/templates.js: compiled templates, and the sources that identify them. */
export type Templates = {
  readonly templates: Readonly<Record<string, unknown>>
  readonly partials: Readonly<Record<string, unknown>>
  readonly sources: Readonly<Record<string, string>>
}

/** What a template may read: texts, lists and groups of them, never numbers, functions or prototypes. */
export type TemplateValue = string | readonly TemplateValue[] | { readonly [name: string]: TemplateValue }

/** What stands between header and footer in place of the built-in sections, and which template wrote it. */
export type OwnSections = { readonly origin: string; readonly text: string }

/** Renders a template; a name it uses and the context lacks is a bug and throws. */
export function renderTemplate(templates: Templates, name: string, context: TemplateValue, own?: OwnSections): string {
  const engine = engineFor(templates)
  const spec = templates.templates[name]
  if (spec === undefined) throw new Error(`renderTemplate: no template ${name}`)
  const partials = own && { sections: () => tagged([own.origin], own.text) }
  return tagged([`templates/${name}`], engine.template(spec)(bare(context), partials && { partials }))
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

/** The package types its runtime as empty; it is the whole without the compiler. */
const Handlebars = runtime as unknown as { readonly create: () => Engine }

type Render = (context: unknown, options?: object) => string
type Engine = {
  readonly template: (spec: unknown) => Render
  readonly registerPartial: (name: string, partial: Render) => void
}
const engines = new WeakMap<Templates['partials'], Engine>()

function engineFor(templates: Templates): Engine {
  const known = engines.get(templates.partials)
  if (known) return known
  const engine = Handlebars.create()
  for (const [name, spec] of Object.entries(templates.partials)) {
    const partial = engine.template(spec)
    // Tagging here tells every line which file wrote it, without a word in the templates themselves.
    engine.registerPartial(name, (context, options) => tagged([`partials/${name}`], partial(context, options)))
  }
  engines.set(templates.partials, engine)
  return engine
}

/** A JSON clone whose objects inherit nothing, so that a template reaches nothing but what was put in. */
function bare(value: TemplateValue): unknown {
  if (typeof value === 'string') return value
  if (isList(value)) return value.map(bare)
  const copy = new Bare()
  for (const key of Object.keys(value)) copy[key] = bare(value[key] ?? '')
  return copy
}

function isList(value: TemplateValue): value is readonly TemplateValue[] {
  return Array.isArray(value)
}

/** Makes objects with an empty prototype: as safe as none at all, and read several times as fast. */
const Bare = Object.assign(function Bare() {}, { prototype: Object.freeze(Object.create(null)) }) as unknown as new () => Record<
  string,
  unknown
>
