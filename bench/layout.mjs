// What a shared-document layout costs at 10,000 elements; see docs/decisions/0002-shared-document-layout.md.
// Run: node --expose-gc --no-flush-bytecode bench/layout.mjs [elements]
import * as Y from 'yjs'

const COUNT = Number(process.argv[2] ?? 10_000)
const EDITS = 10_000
const MAPS = new Set(['attributes', 'codeClasses', 'data', 'paths'])
const id = n => `E-${n.toString(32).toUpperCase().padStart(5, '0')}`

function element(n) {
  return {
    id: id(n),
    name: `Service ${n} of the payment platform`,
    kind: ['process', 'dataStore', 'externalEntity'][n % 3],
    technology: 'Node.js 22',
    boundary: `B-${(n % 97).toString(32).toUpperCase().padStart(5, '0')}`,
    attributes: { authenticates: 'yes', authorises: 'unknown', validatesInput: 'yes', logsAudit: 'no', exposedToInternet: 'no' },
    codeClasses: { authn: true, payment: true },
    data: { 'D-00001': true, [`D-${(n % 31).toString(32).toUpperCase().padStart(5, '0')}`]: true },
    paths: { [`services/s${n}/src/**`]: true },
    description: `Takes orders from the queue, checks them and hands them to step ${n + 1}; keeps no state of its own.`,
    provenance: { kind: 'import', at: '2026-11-22T16:00:00Z', by: 'importer', tool: 'threat-dragon', originalId: `c${n}` },
  }
}

function flat(row) {
  const cells = []
  for (const [field, value] of Object.entries(row)) {
    if (field === 'id') continue
    if (!MAPS.has(field)) cells.push([field, value])
    else for (const [key, inner] of Object.entries(value)) cells.push([`${field}/${key}`, inner])
  }
  return cells
}

// Every layout: fill a document, set one field, remove a row, and read all rows back as [id, flat fields].
const LAYOUTS = {
  'A one Y.Map for each row': {
    put: (root, row) => root.set(row.id, new Y.Map(flat(row))),
    set: (root, rowId, field, value) => root.get(rowId)?.set(field, value),
    read: root => {
      const rows = new Map()
      for (const [rowId, cells] of root.entries()) rows.set(rowId, Object.fromEntries(cells.entries()))
      return rows
    },
    observe: (root, touched) =>
      root.observeDeep(events => {
        for (const event of events) {
          if (event.path.length > 0) touched(String(event.path[0]))
          else for (const key of event.keysChanged) touched(key)
        }
      }),
    row: (root, rowId) => Object.fromEntries(root.get(rowId).entries()),
  },
  'B one flat map, a cell for each field': {
    put: (root, row) => {
      root.set(row.id, true)
      for (const [path, value] of flat(row)) root.set(`${row.id}/${path}`, value)
    },
    set: (root, rowId, field, value) => root.set(`${rowId}/${field}`, value),
    read: root => {
      const rows = new Map()
      for (const [key, value] of root.entries()) {
        const slash = key.indexOf('/')
        const rowId = slash < 0 ? key : key.slice(0, slash)
        const row = rows.get(rowId) ?? rows.set(rowId, {}).get(rowId)
        if (slash >= 0) row[key.slice(slash + 1)] = value
      }
      return rows
    },
    observe: (root, touched) =>
      root.observe(event => {
        for (const key of event.keysChanged) touched(key.split('/', 1)[0], key)
      }),
    row: (root, rowId, key, old) => ({ ...old, [key.slice(rowId.length + 1)]: root.get(key) }),
  },
  'C one flat map, a value for each row, a cell for each edited field': {
    put: (root, row) => root.set(row.id, row),
    set: (root, rowId, field, value) => root.set(`${rowId}/${field}`, value),
    read: root => {
      const rows = new Map()
      const edited = []
      for (const [key, value] of root.entries()) {
        if (key.includes('/')) edited.push([key, value])
        else rows.set(key, value)
      }
      for (const [key, value] of edited) {
        const slash = key.indexOf('/')
        const rowId = key.slice(0, slash)
        rows.set(rowId, { ...rows.get(rowId), [key.slice(slash + 1)]: value })
      }
      return rows
    },
    observe: (root, touched) =>
      root.observe(event => {
        for (const key of event.keysChanged) touched(key.split('/', 1)[0], key)
      }),
    row: (root, rowId, key, old) => ({ ...old, [key.slice(rowId.length + 1)]: root.get(key) }),
  },
  'D one value for each row (no field merging; floor)': {
    put: (root, row) => root.set(row.id, row),
    set: (root, rowId, field, value) => root.set(rowId, { ...root.get(rowId), [field]: value }),
    read: root => new Map(root.entries()),
    observe: (root, touched) =>
      root.observe(event => {
        for (const key of event.keysChanged) touched(key)
      }),
    row: (root, rowId) => root.get(rowId),
  },
}

const cpu = work => {
  const from = process.cpuUsage()
  work()
  const used = process.cpuUsage(from)
  return (used.user + used.system) / 1000
}
const heap = () => {
  for (let i = 0; i < 4; i++) globalThis.gc?.()
  return process.memoryUsage().heapUsed
}
const median = numbers => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]

function filled(layout) {
  const doc = new Y.Doc()
  const root = doc.getMap('elements')
  doc.transact(() => {
    for (let n = 0; n < COUNT; n++) layout.put(root, element(n))
  })
  return doc
}

function measure(layout) {
  const bytes = Y.encodeStateAsUpdate(filled(layout))
  const before = heap()
  const doc = new Y.Doc()
  const root = doc.getMap('elements')
  const load = cpu(() => Y.applyUpdate(doc, bytes))
  const loaded = heap()
  let rows
  const read = cpu(() => {
    rows = layout.read(root)
  })
  const held = heap()
  layout.observe(root, (rowId, key) => rows.set(rowId, layout.row(root, rowId, key, rows.get(rowId))))
  const edits = cpu(() => {
    for (let n = 0; n < EDITS; n++) doc.transact(() => layout.set(root, id((n * 7919) % COUNT), 'name', `Renamed ${n}`), 'me')
  })
  const grown = Y.encodeStateAsUpdate(doc).length
  return {
    'heap of the document, KB/element': (loaded - before) / COUNT / 1024,
    '+ plain rows': (held - before) / COUNT / 1024,
    'load, ms': load,
    'read all rows, ms': read,
    'one edit seen in the rows, us': (edits / EDITS) * 1000,
    'bytes, KB/element': bytes.length / COUNT / 1024,
    'bytes after the edits / before': grown / bytes.length,
  }
}

const only = process.argv[3]
const rounds = only ? 1 : 5
for (const [name, layout] of Object.entries(LAYOUTS)) {
  if (only && !name.startsWith(only)) continue
  const runs = Array.from({ length: rounds }, () => measure(layout))
  console.log(`\n${name}`)
  for (const key of Object.keys(runs[0])) {
    const values = runs.map(run => run[key])
    console.log(
      `  ${key.padEnd(36)} ${median(values).toFixed(2).padStart(8)}   (${Math.min(...values).toFixed(2)}..${Math.max(...values).toFixed(2)})`,
    )
  }
}
const text = JSON.stringify(Object.fromEntries(Array.from({ length: COUNT }, (_, n) => [id(n), element(n)])))
console.log(
  `\nfloor: JSON.parse of the same rows ${median(Array.from({ length: 9 }, () => cpu(() => JSON.parse(text)))).toFixed(1)} ms, ${(text.length / COUNT / 1024).toFixed(2)} KB/element`,
)
