import { uuidOf } from '../writing/uuid.ts'

/** How Threat Dragon 2 draws: it makes most of it anew, but opens no cell without it. */
type Look = { readonly isOpen: boolean; readonly isOutOfScope: boolean }

const PLAIN = '#333333'
const OPEN = 'red'

/** A solid line is `none` here: Threat Dragon itself writes null, which its own schema refuses. */
function line({ isOpen, isOutOfScope }: Look) {
  return {
    stroke: isOpen ? OPEN : PLAIN,
    strokeWidth: isOpen ? 2.5 : 1.5,
    strokeDasharray: isOutOfScope ? '4 3' : 'none',
  }
}

/** Colours and lines of a process, a store or an actor, with its name. */
export function nodeAttrs(shape: string, name: string, look: Look) {
  const text = { text: { text: name } }
  return shape === 'store' ? { ...text, topLine: line(look), bottomLine: line(look) } : { ...text, body: line(look) }
}

export function flowAttrs(look: Look, isBidirectional: boolean) {
  return { line: { ...line(look), targetMarker: { name: 'block' }, sourceMarker: { name: isBidirectional ? 'block' : '' } } }
}

export const CURVE_ATTRS = { line: { strokeWidth: 3, strokeDasharray: '10 5', sourceMarker: '', targetMarker: '' } } as const

/** The name of a line, as Threat Dragon puts it into a white ellipse in the middle. */
export function labelsOf(name: string) {
  return [
    {
      markup: [
        { tagName: 'ellipse', selector: 'labelBody' },
        { tagName: 'text', selector: 'labelText' },
      ],
      attrs: {
        labelText: { text: name, textAnchor: 'middle', textVerticalAnchor: 'middle' },
        labelBody: { ref: 'labelText', refRx: '50%', refRy: '60%', fill: '#fff', strokeWidth: 0 },
      },
      position: { distance: 0.5, args: { keepGradient: true, ensureLegibility: true } },
    },
  ]
}

const SIDES = ['top', 'right', 'bottom', 'left'] as const

/** Where lines can be joined to a node; without them nobody could draw a flow to it. */
export function portsOf(cell: string) {
  const circle = { r: 4, magnet: true, stroke: '#5F95FF', strokeWidth: 1, fill: '#fff', style: { visibility: 'hidden' } }
  return {
    groups: Object.fromEntries(SIDES.map(side => [side, { position: side, attrs: { circle } }])),
    items: SIDES.map(side => ({ group: side, id: uuidOf('port', cell, side) })),
  }
}

/** The picture and the standing text of a diagram, which follow from its method. */
export function diagramLook(method: string) {
  const known = ['STRIDE', 'CIA', 'LINDDUN', 'DIE', 'PLOT4ai', 'EOP'].includes(method)
  const called = method === 'EOP' ? 'EoP games' : known ? method : 'generic'
  return {
    placeholder: `New ${called} diagram description`,
    thumbnail: `./public/content/images/thumbnail${known ? `.${method.toLowerCase()}` : ''}.jpg`,
  }
}
