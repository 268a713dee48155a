import { ok, type Result, refuse } from '../../support/result.ts'
import type { XmlNode } from '../reading/xml.ts'

/** A template of the Microsoft Threat Modeling Tool, as far as its rules need it. */
export type Template = {
  readonly name: string
  readonly id: string
  readonly version: string
  readonly author: string
  readonly stencils: readonly Stencil[]
  readonly categories: readonly TemplateCategory[]
  readonly threats: readonly ThreatType[]
}

/** A shape of the palette; the generic ones have the parent ROOT. */
export type Stencil = {
  readonly id: string
  readonly name: string
  readonly parent: string
  /** Ellipse, Rectangle, ParallelLines, Line, BorderBoundary, LineBoundary, Annotation or Inherited. */
  readonly shape: string
  readonly attributes: readonly StencilAttribute[]
  readonly at: number
}

/** A property its drawn objects have. The first value is what nobody has touched; a fixed one has one value. */
export type StencilAttribute = {
  readonly name: string
  readonly title: string
  readonly values: readonly string[]
  readonly isFixed: boolean
}

export type TemplateCategory = { readonly id: string; readonly name: string; readonly description: string; readonly at: number }

/** What the tool generates threats from. */
export type ThreatType = {
  readonly id: string
  readonly title: string
  readonly description: string
  readonly category: string
  readonly include: FilterText
  readonly exclude: FilterText
  /** Everything else it says, by the internal name of the field. */
  readonly fields: Readonly<Record<string, string>>
  readonly at: number
}

/** A filter as it stands in the file; `inside` is where its text begins. */
export type FilterText = { readonly text: string; readonly inside: number }

/** No public template comes near; without a limit, rules times stencils would fill any memory. */
export const TEMPLATE_LIMITS = { stencils: 500, threats: 2000 }

/** The parts of a template by their tags; tags that nobody knows are passed over. */
export function templateOf(file: string, root: XmlNode): Result<Template> {
  const manifest = childOf(root, 'Manifest')?.attributes ?? {}
  const template: Template = {
    name: manifest.name?.trim() || 'Unnamed template',
    id: manifest.id?.trim() ?? '',
    version: manifest.version?.trim() ?? '',
    author: manifest.author?.trim() ?? '',
    stencils: ['GenericElements', 'StandardElements'].flatMap(list =>
      childrenOf(childOf(root, list), 'ElementType').map(stencilOf),
    ),
    categories: childrenOf(childOf(root, 'ThreatCategories'), 'ThreatCategory').map(categoryOf),
    threats: childrenOf(childOf(root, 'ThreatTypes'), 'ThreatType').map(threatOf),
  }
  if (template.threats.length === 0)
    return refuse({
      code: 'tb7.noThreats',
      at: file,
      message: 'The template holds no threat types, so there are no rules in it.',
      cure: 'Check that it is the right template.',
    })
  return tooLarge(file, template) ?? ok(template)
}

function tooLarge(file: string, { stencils, threats }: Template): Result<Template> | undefined {
  const [what, count, most] =
    threats.length > TEMPLATE_LIMITS.threats
      ? ['threat types', threats.length, TEMPLATE_LIMITS.threats]
      : ['stencils', stencils.length, TEMPLATE_LIMITS.stencils]
  if (count <= most) return undefined
  return refuse({
    code: 'tb7.limit',
    at: file,
    message: `The template holds ${count} ${what}; at most ${most} are read.`,
    cure: 'Check that it is the right file: no real template comes near this.',
  })
}

function stencilOf(node: XmlNode): Stencil {
  return {
    id: textIn(node, 'ID'),
    name: textIn(node, 'Name'),
    parent: textIn(node, 'ParentElement'),
    shape: textIn(node, 'Representation'),
    attributes: childrenOf(childOf(node, 'Attributes'), 'Attribute').map(attributeOf),
    at: node.at,
  }
}

function attributeOf(node: XmlNode): StencilAttribute {
  const name = textIn(node, 'Name')
  return {
    name,
    title: textIn(node, 'DisplayName') || name,
    values: childrenOf(childOf(node, 'AttributeValues'), 'Value').map(value => plain(value.text)),
    isFixed: textIn(node, 'Mode') === 'Static',
  }
}

function categoryOf(node: XmlNode): TemplateCategory {
  const description = `${textIn(node, 'ShortDescription')} ${textIn(node, 'LongDescription')}`.trim()
  return { id: textIn(node, 'Id'), name: textIn(node, 'Name'), description, at: node.at }
}

function threatOf(node: XmlNode): ThreatType {
  const filters = childOf(node, 'GenerationFilters')
  const fields = childrenOf(childOf(node, 'PropertiesMetaData'), 'ThreatMetaDatum').map(
    field =>
      [textIn(field, 'Name'), childrenOf(childOf(field, 'Values'), 'Value').map(value => value.text.trim())[0] ?? ''] as const,
  )
  return {
    id: textIn(node, 'Id'),
    title: textIn(node, 'ShortTitle'),
    description: childOf(node, 'Description')?.text.trim() ?? '',
    category: textIn(node, 'Category'),
    include: filterIn(filters, 'Include'),
    exclude: filterIn(filters, 'Exclude'),
    fields: Object.fromEntries(fields.filter(([name, value]) => name !== '' && value !== '')),
    at: node.at,
  }
}

function filterIn(filters: XmlNode | undefined, name: string): FilterText {
  const node = filters && childOf(filters, name)
  return { text: node?.text ?? '', inside: node?.inside ?? 0 }
}

function childOf(node: XmlNode, name: string): XmlNode | undefined {
  return node.children.find(child => child.name === name)
}

function childrenOf(node: XmlNode | undefined, name: string): readonly XmlNode[] {
  return node?.children.filter(child => child.name === name) ?? []
}

function textIn(node: XmlNode, name: string): string {
  return plain(childOf(node, name)?.text ?? '')
}

function plain(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
