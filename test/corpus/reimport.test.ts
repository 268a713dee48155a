import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { importModel } from '../../core/interop/import.ts'
import { importFiles } from '../../core/interop/import-files.ts'
import { applyChanges, type Change, EMPTY_DESIGN } from '../../core/model/change.ts'
import { integrityProblems } from '../../core/model/integrity.ts'
import { rowsOf } from '../../core/model/table.ts'
import type { Design, Stamp } from '../../core/model/types.ts'

const folder = path.resolve(import.meta.dirname, '../../../shared/corpus/models/history-threat-composer')
const stamp: Stamp = { at: '2026-11-22T16:00:00Z', by: 'Security lead', random: () => 0.5 }
const human = { kind: 'human', at: stamp.at, by: 'architect' } as const
const YEARS = ['2023-11-22', '2024-09-02', '2025-05-01'] as const

const textOf = (day: string) => readFileSync(path.join(folder, `ThreatComposer@${day}.tc.json`), 'utf8')

function next(present: Design, day: string, more: { readonly prefer?: 'design' | 'file' } = {}) {
  const files = [{ name: `ThreatComposer@${day}.tc.json`, text: textOf(day) }]
  const result = importFiles(present, files, { stamp, ...more })
  expect(result.files).toMatchObject([{ kind: 'read', summary: { format: 'threat-composer' } }])
  return { ...result, after: applyChanges(present, result.changes) }
}

type Raw = Readonly<Record<string, unknown>>

/** Every statement of a raw file by its own id, with all of it that a design shows; dropped mitigations are none. */
function statements(day: string): ReadonlyMap<string, string> {
  const root = JSON.parse(textOf(day)) as Readonly<Record<string, readonly Raw[]>>
  const links = (id: unknown) =>
    (root.mitigationLinks ?? [])
      .filter(link => link.mitigationId === id)
      .map(link => link.linkedId)
      .sort()
  const all = ['threats', 'mitigations', 'assumptions'].flatMap(key =>
    (root[key] ?? [])
      .filter(raw => key !== 'mitigations' || raw.status !== 'mitigationResolvedWillNotAction')
      .map(({ numericId: _number, displayOrder: _order, ...raw }) => {
        return [`${key} ${raw.id}`, JSON.stringify({ ...raw, links: links(raw.id) })] as const
      }),
  )
  return new Map(all)
}

function rawDifference(from: string, to: string) {
  const [before, after] = [statements(from), statements(to)]
  const both = [...after.keys()].filter(key => before.has(key))
  return {
    added: [...after.keys()].filter(key => !before.has(key)).length,
    removed: [...before.keys()].filter(key => !after.has(key)).length,
    changed: both.filter(key => before.get(key) !== after.get(key)).length,
  }
}

describe.skipIf(!existsSync(folder))('the history of a real model', () => {
  const [y2023, y2024, y2025] = YEARS

  test.each([
    [y2023, y2024],
    [y2024, y2025],
    [y2023, y2025],
    [y2025, y2023],
  ])('from %s to %s as many rows are added, changed and removed as the raw files say', (from, to) => {
    const first = next(EMPTY_DESIGN, from).after
    const { update, after } = next(first, to)
    const { added, changed, removed } = update
    expect({ added, changed, removed }).toEqual(rawDifference(from, to))
    expect(added + changed + removed).toBeGreaterThan(0)
    expect(update).toMatchObject({ conflicts: [], gone: [] })
    const fresh = importModel('x.tc.json', textOf(to), { stamp })
    if (!fresh.ok) throw new Error('not read')
    for (const table of ['threats', 'mitigations', 'assumptions'] as const)
      expect(
        rowsOf(after[table])
          .map(row => [row.provenance.originalId, row.statement])
          .sort(),
      ).toEqual(
        rowsOf(fresh.value.design[table])
          .map(row => [row.provenance.originalId, row.statement])
          .sort(),
      )
    expect(next(after, to).changes).toEqual([])
  })

  test('decisions outlive every revision', () => {
    const first = next(EMPTY_DESIGN, y2023).after
    const threats = rowsOf(first.threats)
    const mitigations = rowsOf(first.mitigations)
    const decisions: Change[] = [
      ...threats.map(({ id }, i): Change => {
        return { kind: 'patch', table: 'threats', id, fields: { likelihood: (i % 5) + 1, 'categories/repudiation': true } }
      }),
      ...mitigations.map(({ id }): Change => {
        return { kind: 'patch', table: 'mitigations', id, fields: { status: 'verified', owner: 'operations' } }
      }),
      ...threats.slice(0, 9).map(({ id }, i): Change => {
        return {
          kind: 'put',
          table: 'acceptances',
          row: { id: `X-0000${i}`, response: 'transfer', threat: id, reason: 'Insured.', owner: 'owner', provenance: human },
        }
      }),
    ]
    let design = applyChanges(first, decisions)
    for (const day of [y2024, y2025]) {
      const { after, update } = next(design, day)
      expect(update.removed).toBe(0)
      design = after
    }
    for (const [i, { id }] of threats.entries())
      expect(design.threats[id]).toMatchObject({ likelihood: (i % 5) + 1, categories: { repudiation: true } })
    for (const { id } of mitigations) expect(design.mitigations[id]).toMatchObject({ status: 'verified', owner: 'operations' })
    expect(rowsOf(design.acceptances)).toHaveLength(9)
    expect(integrityProblems(design)).toEqual(integrityProblems(first))
  })
})

const demo = path.resolve(import.meta.dirname, '../../../shared/corpus/models/history-threagile-demo')

/** What Threagile's demo has, by the ids that its lines state; the keys are names, and names may change. */
function demoIds(text: string): ReadonlySet<string> {
  const section = /^technical_assets:$([\s\S]*?)^\S/m.exec(text)?.[1] ?? ''
  return new Set([...section.matchAll(/^ {4}id: (\S+)/gm)].map(([, id]) => id as string))
}

describe.skipIf(!existsSync(demo))('the history of the Threagile demo', () => {
  test('comes in revision by revision, keeps decisions, and ends as the last one', () => {
    const days = ['2020-08-04', '2022-11-18', '2024-02-20']
    let design: Design = EMPTY_DESIGN
    for (const day of days) {
      const text = readFileSync(path.join(demo, `threagile-demo@${day}.yaml`), 'utf8')
      const { files, changes, update } = importFiles(design, [{ name: `threagile-demo@${day}.yaml`, text }], { stamp })
      expect(files).toMatchObject([{ kind: 'read', summary: { format: 'threagile' } }])
      const before = new Map(rowsOf(design.elements).map(({ id, provenance }) => [id, provenance.originalId ?? '']))
      const isFirst = before.size === 0
      design = applyChanges(design, changes)
      const has = demoIds(text)
      // Each element was decided on: those that the newer file lacks stay, and are told.
      const lacking = [...before].filter(([, original]) => !has.has(original)).map(([id]) => id)
      expect(update.conflicts).toEqual([])
      expect(
        update.gone
          .filter(({ table }) => table === 'elements')
          .map(({ id }) => id)
          .sort(),
      ).toEqual(lacking.sort())
      const ids = new Set(rowsOf(design.elements).map(({ provenance }) => provenance.originalId))
      expect(ids).toEqual(new Set([...before.values(), ...has]))
      const fields = { technology: 'Decided' }
      if (isFirst)
        design = applyChanges(
          design,
          rowsOf(design.elements).map(({ id }): Change => ({ kind: 'patch', table: 'elements', id, fields })),
        )
      for (const id of before.keys()) expect(design.elements[id]?.technology).toBe('Decided')
    }
  })
})
