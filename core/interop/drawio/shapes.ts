import { kindByWords } from '../reading/kind-words.ts'
import type { Cell } from './cells.ts'
import { hasArrow, isOn, shapeIn } from './style.ts'

/**
 * What a cell is by its shape: `plain` is the rectangle that may be anything, `group` only holds things together, `text` belongs to no
 * element, `label` to the line it hangs on.
 */
export type Shape =
  | 'process'
  | 'dataStore'
  | 'externalEntity'
  | 'plain'
  | 'box'
  | 'line'
  | 'flow'
  | 'group'
  | 'text'
  | 'label'
  | 'picture'
  | 'other'

/** Shapes of stencils by their names; the first that fits counts. */
const STENCILS: readonly { readonly name: RegExp; readonly shape: Shape }[] = [
  { name: /^(edgelabel)$/, shape: 'label' },
  { name: /^(text|label|note2?|callout|mxgraph\.basic\.rect.*callout)$/, shape: 'text' },
  { name: /^(table|tablerow|partialtable|or|xor|singlearrow|doublearrow|flexarrow|link|umllifeline|cross)$/, shape: 'other' },
  { name: /trust[-_ ]?(boundary|zone|line)|(^|[._])(boundary|zone)$|scopeboundary/, shape: 'box' },
  { name: /(^|\.)group(center)?2?$/, shape: 'box' },
  {
    name: /^(cylinder3?|datastore|partialrectangle|internalstorage|datastorage|tape|tapedata|lineshape|isocylinder2?)$/,
    shape: 'dataStore',
  },
  {
    name: /^mxgraph\.(dfd\.(datastore|archive)|flowchart\.(database|direct_data|stored_data|internal_storage|sequential_data))/,
    shape: 'dataStore',
  },
  { name: /^mxgraph\.ios7ui\.horlines$/, shape: 'dataStore' },
  { name: /^(umlactor|actor)$|^mxgraph\.dfd\.externalentity/, shape: 'externalEntity' },
  { name: /^mxgraph\.(c4\.person|basic\.person)/, shape: 'externalEntity' },
  {
    name: /^(ellipse|doubleellipse|hexagon|rhombus|process2?|cloud|step|parallelogram|trapezoid|triangle|cube|document|component|module)$/,
    shape: 'process',
  },
  { name: /^mxgraph\.(dfd|flowchart)\./, shape: 'process' },
  { name: /^(rectangle|ext|rect|rounded)?$/, shape: 'plain' },
]

/** What the shape of a vertex means, before anybody asks what lies in it. */
export function shapeOfVertex({ style, data }: Pick<Cell, 'style' | 'data'>): Shape {
  const stated = byData(data)
  if (stated) return stated
  const { names, values } = style
  if (names.has('group')) return 'group'
  if (names.has('swimlane') || values.get('shape') === 'swimlane')
    return values.get('childLayout') === 'stackLayout' ? 'process' : 'box'
  const name = shapeIn(style)
  const isDashed = isOn(style, 'dashed')
  if (name === 'requiredinterface' || name === 'line') return isDashed ? 'line' : 'other'
  const shape = STENCILS.find(one => one.name.test(name))?.shape ?? 'picture'
  const isHollow = values.get('fillColor') === 'none'
  if (isDashed && (shape === 'plain' || (isHollow && shape === 'process'))) return 'box'
  return shape === 'plain' && isOn(style, 'rounded') ? 'process' : shape
}

/** Data of the shape that names its kind: `type`, or what the C4 shapes carry. */
function byData(data: Cell['data']): Shape | undefined {
  const value = (data.type ?? data.kind ?? data.c4Type ?? '').slice(0, 100)
  if (value === '') return undefined
  return /boundary|zone/i.test(value) ? 'box' : kindByWords(value)
}

/** The element that a picture or a plain rectangle stands for. */
export function kindOf(
  shape: Shape,
  { text, style, styleText }: Cell,
  isRound: boolean,
): 'process' | 'dataStore' | 'externalEntity' {
  if (shape === 'process' || shape === 'dataStore' || shape === 'externalEntity') return shape
  if (shape === 'picture') {
    const stencil = style.values.get('resIcon') ?? style.values.get('prIcon') ?? style.values.get('shape')
    const image = /image=(?!data:)([^;]{1,200})/.exec(styleText.slice(0, 20_000))?.[1]
    return kindByWords(`${stencil ?? image ?? ''}`.replace(/\.(svg|png)$/, '')) ?? kindByWords(text) ?? 'process'
  }
  return isRound ? 'externalEntity' : (kindByWords(text) ?? 'process')
}

/** A line that joins nothing, points nowhere and is broken or curved is a boundary; other such lines only decorate. */
export function shapeOfEdge({ style, source, target, text }: Cell): Shape {
  if (source !== undefined || target !== undefined || hasArrow(style, 'endArrow') || hasArrow(style, 'startArrow')) return 'flow'
  const isBoundary = isOn(style, 'dashed') || isOn(style, 'curved') || /boundary|zone|grenze/i.test(text)
  return isBoundary ? 'line' : 'other'
}
