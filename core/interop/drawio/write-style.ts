import type { Boundary, Element, Flow } from '../../model/types.ts'
import { isFromDrawio } from './ids.ts'
import type { OwnKind } from './own.ts'
import { hasArrow, isOn, styleOf } from './style.ts'

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
  if (typeof kept === 'string' && isStillTrue(row, kind, kept)) return kept
  if (kind === 'flow') return (row as Flow).bidirectional === true ? STYLES.both : STYLES.flow
  if (kind === 'boundary') return (row as Boundary).membership === 'unresolved' ? STYLES.curve : STYLES.box
  return STYLES[kind]
}

/** Only arrows say something that no attribute of ours says, and labels must be shown as the markup they are written in. */
function isStillTrue(row: Element | Flow | Boundary, kind: OwnKind, kept: string): boolean {
  const style = styleOf(kept)
  if (!isOn(style, 'html')) return false
  if (kind !== 'flow') return true
  return hasArrow(style, 'endArrow') && hasArrow(style, 'startArrow') === ((row as Flow).bidirectional === true)
}
