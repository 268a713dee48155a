import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { importFiles } from '../../../core/interop/import-files.ts'
import { closedHcl } from '../../../core/interop/partial/closed-hcl.ts'
import { closedJson } from '../../../core/interop/partial/closed-json.ts'
import { closedXml } from '../../../core/interop/partial/closed-xml.ts'
import { applyChanges, EMPTY_DESIGN } from '../../../core/model/change.ts'
import { firstFault } from '../../../core/model/json-fault.ts'
import { bundleOf } from '../../../core/model/write.ts'
import { model as cairis } from './cairis-text.ts'
import { expectSound, imported, stamp } from './imported.ts'
import { cellsV2, modelV2 } from './models.ts'
import { SHOP } from './threatcl-text.ts'

const dragon = JSON.stringify(modelV2(cellsV2()), null, 1)
const otm = stringify({
  otmVersion: '0.2.0',
  project: { id: 'shop', name: 'Shop', description: 'Sells\nthings.' },
  trustZones: [{ id: 'net', name: 'Internet', risk: { trustRating: 10 } }],
  components: [1, 2, 3, 4].map(i => ({ id: `c${i}`, name: `Part ${i}`, type: 'web', parent: { trustZone: 'net' } })),
  dataflows: [{ id: 'f', name: 'Order', source: 'c1', destination: 'c2' }],
})

function files(name: string, text: string, partial = true) {
  return importFiles(undefined, [{ name, text }], { stamp, partial })
}

function part(text: string, name = 'model.json') {
  const { files: read, changes } = files(name, text)
  const [file] = read
  if (file?.kind !== 'read') throw new Error(`refused: ${JSON.stringify(file)}`)
  const design = applyChanges(EMPTY_DESIGN, changes)
  expectSound(design)
  return { ...file.summary, left: file.summary.problems.filter(({ code }) => code === 'import.partial') }
}

describe('a text that is cut off or broken', () => {
  test.each([
    ['[1, 2', '[1]'],
    ['[1, 2 ', '[1, 2]'],
    ['{"a": 1, "b": [1, {"c": "x"}, {"d"', '{"a": 1, "b": [1, {"c": "x"}, {}]}'],
    ['{"a": "open', '{}'],
    ['{"a": {"b": true}} x', undefined],
    ['{"a": [1, 2}, "b": 3}', '{"a": [1]}'],
    ['{"a": "\\"", "b": nul', '{"a": "\\""}'],
    ['', undefined],
    ['"a', undefined],
  ])('as JSON: %s', (text, closed) => {
    expect(closedJson(text, firstFault(text).offset)).toBe(closed)
  })

  test('as JSON, cut anywhere, is closed to JSON that says nothing the text did not', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(300), (text, length) => {
        const cut = text.slice(0, Math.min(length, Math.max(0, text.length - 1)))
        const closed = closedJson(cut, firstFault(cut).offset)
        if (closed === undefined) return
        expect(() => JSON.parse(closed)).not.toThrow()
        expect(closed.replace(/[\]}]*$/, '')).toBe(cut.slice(0, closed.replace(/[\]}]*$/, '').length))
      }),
      { numRuns: 500 },
    )
  })

  test.each([
    ['<a><b x="1>2"/><c>text</c><d>cut', '<a><b x="1>2"/><c>text</c><d></d></a>'],
    ['<a><b></c></a>', '<a><b></b></a>'],
    ['<?xml version="1.0"?><!-- <x> --><a><![CDATA[<y>]]><b ', '<?xml version="1.0"?><!-- <x> --><a><![CDATA[<y>]]></a>'],
    ['no markup', undefined],
    ['<a/>', undefined],
  ])('as XML: %s', (text, closed) => {
    expect(closedXml(text, text.length)).toBe(closed)
  })

  test.each([
    ['a "b" {\n  x = 1\n  y = "cut', 'a "b" {\n  x = 1\n}\n'],
    ['a "b" {\n  x = [1,\n 2', 'a "b" {\n}\n'],
    ['a {\n  b "}" {\n    t = <<EOT\n}\n', 'a {\n  b "}" {\n}\n}\n'],
    ['a {\n} # }\n/* {\n */\nb {\n', 'a {\n} # }\n/* {\n */\nb {\n}\n'],
    ['a', undefined],
  ])('as HCL: %s', (text, closed) => {
    expect(closedHcl(text, text.length)).toBe(closed)
  })
})

describe('what can be read of a damaged file', () => {
  test('JSON: everything before the place, which is told', () => {
    const { counts, left } = part(dragon.slice(0, dragon.indexOf('"Orders"')))
    expect(counts).toMatchObject({ processes: 1, externalEntities: 1 })
    expect(left).toMatchObject([{ at: expect.stringMatching(/^model\.json:\d+:\d+$/), severity: 'warning' }])
    expect(left[0]?.message).toMatch(/^Everything from here on was left out\. Not valid JSON: .*still open|not closed/)
  })

  test('YAML: everything before the line', () => {
    const broken = otm.replace('id: c3', 'id: : c3')
    const { counts, left } = part(broken, 'model.otm')
    expect(counts).toMatchObject({ elements: 2, boundaries: 1, flows: 0 })
    expect(left).toMatchObject([{ at: expect.stringMatching(/^model\.otm:\d+:\d+$/) }])
  })

  test('YAML: a quote that nothing closes costs what comes after it, not what stands before', () => {
    expect(part(otm.replace('name: Part 4', 'name: "Part 4'), 'model.otm').counts).toMatchObject({ elements: 4, boundaries: 1 })
  })

  test('XML and HCL', () => {
    const xml = cairis()
    expect(part(xml.slice(0, xml.indexOf('</cairis_model>') - 5), 'model.xml').left).toHaveLength(1)
    const hcl = `${SHOP}\nthreatmodel "second" {\n  author = "x"\n  threat "t" {\n    description = "cut`
    const { counts, left } = part(hcl, 'model.hcl')
    expect(counts.threats).toBeGreaterThan(0)
    expect(left).toMatchObject([{ at: expect.stringMatching(/^model\.hcl:\d+:\d+$/) }])
  })

  test('a list that is none is left out, and so is a second one', () => {
    const wrong = { ...JSON.parse(JSON.stringify({ otmVersion: '0.2.0', project: { id: 'a', name: 'A' } })) }
    const text = JSON.stringify({ ...wrong, components: 7, dataflows: 'x', trustZones: [{ id: 'z', name: 'Zone' }] })
    const { counts, left } = part(text)
    expect(counts).toMatchObject({ boundaries: 1, elements: 0 })
    expect(left.map(({ at }) => at).sort()).toEqual(['model.json:/components', 'model.json:/dataflows'])
  })

  test('a bundle without the row that breaks its schema', () => {
    const bundle = JSON.parse(bundleOf(imported(modelV2()).design))
    const threat = Object.keys(bundle.files).find(name => name.startsWith('threats/')) as string
    bundle.files[threat].statement = 7
    const { left } = part(JSON.stringify(bundle))
    expect(left).toMatchObject([{ at: expect.stringContaining(threat) }])
  })

  test('is counted when it was not asked for, and nothing is changed', () => {
    const { files: read, changes } = files('model.json', dragon.slice(0, dragon.indexOf('"Orders"')), false)
    expect(read).toMatchObject([
      { kind: 'refused', problems: [{ code: 'json.syntax' }], readable: { processes: 1, externalEntities: 1 } },
    ])
    expect(changes).toEqual([])
  })

  test.each([
    ['a zip archive', 'PK\u0003\u0004{"summary": {}'],
    ['binary', '\u0089PNG\u0000'],
    ['a web page', '<!doctype html><p>'],
    ['another format', '<KnowledgeBase><a>'],
    ['nothing that is known', '{"a": 1, "b": [1'],
    ['an empty file', ''],
    ['a file of attacks', '{"summary": {}, "detail": {"diagrams": []}, "__proto__": {}}'],
    ['too many objects', JSON.stringify({ otmVersion: '1', components: Array(50_001).fill({}) })],
    ['a start that says nothing', '{"summary": {"title": "A"}, "detail": {"diagrams": ['],
  ])('is nothing of %s', (_what, text) => {
    const { files: read, changes } = files('model.json', text)
    expect(read).toMatchObject([{ kind: 'refused' }])
    expect(read[0]).not.toHaveProperty('readable')
    expect(changes).toEqual([])
  })

  test.each([
    ['Threat Dragon', 'model.json', dragon],
    ['OTM', 'model.otm', otm],
    ['CAIRIS', 'model.xml', cairis()],
    ['threatcl', 'model.hcl', SHOP],
  ])('%s, cut anywhere, is a sound design or a refusal', (_format, name, text) => {
    fc.assert(
      fc.property(fc.nat(text.length - 1), length => {
        const { files: read, changes } = files(name, text.slice(0, length))
        expect(read).toHaveLength(1)
        if (read[0]?.kind === 'read') expectSound(applyChanges(EMPTY_DESIGN, changes))
        else expect(changes).toEqual([])
      }),
      { numRuns: 60 },
    )
  })
})

describe('several files', () => {
  test('each is answered for, and one that is refused leaves the others as they are', () => {
    const { files: read, update } = importFiles(
      undefined,
      [
        { name: 'a/model.json', text: dragon },
        { name: 'b/model.json', text: '{"cut' },
        { name: 'a/model.json', text: dragon },
      ],
      { stamp },
    )
    expect(read.map(({ name, kind }) => [name, kind])).toEqual([
      ['a/model.json', 'read'],
      ['b/model.json', 'refused'],
      ['a/model.json', 'read'],
    ])
    expect(update).toMatchObject({ changed: 0, removed: 0, conflicts: [], gone: [] })
  })

  test('that another one includes are handed over with it and are no models of their own', () => {
    const others: unknown[] = []
    const includes = (text: string) => /include (\S+)/.exec(text)?.slice(1) ?? []
    const { files: read } = importFiles(
      undefined,
      [
        { name: 'part.yaml', text: 'include parts/deep.yaml' },
        { name: 'deep.yaml', text: 'x' },
        { name: 'model.yaml', text: 'include parts/part.yaml' },
      ],
      { stamp, includes, onStep: step => others.push(step) },
    )
    expect(read.map(file => [file.name, file.kind, file.kind === 'included' ? file.by : ''])).toEqual([
      ['part.yaml', 'included', 'model.yaml'],
      ['deep.yaml', 'included', 'part.yaml'],
      ['model.yaml', 'refused', ''],
    ])
    expect(others).toEqual([{ file: 'model.yaml', step: 'read', done: 0, of: 1 }])
  })

  test('a mark of the encoding and the line ends of Windows say nothing', () => {
    const windows = `\uFEFF${SHOP.replaceAll('\n', '\r\n')}`
    expect(files('model.hcl', windows).changes).toEqual(files('model.hcl', SHOP).changes)
    expect(files('model.otm', `\uFEFF${otm.replaceAll('\n', '\r\n')}`).changes).toEqual(files('model.otm', otm).changes)
  })
})
