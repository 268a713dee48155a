import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { lockedNames } from '../../core/dependencies/brought-in.ts'
import { readLockfile } from '../../core/dependencies/read-lockfile.ts'
import { readEvidence } from '../../core/evidence/read.ts'
import { readBundled } from '../../setup/bundled.mjs'
import { ALLOWED, bundledPackages, EXCEPTIONS, noticesText } from '../../setup/pack-notices.mjs'
import { releaseBom } from '../../setup/pack-sbom.mjs'
import { ajvOf } from '../core/evidence/boms.ts'
import { changeOf, checkOf, itemOf, judge, outcome, SIGNED } from '../core/verdict/scenes.ts'
import { root } from '../support/served-workbench.ts'

type Entry = { readonly name?: string; readonly version: string; readonly dev?: boolean }

const lock = (JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')) as { packages: Record<string, Entry> })
  .packages
const packages = bundledPackages()
const modules = JSON.parse(readFileSync(path.join(root, 'dist/cli/modules.json'), 'utf8')) as Record<string, readonly string[]>

describe('who wrote what is bundled', () => {
  test('every part of what is shipped was looked at, and the lock file knows every package in it', () => {
    const bundled = readBundled()
    expect(Object.keys(bundled)).toEqual(['cli', 'electron', 'renderer', 'workers'])
    for (const [part, entries] of Object.entries(bundled)) expect(entries.length, part).toBeGreaterThan(5)
    const unknown = packages.filter(one => one.place !== undefined && lock[one.place]?.version !== one.version)
    expect(unknown).toEqual([])
  })

  test('the list misses none: a second look at the modules of the command line finds no other', () => {
    const folders = Object.values(modules).flatMap(ids => ids.map(id => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)/.exec(id)?.[1]))
    const found = [...new Set(folders.flatMap(folder => (folder === undefined ? [] : [folder])))]
    expect(found.length).toBeGreaterThan(20)
    const listed = packages.map(({ place }) => place)
    expect(found.filter(folder => !listed.some(place => place && folder.endsWith(place)))).toEqual([])
  })

  test('what is known to be there is listed: libraries, fonts, code that others had bundled', () => {
    const names = packages.map(one => one.name)
    for (const name of ['react', 'yjs', 'mermaid', 'elkjs', '@fontsource-variable/inter', 'saxes', 'handlebars', 'zod'])
      expect(names, name).toContain(name)
    expect(packages.filter(one => one.inside?.startsWith('mermaid@')).map(one => one.name)).toContain('fastdom')
  })

  test('each under a licence that allows it; the exception is the one that is written down', () => {
    const odd = packages.filter(one => !ALLOWED.includes(one.licence))
    expect(odd.map(one => [one.name, one.licence])).toEqual(
      Object.entries(EXCEPTIONS).map(([name, { licence }]) => [name, licence]),
    )
    expect(ALLOWED.filter(licence => /GPL|MPL|EPL|CDDL|SSPL|BUSL|CC-BY-(NC|SA|ND)/.test(licence))).toEqual([])
  })

  test('each with its text, which the notices hold word for word', () => {
    const text = noticesText(packages)
    for (const one of packages) {
      expect(one.text.length, one.name).toBeGreaterThan(200)
      expect(text.includes(one.text), one.name).toBe(true)
      expect(text).toContain(`- ${one.name} ${one.version}`)
    }
    expect(text).toContain('source: https://github.com/kieler/elkjs')
    expect(noticesText(bundledPackages())).toBe(text)
  })
})

describe('the bill of materials of a release', () => {
  const bom = releaseBom()
  const all = bom.components.flatMap(one => [one, ...(one.components ?? [])])

  test('it keeps to the published schema', () => {
    const validate = ajvOf('1.6')
    expect(validate(bom), JSON.stringify(validate.errors)).toBe(true)
  })

  // The release workflow names the file that it uploads. Elsewhere nothing goes out, so there is no such test to skip.
  const { SKEPTIC_SBOM } = process.env
  if (SKEPTIC_SBOM !== undefined)
    test('the file that goes out is this document, and nothing else', () => {
      expect(readFileSync(path.resolve(root, SKEPTIC_SBOM), 'utf8')).toBe(`${JSON.stringify(bom, null, 1)}\n`)
    })

  test('our own reader of evidence reads it whole, without a remark', () => {
    const read = readEvidence('skeptic.cdx.json', JSON.stringify(bom))
    if (!read.ok) throw new Error(read.problems[0].message)
    const { components } = read.value.facts
    expect(read.value.format).toBe('cyclonedx')
    expect(components?.oddities).toEqual([])
    expect(components?.complete).toBe(true)
    expect(components?.components).toHaveLength(all.length + 1)
    expect(components?.components.filter(one => one.isRoot).map(one => one.name)).toEqual(['skeptic'])
    const purls = new Set(components?.components.map(one => one.purl))
    const locked = Object.entries(lock).filter(([place]) => place !== '')
    const missing = locked.filter(([place, entry]) => !purls.has(purlOf(place, entry)))
    expect(locked.length).toBeGreaterThan(500)
    expect(missing).toEqual([])
  })

  test('it lists what the lock file has, each once, and nothing beyond it but what others had bundled', () => {
    const locked = new Set(Object.entries(lock).flatMap(([place, entry]) => (place === '' ? [] : [purlOf(place, entry)])))
    expect(bom.components.map(one => one['bom-ref']).sort()).toEqual([...locked].sort())
    const inside = all.filter(one => !locked.has(one['bom-ref']))
    expect(inside.map(one => one.purl).sort()).toEqual(insides().filter(purl => !locked.has(purl)))
    expect(inside.length).toBeGreaterThan(5)
  })

  test('our own verdict passes it, and finds in it what no lock file could tell', () => {
    const file = readLockfile('package-lock.json', readFileSync(path.join(root, 'package-lock.json'), 'utf8'))
    if (!file.ok) throw new Error(file.problems[0].message)
    const change = changeOf({ locked: lockedNames([file.value]) })
    const judged = (more: object, document: object = bom) =>
      judge(
        checkOf({ components: { from: { slot: 'sbom' }, min: 600, ...more } }),
        [itemOf('sbom.cdx.json', JSON.stringify(document), SIGNED)],
        { change },
      )
    const asked = { include: ['pkg:npm/react@*', 'pkg:npm/fastdom@1.0.12'], exclude: ['event-stream', 'pkg:npm/lodash@3*'] }
    expect(outcome(judged(asked))).toBe('pass')
    const own = { ...bom, components: bom.components.map(({ components: _, ...one }) => one) }
    expect(outcome(judged({ matchesLockfiles: true }, own))).toBe('pass')
    expect(outcome(judged({ matchesLockfiles: true }, { ...own, components: own.components.slice(1) }))).toMatch(/contradictory/)
    const whole = judged({ matchesLockfiles: true })
    expect(outcome(whole)).toMatch(/contradictory/)
    expect(whole.sentence).toContain('chevrotain-allstar 0.5.0')
    expect(whole.sentence).not.toContain('not listed')
  })

  test('required is exactly what is shipped', () => {
    const required = all.filter(one => one.scope === 'required').map(one => one.purl)
    const shipped = packages.map(one => purlOf('', one))
    expect(required.sort()).toEqual([...new Set([...shipped, purlOf('node_modules/electron', lockOf('electron'))])].sort())
  })

  test('every dependency it names is listed, and what hangs on what is as in the lock file', () => {
    const refs = new Set(['skeptic', ...bom.components.map(one => one['bom-ref'])])
    expect(bom.dependencies.flatMap(({ ref, dependsOn }) => [ref, ...dependsOn]).filter(ref => !refs.has(ref))).toEqual([])
    const of = (ref: string) => bom.dependencies.find(one => one.ref === ref)?.dependsOn ?? []
    expect(of(purlOf('node_modules/react-dom', lockOf('react-dom')))).toEqual([
      purlOf('node_modules/scheduler', lockOf('scheduler')),
    ])
  })

  test('made again it is the same; with another package it is another document', () => {
    expect(JSON.stringify(releaseBom())).toBe(JSON.stringify(bom))
    expect(releaseBom({ packages: packages.slice(1) }).serialNumber).not.toBe(bom.serialNumber)
  })
})

function lockOf(name: string): Entry {
  const entry = lock[`node_modules/${name}`]
  if (entry === undefined) throw new Error(`${name} is not in the lock file`)
  return entry
}

function purlOf(place: string, { name, version }: Entry): string {
  return `pkg:npm/${(name ?? place.replace(/^.*node_modules\//, '')).replace('@', '%40')}@${version}`
}

function insides(): readonly string[] {
  return packages
    .filter(one => one.inside !== undefined)
    .map(one => purlOf('', one))
    .sort()
}
