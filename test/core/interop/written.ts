import fc from 'fast-check'
import { exportModel } from '../../../core/interop/export.ts'
import type { Loss } from '../../../core/interop/report.ts'
import { applyChanges, type Change } from '../../../core/model/change.ts'
import type { Design } from '../../../core/model/types.ts'
import { TRANSFERS } from '../gate/transfers.ts'
import { occasion } from './imported.ts'

/** A design in one of the formats, which must take it. */
export function written(design: Design, format: string): { readonly text: string; readonly losses: readonly Loss[] } {
  const result = exportModel(design, format, occasion)
  if (!result.ok) throw new Error(result.problems[0].message)
  return result.value
}

/** Losses as `place: what`. */
export function lossLines(losses: readonly Loss[]): readonly string[] {
  return losses.map(({ at, what }) => `${at}: ${what}`)
}

/** Texts that mean something to one format or another. */
const HOSTILE = [
  '=HYPERLINK("http://x.example","a")',
  '+1',
  '-1',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '"quoted", and more',
  'a;=1+1',
  'two\r\nlines',
  'Feature: x',
  '\nScenario: x\n  Given y',
  '@tag',
  '# language: de',
  '"""',
  '| a | b |',
  '\u2028Rule: x',
  '\u0000\u0007\u202e',
  '[x](https://x.example) {0} <b>',
  '```\n# Heading',
  'ü 漢字 😀',
]

const text = fc
  .oneof(fc.constantFrom(...HOSTILE), fc.string({ minLength: 1, unit: 'binary' }))
  .map(one => one.slice(0, 300) || 'x')

const PLACES = [
  ['threats', 'T-TAMP1', ['statement', 'description', 'prerequisite', 'action']],
  ['threats', 'T-D1SC1', ['statement']],
  ['mitigations', 'M-0WNER', ['statement', 'owner']],
  ['mitigations', 'M-N0L0G', ['statement']],
  ['acceptances', 'X-ACCPT', ['reason', 'owner']],
  ['elements', 'E-AP1AA', ['name', 'technology']],
  ['flows', 'F-SVBM1', ['name']],
  ['requirements', 'R-DER1V', ['statement']],
  ['workItems', 'W-STEP1', ['name', 'goal']],
  ['settings', 'design', ['name']],
  ['data', 'D-0RDER', ['name']],
  ['boundaries', 'B-CR0SS', ['name']],
] as const

/** The bank transfers with texts in it that a format could stumble over; with and without work items. */
export const hostileDesign: fc.Arbitrary<Design> = fc
  .tuple(fc.array(fc.tuple(fc.constantFrom(...PLACES), fc.nat(3), text), { maxLength: 12 }), fc.boolean())
  .map(([edits, hasWork]) => {
    const changes = edits.map(([[table, id, fields], at, value]): Change => {
      const field: string = fields[at % fields.length] ?? fields[0]
      return { kind: 'patch', table, id, fields: { [field]: value } }
    })
    return applyChanges(hasWork ? TRANSFERS : { ...TRANSFERS, workItems: {} }, changes)
  })
