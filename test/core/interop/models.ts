/** Small models of our own in the formats of Threat Dragon, holding one of everything. */

export const ids = {
  user: '6a1f0c52-95d1-4f0f-9a57-1f1b6f3f0001',
  shop: '6a1f0c52-95d1-4f0f-9a57-1f1b6f3f0002',
  orders: '6a1f0c52-95d1-4f0f-9a57-1f1b6f3f0003',
  flow: '6a1f0c52-95d1-4f0f-9a57-1f1b6f3f0004',
  query: '6a1f0c52-95d1-4f0f-9a57-1f1b6f3f0005',
  box: '6a1f0c52-95d1-4f0f-9a57-1f1b6f3f0006',
  curve: '6a1f0c52-95d1-4f0f-9a57-1f1b6f3f0007',
  inner: '6a1f0c52-95d1-4f0f-9a57-1f1b6f3f0008',
  text: '6a1f0c52-95d1-4f0f-9a57-1f1b6f3f0009',
}

export type Cell = Record<string, unknown>

const PLACES: Readonly<Record<string, readonly [number, number, number, number]>> = {
  user: [0, 0, 100, 60],
  shop: [320, 20, 100, 100],
  orders: [520, 60, 120, 60],
  box: [300, 0, 400, 300],
  inner: [500, 40, 180, 120],
}

function node(name: keyof typeof PLACES, shape: string, data: Cell): Cell {
  const [x, y, width, height] = PLACES[name] ?? [0, 0, 10, 10]
  const id = ids[name as keyof typeof ids]
  return { id, shape, position: { x, y }, size: { width, height }, zIndex: 1, attrs: { body: { stroke: 'red' } }, data }
}

const element = { outOfScope: false, reasonOutOfScope: '', hasOpenThreats: false, threats: [] }
const plainFlow = {
  type: 'tm.Flow',
  ...element,
  isBidirectional: false,
  isEncrypted: false,
  isPublicNetwork: false,
  protocol: '',
}

export function threat(fields: Cell = {}): Cell {
  return {
    id: 'b1c4f0a2-0000-4000-8000-000000000001',
    title: 'Someone poses as a customer',
    type: 'Spoofing',
    modelType: 'STRIDE',
    status: 'Open',
    severity: 'High',
    description: 'Passwords are guessed.',
    mitigation: '',
    number: 1,
    new: false,
    ...fields,
  }
}

export function cellsV2(): Cell[] {
  return [
    node('box', 'trust-boundary-box', { type: 'tm.BoundaryBox', name: 'Company', description: '', isTrustBoundary: true }),
    node('inner', 'trust-boundary-box', { type: 'tm.BoundaryBox', name: 'Database network', isTrustBoundary: true }),
    node('user', 'actor', { type: 'tm.Actor', name: 'Customer', ...element, providesAuthentication: false }),
    node('shop', 'process', { type: 'tm.Process', name: 'Shop', ...element, isWebApplication: false, threats: [threat()] }),
    node('orders', 'store', { type: 'tm.Store', name: 'Orders', ...element, isALog: false, isEncrypted: false }),
    {
      id: ids.flow,
      shape: 'flow',
      source: { cell: ids.user, port: 'p' },
      target: { cell: ids.shop, port: 'q' },
      vertices: [{ x: 200, y: 40 }],
      data: { ...plainFlow, name: 'Order' },
    },
    { id: ids.query, shape: 'flow', source: { cell: ids.shop }, target: { x: 600, y: 200 }, data: { ...plainFlow, name: '' } },
    {
      id: ids.curve,
      shape: 'trust-boundary-curve',
      source: { x: 250, y: 0 },
      target: { x: 260, y: 300 },
      data: { type: 'tm.Boundary', name: 'Internet', description: '', isTrustBoundary: true },
    },
    { id: ids.text, shape: 'td-text-block', position: { x: 0, y: 400 }, data: { type: 'tm.Text', name: 'Read me' } },
  ]
}

export function modelV2(cells: readonly unknown[] = cellsV2(), more: Cell = {}): Cell {
  return {
    version: '2.3.0',
    summary: { title: 'Shop', owner: 'Security lead', description: 'Sells things.', id: 0 },
    detail: {
      contributors: [{ name: 'Architect' }],
      diagrams: [{ id: 0, title: 'Ordering', diagramType: 'STRIDE', thumbnail: './x.jpg', version: '2.3.0', cells }],
      diagramTop: 1,
      reviewer: 'Reviewer',
      threatTop: 1,
    },
    ...more,
  }
}

export function cellsV1(): Cell[] {
  const drawn = { attrs: { text: { text: 'Customer' } }, angle: 0, z: 1 }
  return [
    { type: 'tm.Actor', id: ids.user, position: { x: 0, y: 0 }, size: { width: 160, height: 80 }, ...drawn },
    {
      type: 'tm.Process',
      id: ids.shop,
      position: { x: 300, y: 0 },
      size: { width: 100, height: 100 },
      attrs: { text: { text: 'Shop' } },
      privilegeLevel: 'Limited',
      threats: [threat({ id: undefined, modelType: undefined, status: 'Not Applicable', mitigation: 'No login here.' })],
    },
    {
      type: 'tm.Flow',
      id: ids.flow,
      source: { id: ids.user },
      target: { id: ids.shop },
      labels: [{ position: 0.5, attrs: { text: { text: 'Order' } } }],
      vertices: [],
      isEncrypted: true,
      isPublicNetwork: true,
      protocol: 'HTTPS',
    },
    { type: 'tm.Boundary', id: ids.curve, source: { x: 200, y: 0 }, target: { x: 210, y: 200 }, vertices: [] },
  ]
}

export function modelV1(cells: readonly unknown[] = cellsV1()): Cell {
  return {
    summary: { title: 'Shop', owner: 'Security lead' },
    detail: {
      contributors: [],
      diagrams: [{ id: 0, title: 'Ordering', diagramJson: { cells }, size: { height: '590', width: '790' } }],
    },
  }
}
