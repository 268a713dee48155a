import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sliceOf } from '../../../core/gate/slice.ts'
import { applyChanges, type Change } from '../../../core/model/change.ts'
import { parseBundle } from '../../../core/model/parse.ts'
import { plainTable, rowsOf } from '../../../core/model/table.ts'
import { TABLE_NAMES } from '../../../core/model/tables.ts'
import type { AnyRow, Design, Table, TableName } from '../../../core/model/types.ts'
import { bundleOf } from '../../../core/model/write.ts'
import { makePrompt, type Prompt } from '../../../core/prompts/make.ts'
import { promptSince } from '../../../core/prompts/since.ts'
import { entityDigests, sliceSince } from '../../../core/prompts/slice-since.ts'
import { builtinPacks } from '../../../packs/builtin.ts'
import * as templates from '../../../templates/generated/templates.js'
import { runs } from '../../support/runs.ts'
import { AT, type Ready, readyPrompt, sampleOrder, startedWork } from './golden/cases.ts'

const READY: readonly Ready[] = [await sampleOrder(), ...startedWork()]
const anyReady = fc.constantFrom(...READY)

function draftOf({ workItem }: Ready, design: Design): Prompt {
  const made = makePrompt(design, builtinPacks, templates, { workItem, target: 'markdown', at: AT, pass: 'draft' })
  if (!made.ok) throw new Error(made.problems[0].message)
  return made.value
}

function entitiesOf({ workItem }: Ready, design: Design): Readonly<Record<string, string>> {
  const slice = sliceOf(design, builtinPacks, { workItem, at: AT })
  if (!slice.ok) throw new Error(slice.problems[0].message)
  return entityDigests(design, slice.value)
}

/** The same value with the keys of every object in another order. */
function shuffled(value: unknown, next: () => number): unknown {
  if (Array.isArray(value)) return value.map(one => shuffled(one, next))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, inner]) => ({ key, inner: shuffled(inner, next), at: next() }))
  return Object.fromEntries(entries.sort((a, b) => a.at - b.at).map(({ key, inner }) => [key, inner]))
}

function reordered(design: Design, next: () => number): Design {
  const tables = TABLE_NAMES.map(name => [name, shuffled(plainTable(design[name] as Table<AnyRow>), next)])
  return Object.fromEntries(tables) as unknown as Design
}

describe('the same design gives the same prompt, byte for byte', () => {
  test('in whatever order its rows and their fields were put in', () => {
    fc.assert(
      fc.property(anyReady, fc.infiniteStream(fc.nat()), (ready, numbers) => {
        const other = { ...ready, design: reordered(ready.design, () => numbers.next().value as number) }
        expect(JSON.stringify(readyPrompt(other, 'skill'))).toBe(JSON.stringify(readyPrompt(ready, 'skill')))
      }),
      { numRuns: runs(12, 10_000) },
    )
  })

  test.each(READY)('$file: written and read again', ready => {
    const read = parseBundle('bundle.json', bundleOf(ready.design))
    if (!read.ok) throw new Error(read.problems[0].message)
    const again = readyPrompt({ ...ready, design: read.value }, 'markdown')
    expect(JSON.stringify(again)).toBe(JSON.stringify(readyPrompt(ready, 'markdown')))
  })
})

/** A text of each kind of row that people write, and that no rule and no link follows from. */
const WORDS: Partial<Record<TableName, string>> = {
  requirements: 'statement',
  assumptions: 'statement',
  elements: 'description',
  flows: 'description',
  boundaries: 'name',
  data: 'description',
  triage: 'reason',
  threats: 'statement',
  mitigations: 'statement',
  acceptances: 'reason',
  workItems: 'goal',
  diagrams: 'name',
  comments: 'text',
}

type Entity = { readonly ready: Ready; readonly table: TableName; readonly id: string; readonly field: string }

const ENTITIES: readonly Entity[] = READY.flatMap(ready =>
  Object.entries(WORDS).flatMap(([table, field]) =>
    rowsOf(ready.design[table as TableName] as Table<AnyRow>).map(({ id }) => ({ ready, table: table as TableName, id, field })),
  ),
)

/** Other words in one row. */
function reworded({ ready, table, id, field }: Entity, words: string): Design {
  const row = (ready.design[table] as Table<AnyRow>)[id] as unknown as Readonly<Record<string, unknown>>
  const change = { kind: 'patch', table, id, fields: { [field]: `${row[field] ?? ''} ${words}`.trim() } } as Change
  return applyChanges(ready.design, [change])
}

const PROMPTS = new Map(
  READY.map(ready => [ready, { prompt: draftOf(ready, ready.design), entities: entitiesOf(ready, ready.design) }]),
)

function nowOf(ready: Ready) {
  const known = PROMPTS.get(ready)
  if (!known) throw new Error('no prompt')
  return known
}

describe('a change', () => {
  test('outside the slice leaves the prompt as it is; inside it makes it stale and names what changed', () => {
    const seen = { inside: 0, outside: 0 }
    fc.assert(
      fc.property(fc.constantFrom(...ENTITIES), fc.stringMatching(/^[a-z]{2,9}$/), (entity, words) => {
        const { ready, id } = entity
        const { prompt, entities } = nowOf(ready)
        const design = reworded(entity, words)
        const after = draftOf(ready, design)
        if (!Object.hasOwn(entities, id)) {
          seen.outside++
          expect(JSON.stringify(after)).toBe(JSON.stringify(prompt))
          return
        }
        seen.inside++
        expect(after.slice).not.toBe(prompt.slice)
        expect(sliceSince(entities, entitiesOf(ready, design))).toEqual({ added: [], removed: [], changed: [id] })
        expect(promptSince(prompt, after).isSame).toBe(false)
      }),
      { numRuns: runs(40, 10_000) },
    )
    expect(seen.inside).toBeGreaterThan(0)
    expect(seen.outside).toBeGreaterThan(0)
  })

  test.each(READY)('$file: whatever the prompt names is in its slice', ready => {
    const { prompt, entities } = nowOf(ready)
    const named = new Set(prompt.text.match(/\b[RTMEFBDX]-[0-9A-HJKMNP-TV-Z]{5}\b/g))
    expect([...named].filter(id => !Object.hasOwn(entities, id))).toEqual([])
    expect(named.size).toBeGreaterThan(2)
  })

  test.each(READY)('$file: who does it and how far it is makes nothing stale', ready => {
    const [requirement] = rowsOf(ready.design.requirements)
    const [mitigation] = rowsOf(ready.design.mitigations)
    const patch = (table: TableName, id: string | undefined, fields: object) =>
      id === undefined ? [] : [{ kind: 'patch', table, id, fields } as Change]
    const design = applyChanges(ready.design, [
      ...patch('workItems', ready.workItem, { assignee: 'somebody else' }),
      ...patch('mitigations', mitigation?.id, { status: 'implemented', owner: 'somebody else' }),
      ...patch('requirements', requirement?.id, { parent: 'R-N0NE1' }),
    ])
    expect(JSON.stringify(draftOf(ready, design))).toBe(JSON.stringify(nowOf(ready).prompt))
  })

  test('a row that comes or goes is named as such', () => {
    expect(sliceSince({ 'R-1': 'a', 'T-1': 'b' }, { 'T-1': 'c', 'M-1': 'd' })).toEqual({
      added: ['M-1'],
      removed: ['R-1'],
      changed: ['T-1'],
    })
  })
})
