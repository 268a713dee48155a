import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { referringTo } from '../../core/frameworks/references.ts'
import { LAYERS } from '../../core/frameworks/types.ts'
import { controlOf } from '../../core/model/lookup.ts'
import { builtinPacks } from '../../packs/builtin.ts'
import { builtinFrameworks } from '../../packs/frameworks.ts'
import type { FrameworkPack } from '../../schemas/generated/types.ts'
import * as validate from '../../schemas/generated/validate-frameworks.js'
import { PUBLISHED, SHAPES } from './published-ids.ts'

const folder = new URL('../../packs/frameworks/', import.meta.url)
const packs = readdirSync(folder)
  .filter(name => name.endsWith('.json'))
  .map(name => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as FrameworkPack)

const page = readFileSync(new URL('../../docs/frameworks.md', import.meta.url), 'utf8')

/** Whose pages a framework may be cited from. */
const PUBLISHERS: Readonly<Record<string, readonly string[]>> = {
  OECD: ['oecd.ai'],
  UNESCO: ['unesdoc.unesco.org'],
  NIST: ['csrc.nist.gov', 'www.nist.gov'],
  'ISO and IEC': ['www.iso.org'],
  OWASP: ['owasp.org', 'genai.owasp.org', 'mas.owasp.org'],
  MITRE: ['cwe.mitre.org', 'atlas.mitre.org'],
  'European Union': ['eur-lex.europa.eu'],
  'The Linux Foundation': ['spdx.github.io'],
  'OWASP and Ecma International': ['cyclonedx.org'],
}

describe('frameworks', () => {
  test('every framework of the folder ships, at least twelve, in all four layers', () => {
    expect(builtinFrameworks.map(({ id }) => id).sort()).toEqual(packs.map(({ id }) => id).sort())
    expect(packs.length).toBeGreaterThanOrEqual(12)
    expect(new Set(packs.map(({ layer }) => layer))).toEqual(new Set(LAYERS))
    expect(builtinFrameworks.map(({ layer }) => LAYERS.indexOf(layer))).toEqual(
      builtinFrameworks.map(({ layer }) => LAYERS.indexOf(layer)).sort(),
    )
  })

  test.each(packs)('$id fits its schema, and its ids are there once', pack => {
    expect(validate.frameworkPack(pack), JSON.stringify(validate.frameworkPack.errors)).toBe(true)
    const ids = pack.entries.map(({ id }) => id)
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([])
  })

  test.each(packs)('$id leads to its publisher', ({ source }) => {
    const { protocol, hostname } = new URL(source.url)
    expect(protocol).toBe('https:')
    expect(PUBLISHERS[source.publisher]).toContain(hostname)
  })

  test.each(packs)('$id lists only ids that the framework has', ({ id, entries }) => {
    const [published, shape] = [PUBLISHED[id], SHAPES[id]]
    if (!published && !shape) throw new Error(`Nothing says which ids ${id} has.`)
    const ids = entries.map(entry => entry.id)
    if (shape) expect(ids.filter(one => !shape.test(one))).toEqual([])
    if (published) expect(ids.filter(one => !published.ids.includes(one))).toEqual([])
    if (published?.isWhole) expect([...ids].sort()).toEqual([...published.ids].sort())
  })

  test('every list of ids holds each id once, and belongs to a framework that ships', () => {
    const lists = Object.entries(PUBLISHED)
    expect(lists.filter(([, { ids }]) => new Set(ids).size !== ids.length)).toEqual([])
    expect([...lists.map(([id]) => id), ...Object.keys(SHAPES)].sort()).toEqual(packs.map(({ id }) => id).sort())
    expect(PUBLISHED['nist-ai-rmf']?.ids.length).toBe(72)
    expect(PUBLISHED['nist-ssdf']?.ids.length).toBe(42)
    expect(PUBLISHED['owasp-asvs']?.ids.filter(id => /\.\d+\.\d+$/.test(id)).length).toBe(345)
    expect(PUBLISHED['owasp-aisvs']?.ids.filter(id => /^C.*\.\d+\.\d+$/.test(id)).length).toBe(191)
    expect(PUBLISHED['owasp-aisvs']?.ids.filter(id => id.startsWith('AC.')).length).toBe(68)
    expect(PUBLISHED['mitre-atlas']?.ids.length).toBe(167)
    expect(PUBLISHED['iso-iec-42001']?.ids.filter(id => id.startsWith('A.')).length).toBe(38)
  })

  test.each(packs.filter(({ id }) => !PUBLISHED[id]?.isWhole))('$id says that something of it is left out', ({ selection }) => {
    expect(selection).toMatch(/left out/)
  })

  test('every control that an answer names exists, and no entry is both answered and outside', () => {
    const entries = packs.flatMap(pack => pack.entries)
    const named = entries.flatMap(entry => (entry.evidence ?? []).flatMap(({ control }) => control ?? []))
    expect(named.length).toBeGreaterThan(80)
    expect(named.filter(id => !controlOf(builtinPacks.controls, id))).toEqual([])
    expect(entries.filter(entry => entry.evidence && entry.outside !== undefined)).toEqual([])
  })

  test('every reference of a rule or control leads to exactly one entry', () => {
    const entries = packs.flatMap(pack =>
      (pack.references ?? []).flatMap(prefix => pack.entries.map(({ id }) => `${prefix}${id}`)),
    )
    const controls = builtinPacks.controls.flatMap(pack => pack.controls.flatMap(({ references }) => references ?? []))
    const rules = builtinPacks.rules.flatMap(pack => pack.rules.flatMap(({ references }) => references ?? []))
    expect(controls.length).toBeGreaterThan(300)
    expect(rules.length).toBeGreaterThan(100)
    expect([...new Set([...controls, ...rules])].filter(one => entries.filter(entry => entry === one).length !== 1)).toEqual([])
  })

  test('what is outside is answered by nothing, and what is answered in part says which part', () => {
    const referring = referringTo(builtinPacks)
    const isAnswered = (pack: FrameworkPack, entry: FrameworkPack['entries'][number]) =>
      entry.evidence !== undefined || referring(pack, entry).length > 0
    const rows = packs.flatMap(pack => pack.entries.map(entry => ({ entry, answered: isAnswered(pack, entry) })))
    expect(rows.filter(({ entry, answered }) => answered && entry.outside !== undefined)).toEqual([])
    const partly = rows.filter(({ entry }) => entry.title.includes('; here: '))
    expect(partly.length).toBeGreaterThan(40)
    expect(partly.filter(({ answered }) => !answered)).toEqual([])
    expect(
      packs.flatMap(pack => pack.entries).filter(({ title }) => /\bhere:/.test(title) && !title.includes('; here: ')),
    ).toEqual([])
  })

  test('a list in one format does not answer for another', () => {
    const records = (id: string) =>
      packs.find(pack => pack.id === id)?.entries.flatMap(entry => (entry.evidence ?? []).flatMap(({ record }) => record ?? []))
    expect(new Set(records('spdx'))).toEqual(new Set(['spdx']))
    expect(new Set(records('cyclonedx'))).toEqual(new Set(['cyclonedx']))
    const components = packs
      .filter(({ id }) => id === 'spdx' || id === 'cyclonedx')
      .flatMap(pack => pack.entries.flatMap(entry => entry.evidence ?? []))
    expect(components.filter(({ check }) => check === 'components')).toEqual([])
  })

  /** A limit on guessing passwords says nothing of a model; where it answers a threat to one, the rule that found it speaks. */
  test('lists on models and agents are answered only by controls that are about them', () => {
    const about = new Set(builtinPacks.controls.find(({ id }) => id === 'ai')?.controls.map(({ id }) => id))
    about.add('PROMPT-ISOLATION')
    const referring = referringTo(builtinPacks)
    const lists = packs.filter(({ id }) => /^(owasp-(llm|agentic)|mitre-atlas)/.test(id))
    const controls = lists.flatMap(pack => pack.entries.flatMap(entry => referring(pack, entry)))
    const named = controls.flatMap(answer => ('control' in answer && answer.control !== undefined ? [answer.control] : []))
    expect(lists.length).toBe(4)
    expect(named.length).toBeGreaterThan(8)
    expect(named.filter(id => !about.has(id))).toEqual([])
  })

  test.each(packs)(
    'the page on frameworks says of $id what it lists and what it was held against',
    ({ title, source, selection, entries }) => {
      const { name, url, version, publisher, date } = source
      expect(page).toContain(`| [${name}](${url}) | ${version} | ${publisher} | ${date} | ${selection} |`)
      expect(page).toContain(`| ${title} | ${version} | ${entries.length} | `)
    },
  )

  test('of ASVS a section is listed just where none of its requirements is', () => {
    const ids = packs.find(({ id }) => id === 'owasp-asvs')?.entries.map(({ id }) => id) ?? []
    const sectionOf = (id: string) => id.split('.').slice(0, 2).join('.')
    const sections = new Set(PUBLISHED['owasp-asvs']?.ids.map(sectionOf))
    expect(new Set(ids.map(sectionOf))).toEqual(sections)
    expect(ids.filter(id => id === sectionOf(id) && ids.some(other => other !== id && sectionOf(other) === id))).toEqual([])
  })

  test('what a control refers to is answered by it', () => {
    const asvs = packs.find(({ id }) => id === 'owasp-asvs')
    const entry = asvs?.entries.find(({ id }) => id === 'V1.2.4')
    if (!asvs || !entry) throw new Error('V1.2.4 is not listed')
    expect(referringTo(builtinPacks)(asvs, entry)).toEqual([{ control: 'SQL-PARAMETERS' }, { control: 'NOSQL-QUERIES' }])
  })
})
