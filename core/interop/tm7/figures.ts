import type { DrawnEnd, DrawnKind, DrawnShape } from '../reading/drawing.ts'
import { defined } from '../reading/json-fields.ts'
import type { XmlItem } from '../reading/xml-items.ts'
import { entryOf, type Fields, fieldsOf, guidIn, numberIn, textIn } from './fields.ts'
import { type Properties, propertiesOf } from './properties.ts'

/** Anything drawn, as its entry in the file says. */
export type Figure = Properties & {
  readonly place: string
  /** The key of its entry; the same as its id unless somebody edited the file. */
  readonly key: string | undefined
  readonly guid: string | undefined
  /** What it is drawn with, such as StencilEllipse. */
  readonly shape: string
  /** The root of its stencil's family, such as GE.P. */
  readonly generic: string
  readonly stencil: string
  readonly drawn: DrawnShape
}

/** The figure of an entry of `Borders` or `Lines`; nothing when the entry holds none. */
export function figureOf(item: XmlItem, place: string): Figure | undefined {
  const { key, value } = entryOf(item)
  if (!value || value.children.length === 0) return undefined
  const fields = fieldsOf(value)
  return {
    ...propertiesOf(fields.get('Properties')),
    place,
    key,
    guid: guidIn(fields, 'Guid') ?? key,
    shape: value.type,
    generic: textIn(fields, 'GenericTypeId') ?? '',
    stencil: textIn(fields, 'TypeId') ?? '',
    drawn: drawnAs(fields, place),
  }
}

function drawnAs(fields: Fields, place: string): DrawnShape {
  const width = numberIn(fields, 'Width')
  const height = numberIn(fields, 'Height')
  const handle = pointIn(fields, 'HandleX', 'HandleY')
  return defined({
    position: pointIn(fields, 'Left', 'Top'),
    size: width !== undefined && height !== undefined && width > 0 && height > 0 ? { width, height } : undefined,
    source: endIn(fields, place, 'Source'),
    target: endIn(fields, place, 'Target'),
    vertices: handle && [handle],
  })
}

function endIn(fields: Fields, place: string, end: 'Source' | 'Target'): DrawnEnd | undefined {
  const on = guidIn(fields, `${end}Guid`)
  const at = pointIn(fields, `${end}X`, `${end}Y`)
  return on !== undefined || at ? defined({ on, at, place: `${place}/Value/${end}Guid` }) : undefined
}

function pointIn(fields: Fields, across: string, down: string) {
  const x = numberIn(fields, across)
  const y = numberIn(fields, down)
  return x === undefined || y === undefined ? undefined : { x, y }
}

const GENERIC: Readonly<Record<string, DrawnKind>> = {
  'GE.P': 'process',
  'GE.DS': 'dataStore',
  'GE.EI': 'externalEntity',
  'GE.DF': 'flow',
  'GE.TB.B': 'box',
  'GE.TB.L': 'line',
  'GE.A': 'other',
}

const SHAPES: Readonly<Record<string, DrawnKind>> = {
  StencilEllipse: 'process',
  StencilParallelLines: 'dataStore',
  StencilRectangle: 'externalEntity',
  Connector: 'flow',
  BorderBoundary: 'box',
  LineBoundary: 'line',
}

/** What a figure is, and whether only its shape says so. */
export type Kind = { readonly kind: DrawnKind; readonly isGuessed: boolean }

/**
 * A figure of one of Microsoft's families is what its family is; where a template has families of its own, the shape is all there is.
 * Boundaries and flows look like nothing else, so for them the shape is as good.
 */
export function kindOf({ generic, shape }: Pick<Figure, 'generic' | 'shape'>): Kind {
  const drawn = Object.hasOwn(SHAPES, shape) ? SHAPES[shape] : undefined
  const family = Object.hasOwn(GENERIC, generic) ? GENERIC[generic] : undefined
  if (drawn === 'box' || drawn === 'line' || drawn === 'flow') return { kind: drawn, isGuessed: false }
  if (family) return { kind: family, isGuessed: false }
  return { kind: drawn ?? 'other', isGuessed: drawn !== undefined }
}
