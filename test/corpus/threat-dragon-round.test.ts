import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { Ajv, type AnySchema } from 'ajv'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { importModel } from '../../core/interop/import.ts'
import { TABLE_NAMES } from '../../core/model/tables.ts'
import type { Design } from '../../core/model/types.ts'
import { stamp } from '../core/interop/imported.ts'
import { randomDesign } from '../core/interop/random-design.ts'
import { differences, round } from '../core/interop/round.ts'
import { type RawDifference, rawDifferences } from './raw-differ.ts'

const root = path.resolve(import.meta.dirname, '../../../shared/corpus/models')
const here = existsSync(root)
const files = (folder: string) =>
  here
    ? readdirSync(path.join(root, folder))
        .filter(name => !/^_|malformed/.test(name))
        .map(name => `${folder}/${name}`)
    : []

function rawOf(file: string): unknown {
  return JSON.parse(readFileSync(path.join(root, file), 'utf8'))
}

function designOf(file: string): Design {
  const read = importModel(path.basename(file), readFileSync(path.join(root, file), 'utf8'), { stamp })
  if (!read.ok) throw new Error(read.problems[0].message)
  return read.value.design
}

const isNothing = (value: unknown) =>
  value === undefined || value === '' || value === null || value === false || String(value) === ''

/** Why a written file may differ from the one that was read, each told by the import, by the export, or by what Threat Dragon does itself. */
const REASONS: readonly { readonly why: string; readonly covers: (difference: RawDifference) => boolean }[] = [
  { why: 'our ids', covers: ({ at, from }) => /\/skeptic$/.test(at) && from === undefined },
  {
    why: 'colours, fonts, ports and line styles are drawn anew (told by the import)',
    covers: ({ at }) => /\/cells\/[^/]+\/(attrs|ports|tools|labels|zIndex|visible|connector|width|height)(\/|$)/.test(at),
  },
  { why: 'a line is joined to its cell, not to a port of it', covers: ({ at }) => /\/(source|target)\/port$/.test(at) },
  {
    why: 'Threat Dragon computes it when it opens or saves the file',
    covers: ({ at }) =>
      /\/data\/(threatFrequency|isTrustBoundary|containedElements|crossingFlows|trustBoundaryIds)(\/|$)/.test(at),
  },
  { why: 'an open threat makes its cell red, whatever the file says', covers: ({ at }) => /\/hasOpenThreats$/.test(at) },
  { why: 'each threat gets a number', covers: ({ at, from }) => /\/number$/.test(at) && from === undefined },
  {
    why: 'and the count of numbers grows with them',
    covers: ({ at, from, to }) => at === '/detail/threatTop' && Number(to) > Number(from),
  },
  { why: 'a score is text', covers: ({ at, from, to }) => /\/score$/.test(at) && String(from) === to },
  {
    why: 'a name that is only drawn is written as well',
    covers: ({ at, from }) => /\/data\/name$/.test(at) && from === undefined,
  },
  {
    why: 'a text that stands there before anybody writes one',
    covers: ({ from, to }) => /^Provide /.test(String(from)) && to === '',
  },
  { why: 'the standing text follows from the method', covers: ({ at, from }) => /\/placeholder$/.test(at) && from === undefined },
  { why: 'a shape is spelt right', covers: ({ at, from }) => /\/shape$/.test(at) && from === 'trust-broundary-curve' },
  {
    why: 'an end that names nothing stands somewhere (told by the import)',
    covers: ({ at, from }) => /\/(source|target)\/[xy]$/.test(at) && from === undefined,
  },
  {
    why: 'what nobody filled in is written as Threat Dragon starts with it',
    covers: ({ from, to }) => isNothing(from) && isNothing(to),
  },
]

describe.skipIf(!here)('Threat Dragon files, read and written again', () => {
  test.each(files('threat-dragon-v2'))('%s differs only where it is told', file => {
    const raw = rawOf(file)
    const { text } = round(designOf(file), 'threat-dragon-v2')
    const uncovered = rawDifferences(raw, JSON.parse(text)).filter(one => !REASONS.some(({ covers }) => covers(one)))
    expect(uncovered).toEqual([])
  })

  test.each([...files('threat-dragon-v1'), ...files('threat-dragon-v2')])('%s comes back as the same design', file => {
    const before = designOf(file)
    const { after } = round(before, 'threat-dragon-v2')
    expect(differences(before, after.design, TABLE_NAMES)).toEqual([])
  })
})

describe.skipIf(!here)("Threat Dragon's own schema", () => {
  const schema = here ? (rawOf('threat-dragon-v2/_schema-threat-dragon-v2.schema.json') as AnySchema) : {}
  const accepts = new Ajv({ strict: false, allErrors: true }).compile(schema)

  test.each([...files('threat-dragon-v1'), ...files('threat-dragon-v2')])('accepts %s as we write it', file => {
    accepts(JSON.parse(round(designOf(file), 'threat-dragon-v2').text))
    expect(accepts.errors ?? []).toEqual([])
  })

  test('accepts designs of ours', () => {
    fc.assert(
      fc.property(randomDesign(), design => {
        accepts(JSON.parse(round(design, 'threat-dragon-v2').text))
        expect(accepts.errors ?? []).toEqual([])
      }),
      { numRuns: 60 },
    )
  })
})
