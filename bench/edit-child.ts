// One edit after another on a shared design of the given size; prints what each part took, as JSON (P2 and P3).

import * as Y from 'yjs'
import { deriveChecklist } from '../core/checklists/derive.ts'
import { flowsAt } from '../core/dfd/flows-at.ts'
import { flowTexts, nodeText } from '../core/dfd/to-mermaid.ts'
import type { Change } from '../core/model/change.ts'
import { plainTable, rowAt } from '../core/model/table.ts'
import type { AnyRow, Design, Table, WorkItem } from '../core/model/types.ts'
import { makePrompt } from '../core/prompts/make.ts'
import { indexFor } from '../core/threats/active.ts'
import { vouchFor } from '../core/threats/compile.ts'
import { placesOf } from '../core/threats/engine.ts'
import { Places } from '../core/threats/places.ts'
import { builtinPacks } from '../packs/builtin.ts'
import * as templates from '../templates/generated/templates.js'
import { shareModel } from '../ydoc/shared-model.ts'
import { answeredDesign } from './designs.ts'
import { mostHeld } from './held.ts'

const size = Number(process.argv[2])
const AT = '2026-01-01T00:00:00Z'
const WORK = 'W-00001'
const packs = builtinPacks
vouchFor(packs.rules)

const drawn = answeredDesign(size)
const processes = Object.values(drawn.elements).filter(element => element.kind === 'process')
const focus = processes[5] ?? processes[0]
if (!focus) throw new Error('edit-child: a design without processes')
const workItem: WorkItem = {
  id: WORK,
  name: 'Bench',
  goal: 'Add the booking of a transfer.',
  operation: 'generate',
  language: 'typescript',
  elements: { [focus.id]: true },
  mayEdit: { 'src/**': true },
  provenance: { kind: 'human', at: AT, by: 'bench' },
}
const design: Design = { ...drawn, workItems: { [WORK]: workItem } }
const ids = processes.map(element => element.id)

/** Microseconds that a step takes, over several. */
function timeOf(steps: number, step: () => void): number {
  const start = performance.now()
  for (let i = 0; i < steps; i++) step()
  return ((performance.now() - start) * 1000) / steps
}

/** The third, turn by turn: a name, an attribute, a technology; each says something else than the row does now. */
function edit(i: number, id: string): readonly Change[] {
  const row = rowAt(model.read().elements, id)
  const value = row?.attributes?.exposedToInternet === 'yes' ? 'no' : 'yes'
  const technology = row?.technology?.startsWith('PostgreSQL') ? `Redis ${i}` : `PostgreSQL ${i}`
  const fields = [{ name: `Renamed ${i}` }, { 'attributes/exposedToInternet': value }, { technology }][i % 3]
  return [{ kind: 'patch', table: 'elements', id, fields: fields ?? {} }]
}

const taken: number[] = []

/** Sets one element in a document of nothing but rows; `isKept` when somebody takes its updates, as whoever saves or shares it does. */
function bareSet(isKept: boolean): (i: number) => void {
  const doc = new Y.Doc()
  const [elements, flows] = [doc.getMap('elements'), doc.getMap('flows')]
  doc.transact(() => {
    for (const row of Object.values(design.elements)) elements.set(row.id, row)
    for (const row of Object.values(design.flows)) flows.set(row.id, row)
  })
  if (isKept) doc.on('update', (update: Uint8Array) => taken.push(update.length))
  return i => {
    const id = ids[(i * 7919) % ids.length] as string
    elements.set(id, { ...design.elements[id], name: `Renamed ${i}` })
  }
}

function whole(now: Design): Design {
  return Object.fromEntries(
    Object.entries(now).map(([name, rows]) => [name, plainTable(rows as Table<AnyRow>)]),
  ) as unknown as Design
}

const STEPS = 400
/** Rounds until both sides are compiled, which takes some thousand edits; those after are counted. */
const WARM = 15
const ROUNDS = 15
const set = bareSet(false)
const keptSet = bareSet(true)
const model = shareModel(design)
placesOf(model.read(), packs.rules)
const rounds: { set: number; kept: number; derive: number }[] = []
const times: number[] = []
// Both are timed at every step, in turn and amid the work that surrounds them in the window, so that neither runs in a warmer loop.
for (let round = 0; round < WARM + ROUNDS; round++) {
  let [alone, kept, derive] = [0, 0, 0]
  for (let i = 0; i < STEPS; i++) {
    const n = round * STEPS + i
    model.write(edit(n, ids[(n * 7919) % ids.length] as string))
    const now = model.read()
    const start = performance.now()
    set(n)
    const second = performance.now()
    keptSet(n)
    const between = performance.now()
    // Finding out what changed, and asking the rules there again.
    placesOf(now, packs.rules)
    const end = performance.now()
    alone += second - start
    kept += between - second
    derive += end - between
    if (round >= WARM) times.push(end - between)
  }
  if (round >= WARM) rounds.push({ set: (alone * 1000) / STEPS, kept: (kept * 1000) / STEPS, derive: (derive * 1000) / STEPS })
}

const index = indexFor(design, packs.rules)
const full = timeOf(3, () => void new Places(JSON.parse(JSON.stringify(whole(model.read()))) as Design, index).count)

const pipeline: number[] = []
let text = 0
for (let i = 0; i < 160; i++) {
  const start = performance.now()
  const written = model.write(edit(i, focus.id)) // holds the row to its schema
  const now = model.read()
  placesOf(now, packs.rules)
  const checklist = deriveChecklist(now, packs, { workItem: WORK, at: AT })
  const prompt = makePrompt(now, packs, templates as never, { workItem: WORK, target: 'markdown', at: AT, pass: 'draft' })
  const row = now.elements[focus.id]
  if (row) text += nodeText(row).length
  for (const flow of flowsAt(now.flows, focus.id)) for (const line of flowTexts(now, flow)) text += line.length
  if (i >= 40) pipeline.push(performance.now() - start)
  if (!written.ok || !checklist.ok || !prompt.ok) throw new Error('edit-child: a step was refused')
}

const sorted = (values: readonly number[]) => [...values].sort((a, b) => a - b)
const at = (values: readonly number[], part: number) => sorted(values)[Math.floor(values.length * part)] ?? 0
process.stdout.write(
  JSON.stringify({
    rounds,
    full,
    p99: at(times, 0.99),
    pipeline: { p50: at(pipeline, 0.5), p99: at(pipeline, 0.99) },
    text: text > 0,
    rss: mostHeld(),
  }),
)
