import { describe, expect, it } from 'vitest'
import { applyChanges, EMPTY_DESIGN } from '../../core/model/change.ts'
import { newDesign } from '../../core/model/create.ts'
import { isUnbegun, startChanges } from '../../core/model/create-from-start.ts'
import { designDigest } from '../../core/model/digest.ts'
import { randomFrom } from '../../core/model/identity.ts'
import { integrityProblems } from '../../core/model/integrity.ts'
import { accepts } from '../../core/model/parse.ts'
import { rowsOf, sizeOf } from '../../core/model/table.ts'
import { TABLE_NAMES } from '../../core/model/tables.ts'
import type { AnyRow, Start, Table } from '../../core/model/types.ts'
import { lintRequirements } from '../../core/requirements/lint.ts'
import { openFindings } from '../../core/threats/checks.ts'
import { mergedFindings } from '../../core/threats/merged.ts'
import { builtinPacks } from '../../packs/builtin.ts'
import { STARTS } from '../../packs/starts/all.ts'

const stamp = { at: '2026-11-22T16:00:00Z', by: 'architect', random: randomFrom('starts') }
const empty = applyChanges(EMPTY_DESIGN, newDesign('New', stamp))

function begun(start: Start) {
  return applyChanges(empty, startChanges(empty, start, stamp))
}

describe('the gallery', () => {
  it('has at least six designs, each named once', () => {
    expect(STARTS.length).toBeGreaterThanOrEqual(6)
    expect(new Set(STARTS.map(start => start.id)).size).toBe(STARTS.length)
    expect(new Set(STARTS.map(start => start.title)).size).toBe(STARTS.length)
  })

  it('begins only what is not begun', () => {
    expect(isUnbegun(EMPTY_DESIGN)).toBe(true)
    expect(isUnbegun(empty)).toBe(true)
  })
})

describe.each(STARTS.map(start => [start.id, start] as const))('%s', (_id, start) => {
  const design = begun(start)

  it('fits the schemas, row by row', () => {
    const wrong = TABLE_NAMES.flatMap(table => rowsOf(design[table] as Table<AnyRow>).filter(row => !accepts(table, row)))
    expect(wrong).toEqual([])
  })

  it('has nothing dangling, and ids of its own each time', () => {
    expect(integrityProblems(design)).toEqual([])
    expect(designDigest(begun(start))).not.toBe(designDigest(design))
    expect(isUnbegun(design)).toBe(false)
  })

  it('has a purpose, requirements, classified data, elements and flows, and a drawing of all of them', () => {
    expect(design.settings.design?.purpose).toBe(start.purpose)
    expect(design.settings.design?.name).toBe('New')
    expect(sizeOf(design.requirements)).toBeGreaterThanOrEqual(3)
    expect(sizeOf(design.elements)).toBeGreaterThanOrEqual(5)
    expect(sizeOf(design.flows)).toBeGreaterThanOrEqual(5)
    expect(rowsOf(design.data).filter(row => row.class === undefined)).toEqual([])
    expect(sizeOf(design.layout)).toBe(sizeOf(design.elements) + sizeOf(design.boundaries))
  })

  it('draws every element inside its boundary, and no two over each other', () => {
    const boxes = start.elements.map(({ id, boundary, at: [x, y] }) => ({ id, boundary, x, y }))
    for (const { id, boundary, x, y } of boxes) {
      const around = start.boundaries.find(one => one.id === boundary)?.at
      if (!around) continue
      const [left, top, width, height] = around
      expect([id, x >= left + 10, y >= top + 30, x + 160 <= left + width - 10, y + 64 <= top + height - 10]).toEqual([
        id,
        true,
        true,
        true,
        true,
      ])
    }
    const over = boxes.flatMap(a =>
      boxes.filter(b => a.id < b.id && Math.abs(a.x - b.x) < 170 && Math.abs(a.y - b.y) < 90).map(b => `${a.id} ${b.id}`),
    )
    expect(over).toEqual([])
  })

  it('asks in EARS form, without a word the lint objects to', () => {
    expect(lintRequirements(design, builtinPacks.words).map(hint => hint.message)).toEqual([])
  })

  it('decides nothing and asks a sensible number of questions', () => {
    expect(sizeOf(design.triage) + sizeOf(design.threats) + sizeOf(design.mitigations)).toBe(0)
    const asking = mergedFindings(openFindings(design, builtinPacks.rules))
    expect(asking.length).toBeGreaterThan(8)
    expect(asking.length).toBeLessThan(90)
  })
})
