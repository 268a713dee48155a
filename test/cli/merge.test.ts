import { describe, expect, test } from 'vitest'
import { exclusionId } from '../../core/frameworks/exclusions.ts'
import { applyChanges, type Change } from '../../core/model/change.ts'
import { randomFrom } from '../../core/model/identity.ts'
import { mergeDesigns } from '../../core/model/merge-three.ts'
import { parseBundle } from '../../core/model/parse.ts'
import { rowsOf } from '../../core/model/table.ts'
import type { AnyRow, Design, Table, TableName } from '../../core/model/types.ts'
import { bundleOf, folderOf } from '../../core/model/write.ts'
import { attributesAfter } from '../../host/node/git-settings.ts'
import { element } from '../core/model/designs.ts'
import { skeptic } from '../support/cli.ts'
import { runs } from '../support/runs.ts'
import { DRIVER, idsIn, patch, Repository, taking } from './merging.ts'

const ATTRIBUTES = attributesAfter('') ?? ''
const SERVICE = 'threat-model/elements/E-TRAP1.json'
/** Fields that a random edit may give a text, in tables that all know them or that refuse them by the schema of their own. */
const TEXTS: Readonly<Record<string, readonly string[]>> = {
  elements: ['name', 'description', 'technology', 'outOfScope'],
  flows: ['name', 'description', 'protocol'],
  data: ['name', 'description'],
  boundaries: ['name', 'description'],
  requirements: ['statement', 'description', 'source', 'actor'],
  threats: ['statement', 'description'],
}

/** Milliseconds that all runs of a random test may take before they count as hanging. */
const LONG = runs(60_000, 1_800_000)

function shuffled<T>(items: readonly T[], random: () => number): readonly T[] {
  return items
    .map(item => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item)
}

/** One of the edits that people make: a text, a removal, or a twin of what is there. */
function anyEdit(
  [table, id]: readonly [TableName, string],
  design: Design,
  random: () => number,
  tag: string,
): readonly Change[] {
  const kind = random()
  const row = (design[table] as Table<AnyRow>)[id] as AnyRow
  const field = shuffled(TEXTS[table] ?? [], random)[0] ?? 'name'
  if (kind < 0.7) return [patch(table, id, { [field]: `${tag} ${Math.floor(random() * 1000)}` })]
  const twin = { ...row, id: `${id.slice(0, 2)}${tag}${Math.floor(random() * 8999 + 1000)}` } as AnyRow
  const added = { kind: 'put', table, row: twin } as Change
  return kind < 0.85 ? [added] : [{ kind: 'remove', table, id }, added]
}

describe('two branches of one design', () => {
  test.each([
    ['with the driver', true],
    ['where nobody set the driver', false],
  ])(
    'that edit different things merge without a conflict, %s',
    async (_, driver) => {
      const repository = new Repository({ driver }).withBank(ATTRIBUTES)
      const base = await repository.opened()
      for (let run = 0; run < runs(10, 100); run++) {
        const random = randomFrom(`merge ${run}`)
        const things = shuffled(idsIn(base), random).slice(0, 8)
        const sides: Design[] = []
        for (const [at, tag] of ['A', 'B'].entries())
          await repository.branch(`${tag}${run}`, async () => {
            const mine = things.slice(at * 4, at * 4 + 4)
            sides.push(await repository.change(mine.flatMap(thing => anyEdit(thing, base, random, tag))))
          })
        const merged = repository.merge(`A${run}`, `B${run}`)
        expect(merged.code, merged.out + merged.err).toBe(0)
        const expected = mergeDesigns(base, sides[0] as Design, sides[1] as Design)
        expect(expected.conflicts).toEqual([])
        expect(folderOf(await repository.opened())).toEqual(folderOf(expected.merged))
      }
    },
    LONG,
  )

  test(
    'that edit different fields of the same things merge without a conflict, with the driver',
    async () => {
      const repository = new Repository({ driver: true }).withBank(ATTRIBUTES)
      const base = await repository.opened()
      for (let run = 0; run < runs(10, 100); run++) {
        const random = randomFrom(`fields ${run}`)
        const things = shuffled(idsIn(base), random).slice(0, 2)
        const fields = new Map(things.map(([table, id]) => [id, shuffled(TEXTS[table] ?? [], random)]))
        const sides: Design[] = []
        for (const [at, tag] of ['A', 'B'].entries())
          await repository.branch(`${tag}${run}`, async () => {
            const edits = things.map(([table, id]) => patch(table, id, { [fields.get(id)?.[at] ?? '']: `${tag} ${run}` }))
            sides.push(await repository.change(edits))
          })
        const merged = repository.merge(`A${run}`, `B${run}`)
        expect(merged.code, merged.out + merged.err).toBe(0)
        const expected = mergeDesigns(base, sides[0] as Design, sides[1] as Design)
        expect(folderOf(await repository.opened())).toEqual(folderOf(expected.merged))
      }
    },
    LONG,
  )

  test.each([
    ['with the driver', true],
    ['by git alone', false],
  ])('decisions of two people on entries of a framework merge %s; on one entry they are a conflict', async (_how, driver) => {
    const repository = new Repository({ driver }).withBank(ATTRIBUTES)
    const put = (entry: string, reason: string) => () => {
      const id = exclusionId('gdpr', entry)
      const provenance = { kind: 'human', at: '2026-11-22T16:00:00Z', by: reason } as const
      return repository.change([{ kind: 'put', table: 'exclusions', row: { id, framework: 'gdpr', entry, reason, provenance } }])
    }
    await repository.branch('mine', put('Art. 17', 'architect'))
    await repository.branch('other', put('Art. 20', 'developer'))
    await repository.branch('against', put('Art. 17', 'developer'))
    const merged = repository.merge('mine', 'other')
    expect(merged.code, merged.out + merged.err).toBe(0)
    expect(
      rowsOf((await repository.opened()).exclusions)
        .map(({ entry }) => entry)
        .sort(),
    ).toEqual(['Art. 17', 'Art. 20'])
    expect(repository.merge('mine', 'against').code).toBe(1)
    expect(repository.unmerged()).toEqual([`threat-model/exclusions/${exclusionId('gdpr', 'Art. 17')}.json`])
  })

  test('keys of one map, and places of one drawing, merge as well', async () => {
    const repository = new Repository({ driver: true }).withBank(ATTRIBUTES)
    const placed = 'G-MA1N0.E-TRAP1'
    await repository.branch('A', () =>
      repository.change([patch('elements', 'E-TRAP1', { 'paths/src/a/**': true }), patch('layout', placed, { x: 11 })]),
    )
    await repository.branch('B', () =>
      repository.change([patch('elements', 'E-TRAP1', { 'paths/src/b/**': true }), patch('layout', placed, { y: 22 })]),
    )
    expect(repository.merge('A', 'B').code).toBe(0)
    const { elements, layout } = await repository.opened()
    expect(Object.keys(elements['E-TRAP1']?.paths ?? {})).toEqual(['src/a/**', 'src/b/**', 'src/transfers/**'])
    expect(layout[placed]).toMatchObject({ x: 11, y: 22 })
  })
})

describe('what both branches changed', () => {
  async function conflicting(driver: boolean, attributes = ATTRIBUTES): Promise<Repository> {
    const repository = new Repository({ driver }).withBank(attributes)
    await repository.branch('A', () =>
      repository.change([patch('elements', 'E-TRAP1', { name: 'Orders', description: 'Takes orders.' })]),
    )
    await repository.branch('B', () =>
      repository.change([patch('elements', 'E-TRAP1', { name: 'Payments', technology: 'Rust' })]),
    )
    return repository
  }

  test('is unmerged, with marks around exactly what differs; the rest is merged, and nobody reads it as a design', async () => {
    const repository = await conflicting(true)
    const merged = repository.merge('A', 'B')
    expect(merged.code).toBe(1)
    expect(merged.err).toContain(
      `${SERVICE}: both sides changed name of E-TRAP1: ours "Orders", theirs "Payments", was "Transfer service".`,
    )
    expect(repository.unmerged()).toEqual([SERVICE])
    const text = repository.read(SERVICE)
    expect(text).toContain('\n<<<<<<< ours\n  "name": "Orders",\n=======\n  "name": "Payments",\n>>>>>>> theirs\n')
    expect(text.match(/^<<<<<<< /gm)).toHaveLength(1)
    expect(JSON.parse(taking('ours', text))).toMatchObject({ name: 'Orders', description: 'Takes orders.', technology: 'Rust' })
    expect(JSON.parse(taking('theirs', text))).toMatchObject({
      name: 'Payments',
      description: 'Takes orders.',
      technology: 'Rust',
    })
    const refused = skeptic(['lint'], { cwd: repository.dir })
    expect(refused.code).toBe(3)
    const line = text.split('\n').indexOf('<<<<<<< ours') + 1
    expect(refused.err).toContain(`elements/E-TRAP1.json:${line}:1: Not valid JSON: it holds the marks of a merge conflict.`)
    repository.write(SERVICE, taking('theirs', text))
    repository.commit('Merged')
    expect((await repository.opened()).elements['E-TRAP1']?.name).toBe('Payments')
  })

  test('is merged alike in every run, and by cherry-pick', async () => {
    const texts = await Promise.all(
      [0, 1].map(async () => {
        const repository = await conflicting(true)
        repository.merge('A', 'B')
        return repository.read(SERVICE)
      }),
    )
    expect(texts[0]).toBe(texts[1])
    const repository = await conflicting(true)
    repository.git('checkout', '-q', 'A')
    expect(repository.tried('cherry-pick', 'B').code).not.toBe(0)
    expect(repository.read(SERVICE)).toBe(texts[0])
  })

  test('is a conflict of text where nobody set the driver: the attribute alone does no harm', async () => {
    const repository = await conflicting(false)
    const merged = repository.merge('A', 'B')
    expect(merged.code).toBe(1)
    expect(merged.err).not.toMatch(/skeptic/i)
    const plain = await conflicting(false, '')
    expect(plain.merge('A', 'B').code).toBe(1)
    expect(repository.unmerged()).toEqual([SERVICE])
    expect(repository.read(SERVICE)).toBe(plain.read(SERVICE))
    expect(repository.read(SERVICE)).toContain('<<<<<<< HEAD')
  })

  test('is unmerged and not lost where the driver is set and cannot start', async () => {
    const repository = await conflicting(true)
    repository.git('config', 'merge.skeptic.driver', 'no-such-program %O %A %B')
    expect(repository.merge('A', 'B').code).toBe(1)
    expect(repository.unmerged()).toEqual([SERVICE])
    expect(JSON.parse(repository.git('show', `:3:${SERVICE}`))).toMatchObject({ name: 'Payments' })
    repository.git('config', 'merge.skeptic.driver', DRIVER)
    repository.tried('checkout', '--merge', SERVICE)
    expect(repository.read(SERVICE)).toContain('<<<<<<< ours\n  "name": "Orders",\n=======\n')
  })

  test('by taking it away on one side is left to a person, by git itself', async () => {
    const repository = new Repository({ driver: true }).withBank(ATTRIBUTES)
    await repository.branch('A', () => repository.change([{ kind: 'remove', table: 'elements', id: 'E-TRAP1' }]))
    await repository.branch('B', () => repository.change([patch('elements', 'E-TRAP1', { name: 'Payments' })]))
    expect(repository.merge('A', 'B').code).toBe(1)
    expect(repository.unmerged()).toEqual([SERVICE])
  })

  test('is not mixed into a look-alike, which git takes for the old file under a new name', async () => {
    const repository = new Repository({ driver: true }).withBank(ATTRIBUTES)
    const twin = { ...(await repository.opened()).elements['E-TRAP1'], id: 'E-TW1N0' } as AnyRow
    await repository.branch('A', () =>
      repository.change([
        { kind: 'remove', table: 'elements', id: 'E-TRAP1' },
        { kind: 'put', table: 'elements', row: twin } as Change,
      ]),
    )
    await repository.branch('B', () => repository.change([patch('elements', 'E-TRAP1', { name: 'Payments' })]))
    const merged = repository.merge('A', 'B')
    expect(merged.code).toBe(1)
    expect(merged.err).toContain('E-TW1N0 and E-TRAP1 are two things, of which git took one for the other.')
    const text = repository.read('threat-model/elements/E-TW1N0.json')
    expect(JSON.parse(taking('ours', text))).toEqual(twin)
    expect(JSON.parse(taking('theirs', text))).toMatchObject({ id: 'E-TRAP1', name: 'Payments' })
  })

  test('and fits no more although git found no conflict, is named by lint', async () => {
    const repository = new Repository({ driver: true }).withBank(ATTRIBUTES)
    const { flows } = await repository.opened()
    await repository.branch('A', () => repository.change([{ kind: 'put', table: 'elements', row: element('E-NEW00') }]))
    repository.git('branch', '-f', 'main', 'A')
    await repository.branch('B', () => repository.change([{ kind: 'remove', table: 'elements', id: 'E-NEW00' }]))
    const link = { ...flows['F-EVENT'], id: 'F-NEW00', target: 'E-NEW00' } as AnyRow
    await repository.branch('C', () => repository.change([{ kind: 'put', table: 'flows', row: link } as Change]))
    expect(repository.merge('B', 'C').code).toBe(0)
    const lint = skeptic(['lint', '--json'], { cwd: repository.dir })
    expect(lint.out).toContain('E-NEW00')
    expect((await repository.opened()).flows['F-NEW00']).toEqual(link)
  })

  test('twice, on branches that merged each other crosswise, loses nothing', async () => {
    const repository = new Repository({ driver: true }).withBank(ATTRIBUTES)
    await repository.branch('A', () => repository.change([patch('elements', 'E-TRAP1', { name: 'Orders' })]))
    await repository.branch('B', () => repository.change([patch('elements', 'E-TRAP1', { name: 'Payments' })]))
    repository.git('branch', 'A1', 'A')
    for (const [into, from, side] of [
      ['A', 'B', 'ours'],
      ['B', 'A1', 'ours'],
    ] as const) {
      expect(repository.merge(into, from).code).toBe(1)
      repository.write(SERVICE, taking(side, repository.read(SERVICE)))
      repository.commit('Decided')
      await repository.change([patch('elements', 'E-TRAP1', { [into === 'A' ? 'technology' : 'outOfScope']: `of ${into}` })])
      repository.commit('After')
    }
    expect(repository.merge('A', 'B').code).toBe(1)
    const text = repository.read(SERVICE)
    for (const said of ['"Orders"', '"Payments"', '"of A"', '"of B"']) expect(text).toContain(said)
  })

  test('the ledger only grows: entries of both branches stand, and it is whole', async () => {
    const repository = new Repository({ driver: true }).withBank(ATTRIBUTES)
    const prompt = (work: string) =>
      expect(skeptic(['prompt', work, '--at', '2026-11-22T16:00:00Z'], { cwd: repository.dir }).code).toBe(0)
    await repository.branch('A', () => prompt('W-0RD3R'))
    await repository.branch('B', () => prompt('W-REC0R'))
    const merged = repository.merge('A', 'B')
    expect(merged.code, merged.out + merged.err).toBe(0)
    const ledger = skeptic(['ledger', 'verify', '--json'], { cwd: repository.dir }).json() as {
      readonly ok: boolean
      readonly heads: readonly string[]
    }
    expect(ledger).toMatchObject({ ok: true })
    expect(ledger.heads).toHaveLength(2)
  })
})

describe('a bundle in a repository', () => {
  const FILE = 'bank.skeptic.json'

  async function bundles(a: readonly Change[], b: readonly Change[]): Promise<{ repository: Repository; base: Design }> {
    const repository = new Repository({ driver: true }).withBank(ATTRIBUTES)
    const base = await repository.opened()
    repository.write('.gitattributes', '*.skeptic.json merge=skeptic text eol=lf\n')
    repository.write(FILE, bundleOf(base))
    repository.commit('Bundle')
    await repository.branch('A', () => repository.write(FILE, bundleOf(applyChanges(base, a))))
    await repository.branch('B', () => repository.write(FILE, bundleOf(applyChanges(base, b))))
    return { repository, base }
  }

  test('merges as its design does', async () => {
    const one = [patch('elements', 'E-TRAP1', { name: 'Orders' }), { kind: 'put', table: 'elements', row: element('E-AAAAA') }]
    const other = [
      patch('elements', 'E-TRAP1', { technology: 'Rust' }),
      { kind: 'put', table: 'elements', row: element('E-AAAAB') },
    ]
    const { repository, base } = await bundles(one as Change[], other as Change[])
    const merged = repository.merge('A', 'B')
    expect(merged.code, merged.out + merged.err).toBe(0)
    const read = parseBundle(FILE, repository.read(FILE))
    expect(read).toEqual({ ok: true, value: applyChanges(base, [...one, ...other] as Change[]) })
  })

  test('shows what is asked, also of what one side took away', async () => {
    const { repository, base } = await bundles(
      [patch('elements', 'E-TRAP1', { name: 'Orders' }), { kind: 'remove', table: 'flows', id: 'F-EVENT' }],
      [patch('elements', 'E-TRAP1', { name: 'Payments' }), patch('flows', 'F-EVENT', { name: 'Events' })],
    )
    const merged = repository.merge('A', 'B')
    expect(merged.code).toBe(1)
    expect(merged.err).toContain(`${FILE}: F-EVENT was taken away by ours and changed by theirs.`)
    const text = repository.read(FILE)
    expect(text.match(/^<<<<<<< /gm)).toHaveLength(2)
    const ours = parseBundle(FILE, taking('ours', text))
    const theirs = parseBundle(FILE, taking('theirs', text))
    const without = applyChanges(base, [{ kind: 'remove', table: 'flows', id: 'F-EVENT' }])
    expect(ours).toEqual({ ok: true, value: applyChanges(without, [patch('elements', 'E-TRAP1', { name: 'Orders' })]) })
    expect(theirs.ok && theirs.value.flows['F-EVENT']?.name).toBe('Events')
    expect(theirs.ok && theirs.value.elements['E-TRAP1']?.name).toBe('Payments')
  })
})
