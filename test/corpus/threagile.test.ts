import { readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseYaml } from '../../core/dependencies/yaml.ts'
import { importModel } from '../../core/interop/import.ts'
import { includesOf } from '../../core/interop/threagile/includes.ts'
import { rowsOf } from '../../core/model/table.ts'
import type { Design, Provenance } from '../../core/model/types.ts'
import { folderOf } from '../../core/model/write.ts'
import { expectSoundOrRefused } from '../core/interop/damaged.ts'
import { expectSound, named, stamp } from '../core/interop/imported.ts'
import { expectNamed, expectTold, modelsOfOthers, pointed, textsLost } from './real-files.ts'
import { counts, idsIn, jointsIn } from './threagile-counts.ts'

const { root, here, textOf, importOf } = modelsOfOthers()
const MAIN = 'threagile/threagile-test-main-includes.yaml'
const files = here
  ? ['threagile', 'history-threagile-demo']
      .flatMap(folder => readdirSync(path.join(root, folder)).map(name => `${folder}/${name}`))
      .filter(file => file.endsWith('.yaml') && file !== MAIN)
  : []
const history = files.filter(file => file.startsWith('history-')).sort()

function rawOf(file: string): unknown {
  const result = parseYaml(file, textOf(file))
  if (!result.ok) throw new Error(result.problems[0].message)
  return result.value
}

/** Parts of the file below its outermost keys, by key. */
function partsOf(text: string): ReadonlyMap<string, string> {
  const parts = text.split(/^(?=[a-z_]+:)/m).slice(1)
  return new Map(parts.map(part => [part.slice(0, part.indexOf(':')), part]))
}

describe.skipIf(!here)('Threagile models', () => {
  test('there are six that hold a whole model', () => {
    expect(files.length).toBeGreaterThanOrEqual(6)
  })

  describe.each(files)('%s', file => {
    const { design, summary } = importOf(file)
    const raw = rawOf(file)

    test('is counted as its lines say, and the design holds it', () => {
      expect(summary.counts).toEqual(counts.threagile?.(textOf(file)))
      expect(summary).toMatchObject({ format: 'threagile', formatVersion: expect.stringMatching(/^(0\.9|1\.0)/) })
      expectSound(design)
    })

    test('everything is joined as the file joins it', () => {
      expect(joints(design)).toEqual(jointsIn(textOf(file)))
    })

    test('no text disappears', () => {
      expect(textsLost(raw, design).filter(text => !isMeant(text) && !isFolded(text, design))).toEqual([])
    })

    test('is the same byte for byte when read again, and as JSON, with the same ids under another name', () => {
      expect(folderOf(importOf(file).design)).toEqual(folderOf(design))
      expect(importOf(file).summary).toEqual(summary)
      expect([...folderOf(importOf(file, 'renamed.yaml').design).keys()]).toEqual([...folderOf(design).keys()])
      const json = importModel(path.basename(file), JSON.stringify(raw), { stamp })
      expect(json.ok && folderOf(json.value.design)).toEqual(folderOf(design))
    })

    test('every loss says where, what and why; every question names something of the design', () => {
      expectTold(summary.losses, at => pointed(raw, at) !== undefined)
      expectNamed(summary.problems, design)
    })
  })

  test('a thing that keeps its id inside keeps its id here over all revisions', () => {
    expect(history.length).toBeGreaterThanOrEqual(3)
    const revisions = history.map(file => ({ ids: idsIn(textOf(file)), design: importOf(file).design }))
    const tables = { technical_assets: 'elements', data_assets: 'data', trust_boundaries: 'boundaries' } as const
    let compared = 0
    for (const [section, table] of Object.entries(tables)) {
      const own = revisions.map(
        ({ design }) =>
          new Map(
            Object.values<{ id: string; provenance: Provenance }>(design[table]).map(row => [row.provenance.originalId, row.id]),
          ),
      )
      for (const [i, { ids }] of revisions.entries())
        for (const id of ids.get(section) ?? []) {
          const known = own.map(map => map.get(id)).filter(one => one !== undefined)
          expect(own[i]?.get(id)).toBeDefined()
          expect(new Set(known).size, id).toBe(1)
          compared += known.length
        }
    }
    expect(compared).toBeGreaterThan(3 * 3 * 25)
    const flows = revisions.map(({ design }) => Object.keys(design.flows).sort())
    expect(flows[1]).toEqual(flows[0])
  })

  test('two assets that were renamed inside are the only new ones of 2024', () => {
    const [before = {}, after = {}] = history.slice(-2).map(file => importOf(file).design.elements)
    const added = Object.entries(after).filter(([id]) => !Object.hasOwn(before, id))
    expect(added.map(([, { name }]) => name).sort()).toEqual(['Contract File Server', 'Jenkins Build Server'])
  })

  test('the demo keeps facts, boundaries, risks and decisions', () => {
    const { design, summary } = importOf('threagile/threagile-example.yaml')
    const database = named(design.elements, 'Customer Contract Database')
    expect(database).toMatchObject({ kind: 'dataStore', technology: 'database', attributes: { encryptsAtRest: 'yes' } })
    expect(named(design.elements, 'Customer Web Client')).toMatchObject({
      kind: 'externalEntity',
      outOfScope: 'Owned and managed by end-user customer',
      attributes: { exposedToInternet: 'yes' },
    })
    const network = named(design.boundaries, 'Application Network')
    expect(named(design.boundaries, 'Web DMZ')).toMatchObject({ kind: 'network', parent: network.id })
    expect(named(design.boundaries, 'Auth Handling Environment')).toMatchObject({ kind: 'unknown', parent: network.id })
    expect(named(design.flows, 'Customer Traffic')).toMatchObject({
      protocol: 'https',
      encryption: 'yes',
      authentication: 'yes',
      provenance: { originalId: 'customer-client>customer-traffic' },
    })
    expect(named(design.data, 'Customer Accounts')).toMatchObject({ class: 'D4', confidentiality: 'high', availability: 'high' })
    // Its class comes by a merge key from the data above it.
    expect(named(design.data, 'Customer Operational Data')).toMatchObject({
      class: 'D3',
      integrity: 'high',
      availability: 'high',
    })
    expect(named(design.threats, 'Example Individual Risk at Database')).toMatchObject({
      categories: { repudiation: true },
      cwe: { 'CWE-693': true },
      likelihood: 3,
      impactScale: 3,
      elements: { [database.id]: true },
    })
    const accepted = named(design.threats, 'Untrusted deserialization at Backoffice ERP System')
    expect(accepted.likelihood ?? accepted.impactScale).toBeUndefined()
    expect(rowsOf(design.acceptances)).toMatchObject([
      { threat: accepted.id, response: 'accept', reason: 'Risk accepted as tolerable', owner: 'John Doe' },
    ])
    expect(summary.losses.map(({ at }) => at)).toContain('/risk_tracking/unencrypted-asset@*')
    expect(rowsOf(design.assumptions)).toHaveLength(2)
    expect(summary.problems).toContainEqual(expect.objectContaining({ code: 'import.question', at: 'design' }))
  })

  test('the list of risk categories of later versions says the same as the names of 1.0', () => {
    const [later, before] = ['threagile/threagile-test-all.yaml', 'threagile/threagile-example.yaml'].map(
      file => importOf(file).design,
    )
    expect(Object.keys(later?.threats ?? {}).sort()).toEqual(Object.keys(before?.threats ?? {}).sort())
    expect(later?.settings.design?.foreign).toHaveProperty('custom_risk_categories')
  })

  describe('a main file that only includes others', () => {
    const parts = here ? partsOf(textOf('threagile/threagile-test-all.yaml')) : new Map<string, string>()
    const split: Readonly<Record<string, readonly string[]>> = {
      'meta.yaml': ['title', 'date', 'author', 'management_summary_comment', 'business_criticality'],
      'overview.yaml': ['business_overview', 'technical_overview'],
      'tags.yaml': ['tags_available'],
      'risk_categories.yaml': ['custom_risk_categories'],
    }
    const others = () =>
      new Map(
        includesOf(textOf(MAIN)).map(name => {
          const keys = split[name] ?? [name.replace('.yaml', '')]
          return [name, keys.map(key => parts.get(key) ?? '').join('\n') || '# nothing\n{}\n'] as const
        }),
      )

    test('is refused alone, and the message names what to give', () => {
      const result = importModel('main.yaml', textOf(MAIN), { stamp })
      expect(result).toMatchObject({ ok: false, problems: [{ code: 'threagile.includes', at: 'main.yaml:/includes' }] })
      expect(!result.ok && result.problems[0].cure).toContain('technical_assets.yaml')
    })

    test('with its thirteen files says what one file says', () => {
      expect(others().size).toBe(13)
      const result = importModel('main.yaml', textOf(MAIN), { stamp, others: others() })
      if (!result.ok) throw new Error(result.problems[0].message)
      const whole = importOf('threagile/threagile-test-all.yaml', 'main.yaml')
      expect(folderOf(result.value.design)).toEqual(folderOf(whole.design))
      expect(result.value.summary.problems).toEqual(whole.summary.problems)
    })

    test('without one of them is read, and the missing one is named', () => {
      const some = others()
      some.delete('risk_tracking.yaml')
      const result = importModel('main.yaml', textOf(MAIN), { stamp, others: some })
      if (!result.ok) throw new Error(result.problems[0].message)
      const told = result.value.summary.problems.filter(({ code }) => code === 'import.include')
      expect(told).toMatchObject([{ at: 'design', message: expect.stringContaining('"risk_tracking.yaml"') }])
      expectSound(result.value.design)
    })
  })

  test('damaged real files give a sound design or a refusal, and throw nothing', () => {
    const raws = files.map(rawOf)
    expectSoundOrRefused(raws, { read: text => importModel('model.json', text, { stamp }), numRuns: 80 })
  })
})

/** Words of the format whose meaning the design holds in its own. */
function isMeant(text: string): boolean {
  return /^(datastore|external-entity|likely|frequent|medium|very-high|none|(strictly-)?confidential|restricted|internal|public)$/.test(
    text,
  )
}

/** Texts over several lines that became one sentence. */
function isFolded(text: string, design: Design): boolean {
  return [...folderOf(design).values()].some(file => file.includes(JSON.stringify(text.replace(/\s+/g, ' ').trim()).slice(1, -1)))
}

function joints(design: Design): Readonly<Record<string, number>> {
  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)
  const size = (links: object | undefined) => Object.keys(links ?? {}).length
  const flows = rowsOf(design.flows)
  const elements = rowsOf(design.elements)
  return {
    ends: sum(flows.map(({ source, target }) => (source ? 1 : 0) + (target ? 1 : 0))),
    inside: elements.filter(({ boundary }) => boundary !== undefined).length,
    nested: rowsOf(design.boundaries).filter(({ parent }) => parent !== undefined).length,
    stored: sum(elements.map(({ data }) => size(data))),
    carried: sum(flows.map(({ data }) => size(data))),
    encrypted: flows.filter(({ encryption }) => encryption === 'yes').length,
    unproven: flows.filter(({ authentication }) => authentication === 'no').length,
    outOfScope: elements.filter(({ outOfScope }) => outOfScope !== undefined).length,
    tagged: sum(elements.map(({ tags }) => size(tags))),
  }
}
