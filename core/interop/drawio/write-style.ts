import type { Boundary, Element, Flow } from '../../model/types.ts'
import { isFromDrawio } from './ids.ts'
import type { OwnKind } from './own.ts'
import { shapeOfVertex } from './shapes.ts'
import { hasArrow, styleOf } from './style.ts'

/** The last word tells a style of ours from one that a person chose. */
const OWN = 'skeptic=1;'
const BOUNDARY = 'html=1;dashed=1;strokeColor=#B85450;fontColor=#B85450;'

const STYLES = {
  process: `ellipse;whiteSpace=wrap;html=1;${OWN}`,
  dataStore: `shape=partialRectangle;whiteSpace=wrap;html=1;left=0;right=0;fillColor=none;${OWN}`,
  externalEntity: `rounded=0;whiteSpace=wrap;html=1;${OWN}`,
  box: `rounded=0;whiteSpace=wrap;${BOUNDARY}fillColor=none;verticalAlign=top;align=left;spacingLeft=8;container=1;collapsible=0;recursiveResize=0;${OWN}`,
  curve: `${BOUNDARY}endArrow=none;curved=1;${OWN}`,
  flow: `html=1;endArrow=classic;rounded=0;${OWN}`,
  both: `html=1;endArrow=classic;startArrow=classic;rounded=0;${OWN}`,
} as const

/** The style that a thing had in draw.io, as long as it still draws what it is; else ours. */
export function styleFor(row: Element | Flow | Boundary, kind: OwnKind): string {
  const kept = isFromDrawio(row) ? row.foreign?.style : undefined
  if (typeof kept === 'string' && isStillTrue(row, kind, kept)) return kind === 'flow' ? withArrows(kept, row as Flow) : kept
  if (kind === 'flow') return (row as Flow).bidirectional === true ? STYLES.both : STYLES.flow
  if (kind === 'boundary') return (row as Boundary).membership === 'unresolved' ? STYLES.curve : STYLES.box
  return STYLES[kind]
}

/** Whether a thing had a style in draw.io that would now draw something else. */
export function isStyleLost(row: Element | Flow | Boundary, kind: OwnKind): boolean {
  const kept = isFromDrawio(row) ? row.foreign?.style : undefined
  return typeof kept === 'string' && !isStillTrue(row, kind, kept)
}

/** The arrows that the flow has now; a line that was drawn backwards or without any is written forwards. */
function withArrows(kept: string, { bidirectional }: Flow): string {
  const style = styleOf(kept)
  if (hasArrow(style, 'endArrow') && hasArrow(style, 'startArrow') === (bidirectional === true)) return kept
  const arrow = (end: 'startArrow' | 'endArrow') =>
    `${end}=${hasArrow(style, end) ? (style.values.get(end) ?? 'classic') : 'classic'}`
  const rest = kept.split(';').filter(part => part.trim() !== '' && !/^\s*(start|end)Arrow\s*=/.test(part))
  return `${[...rest, arrow('endArrow'), bidirectional ? arrow('startArrow') : 'startArrow=none'].join(';')};`
}

/** A style must not say another kind, another direction or another sort of cell than the design now does. */
function isStillTrue(row: Element | Flow | Boundary, kind: OwnKind, kept: string): boolean {
  const style = styleOf(kept)
  const isLine = style.values.has('endArrow') || style.values.has('startArrow')
  if (kind === 'flow') return true
  if (kind === 'boundary' && (row as Boundary).membership === 'unresolved') return isLine && !hasArrow(style, 'endArrow')
  const shape = shapeOfVertex({ style, data: {} })
  return !isLine && (kind === 'boundary' ? shape !== 'line' : !SAYING.has(shape) || shape === kind)
}

/** Shapes that mean one kind to whoever reads the drawing. */
const SAYING: ReadonlySet<string> = new Set([
  'process',
  'dataStore',
  'externalEntity',
  'line',
  'flow',
  'group',
  'text',
  'label',
  'other',
])
