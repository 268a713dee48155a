import type { XmlItem } from '../reading/xml-items.ts'
import { type Fields, fieldsOf, textIn } from './fields.ts'

/** A property of a drawn object, as the tool shows it. */
export type Property = {
  readonly title: string
  /** The internal name; empty for what every object has. */
  readonly id: string
  readonly kind: 'text' | 'flag' | 'choice'
  readonly value: string
  /** A choice that stands as the template has it: its answer, or nobody looked. */
  readonly isUntouched: boolean
}

/** The properties of an object and its headings, of which the first is the name of its stencil. */
export type Properties = { readonly list: readonly Property[]; readonly heading: string | undefined }

/** Reads a list of properties; headings and what has no value are no properties. */
export function propertiesOf(item: XmlItem | undefined): Properties {
  const list: Property[] = []
  let heading: string | undefined
  for (const child of item?.children ?? []) {
    const fields = fieldsOf(child)
    const title = textIn(fields, 'DisplayName') ?? ''
    if (child.type === 'HeaderDisplayAttribute') heading ??= title === '' ? undefined : title
    else {
      const property = propertyOf(child.type, title, fields)
      if (property) list.push(property)
    }
  }
  return { list, heading }
}

function propertyOf(type: string, title: string, fields: Fields): Property | undefined {
  const value = fields.get('Value')
  const id = textIn(fields, 'Name') ?? ''
  if (!value || (title === '' && id === '')) return undefined
  const options = value.children.filter(({ name }) => name === 'string')
  if (options.length === 0) {
    const text = value.text.trim()
    if (text === '') return undefined
    return { title: title || id, id, kind: type === 'BooleanDisplayAttribute' ? 'flag' : 'text', value: text, isUntouched: false }
  }
  const index = Number(textIn(fields, 'SelectedIndex') ?? 0)
  const chosen = options[index]?.text.trim() ?? ''
  if (chosen === '') return undefined
  const isFixed = type === 'StaticListDisplayAttribute' || options.length === 1
  return { title: title || id, id, kind: 'choice', value: chosen, isUntouched: !isFixed && index === 0 }
}

/** What the tool itself asks of every object, by internal names; the words it shows for them may be translated. */
const OWN = {
  outOfScope: '71f3d9aa-b8ef-4e54-8126-607a1d903103',
  reason: '752473b6-52d4-4776-9a24-202153f7d579',
  order: '15ccd509-98eb-49ad-b9c2-b4a2926d1780',
} as const

/** What the tool asks of every object, apart from what its template adds. */
export type Basics = {
  readonly name: string | undefined
  readonly isOutOfScope: boolean
  readonly reason: string | undefined
  readonly rest: readonly Property[]
}

/** Takes name and scope out of the properties; the order of data flows says nothing while it is 0. */
export function basicsOf(list: readonly Property[]): Basics {
  const own = (id: string, title: RegExp) => list.find(one => one.id === id) ?? list.find(one => title.test(one.title))
  const name =
    list.find(({ id, kind, title }) => id === '' && kind === 'text' && title === 'Name') ??
    list.find(({ id, kind }) => id === '' && kind === 'text')
  const scope = own(OWN.outOfScope, /^out of scope$/i)
  const reason = own(OWN.reason, /^reason for out of scope$/i)
  const isOutOfScope = /^(true|1)$/i.test(scope?.value ?? '')
  const read = [
    name,
    isOutOfScope || /^(false|0)$/i.test(scope?.value ?? '') ? scope : undefined,
    isOutOfScope ? reason : undefined,
  ]
  const isOrder = ({ id, title, value }: Property) => (id === OWN.order || title === 'Dataflow Order') && value === '0'
  return {
    name: name?.value,
    isOutOfScope,
    reason: reason?.value,
    rest: list.filter(property => !read.includes(property) && !isOrder(property)),
  }
}
