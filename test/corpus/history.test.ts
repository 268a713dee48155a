import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { importModel } from '../../core/interop/import.ts'
import type { AnyRow, Design, Provenance, TableName } from '../../core/model/types.ts'
import { type Difference, differenceOf } from '../../core/reports/difference.ts'
import { builtinPacks } from '../../packs/builtin.ts'
import { stamp } from '../core/interop/imported.ts'

const corpus = path.resolve(import.meta.dirname, '../../../shared/corpus/models')

/** Successive revisions of one real model, oldest first. */
function revisionsIn(folder: string): readonly { readonly name: string; readonly text: string }[] {
  const place = path.join(corpus, folder)
  if (!existsSync(place)) return []
  return readdirSync(place)
    .sort()
    .map(name => ({ name, text: readFileSync(path.join(place, name), 'utf8') }))
}

function designOf({ name, text }: { readonly name: string; readonly text: string }): Design {
  const read = importModel(name, text, { stamp })
  if (!read.ok) throw new Error(read.problems[0].message)
  return read.value.design
}

/** Every revision against every later one. */
function pairs<T>(all: readonly T[]): readonly (readonly [T, T])[] {
  return all.flatMap((before, i) => all.slice(i + 1).map(after => [before, after] as const))
}

const between = (before: Design, after: Design): Difference => differenceOf(before, after, builtinPacks, stamp.at)

/** What a difference says of the rows of a table, by the ids that they have in the file. */
function told(difference: Difference, [before, after]: readonly [Design, Design], table: TableName): Counted {
  const original = (id: string) => {
    const row = ((after[table] as Readonly<Record<string, AnyRow>>)[id] ?? before[table][id]) as {
      readonly provenance?: Provenance
    }
    return row.provenance?.originalId ?? ''
  }
  const of = (kind: string) =>
    difference.changes
      .filter(change => change.table === table && change.kind === kind)
      .map(({ id }) => original(id))
      .sort()
  return { added: of('added'), removed: of('removed'), changed: of('changed') }
}

type Counted = { readonly added: readonly string[]; readonly removed: readonly string[]; readonly changed: readonly string[] }

/** The same from what the files themselves say of each id. */
function counted(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): Counted {
  const keys = (map: ReadonlyMap<string, string>) => [...map.keys()].sort()
  return {
    added: keys(after).filter(id => !before.has(id)),
    removed: keys(before).filter(id => !after.has(id)),
    changed: keys(after).filter(id => before.has(id) && before.get(id) !== after.get(id)),
  }
}

const composer = revisionsIn('history-threat-composer')

type Raw = Readonly<Record<string, unknown>>
type RawModel = Readonly<Record<'threats' | 'mitigations' | 'assumptions' | 'mitigationLinks', readonly Raw[]>>

/** Rows of a list by id, as text; the order of display says nothing, links belong to their mitigation. */
function rawRows(text: string, list: 'threats' | 'mitigations' | 'assumptions'): ReadonlyMap<string, string> {
  const model = JSON.parse(text) as RawModel
  return new Map(
    model[list].map(row => {
      const { displayOrder: _order, ...rest } = row
      const links = model.mitigationLinks.filter(link => link.mitigationId === row.id).map(link => String(link.linkedId))
      return [String(row.id), JSON.stringify([Object.entries(rest).sort(), list === 'mitigations' ? links.sort() : []])]
    }),
  )
}

describe.skipIf(composer.length === 0)('a Threat Composer model as it grew', () => {
  test('every pair of revisions: exactly the rows that the files themselves say', () => {
    expect(composer).toHaveLength(3)
    for (const [from, to] of pairs(composer)) {
      const designs = [designOf(from), designOf(to)] as const
      const difference = between(...designs)
      for (const list of ['threats', 'mitigations', 'assumptions'] as const)
        expect(told(difference, designs, list), `${from.name} ${to.name} ${list}`).toEqual(
          counted(rawRows(from.text, list), rawRows(to.text, list)),
        )
    }
  })

  test('in 2024 everything got a status; in 2025 one mitigation another comment', () => {
    const [first, second, third] = composer.map(designOf) as [Design, Design, Design]
    const rows = (difference: Difference) => difference.changes.filter(({ table }) => table !== 'settings')
    const grown = rows(between(first, second))
    expect(grown.map(({ kind }) => kind)).toEqual(Array(38).fill('changed'))
    expect(rows(between(second, third))).toHaveLength(1)
    expect(rows(between(second, third))[0]).toMatchObject({ kind: 'changed', table: 'mitigations' })
    expect(between(first, first).changes).toEqual([])
  })
})
