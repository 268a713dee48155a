import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
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

const threagile = revisionsIn('history-threagile-demo')

type Asset = Readonly<Record<string, unknown>> & { readonly communication_links?: Readonly<Record<string, unknown>> | null }
type Section = Readonly<Record<string, Asset>>

/** Rows of a section by the id inside, as text; links are rows of their own, and who holds an asset belongs to it. */
function rawSection(text: string, section: 'technical_assets' | 'data_assets' | 'trust_boundaries'): ReadonlyMap<string, string> {
  const model = parse(text) as Readonly<Record<string, Section>>
  const holders = (id: string) =>
    Object.values(model.trust_boundaries ?? {})
      .filter(row => (row.technical_assets_inside as readonly string[] | null)?.includes(id))
      .map(row => row.id)
  return new Map(
    Object.entries(model[section] ?? {}).map(
      ([name, { communication_links: _links, technical_assets_inside: _inside, ...row }]) => [
        String(row.id),
        JSON.stringify([name, row, section === 'technical_assets' ? holders(String(row.id)) : []]),
      ],
    ),
  )
}

/** Communication links by the asset they start at and their name. */
function rawLinks(text: string): ReadonlyMap<string, string> {
  const { technical_assets: assets } = parse(text) as { readonly technical_assets: Section }
  const links = Object.values(assets).flatMap(asset =>
    Object.entries(asset.communication_links ?? {}).map(([name, link]) => [`${asset.id} ${name}`, JSON.stringify(link)] as const),
  )
  return new Map(links)
}

/** The asset that each link starts at, for links that are written otherwise in a design. */
function starts({ added, removed, changed }: Counted): Counted {
  const from = (ids: readonly string[]) => ids.map(id => id.split(/[> ]/)[0] ?? '').sort()
  return { added: from(added), removed: from(removed), changed: from(changed) }
}

describe.skipIf(threagile.length === 0)('the Threagile demo as it grew', () => {
  test('every pair of revisions: exactly the assets, data, boundaries and links that the files themselves say', () => {
    expect(threagile).toHaveLength(3)
    for (const [from, to] of pairs(threagile)) {
      const designs = [designOf(from), designOf(to)] as const
      const difference = between(...designs)
      for (const [section, table] of [
        ['technical_assets', 'elements'],
        ['data_assets', 'data'],
        ['trust_boundaries', 'boundaries'],
      ] as const)
        expect(told(difference, designs, table), `${from.name} ${to.name} ${section}`).toEqual(
          counted(rawSection(from.text, section), rawSection(to.text, section)),
        )
      expect(starts(told(difference, designs, 'flows')), `${from.name} ${to.name} links`).toEqual(
        starts(counted(rawLinks(from.text), rawLinks(to.text))),
      )
    }
  })

  test('in 2024 two assets were replaced by two others, with the crossings and findings that hang on them', () => {
    const [, second, third] = threagile.map(designOf) as [Design, Design, Design]
    const difference = between(second, third)
    const elements = difference.changes.filter(({ table }) => table === 'elements')
    expect(elements.filter(({ kind }) => kind === 'added')).toHaveLength(2)
    expect(elements.filter(({ kind }) => kind === 'removed')).toHaveLength(2)
    expect(difference.findings.gained.length).toBeGreaterThan(0)
    expect(difference.findings.lost.length).toBeGreaterThan(0)
    expect(difference.summary).toMatch(/^\d+ changes \(.*\); .*findings? more/)
  })
})
