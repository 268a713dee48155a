import { deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { labelText } from '../../../core/interop/drawio/html-text.ts'
import { looksLikeDrawio } from '../../../core/interop/drawio/sniff.ts'
import { exportModel } from '../../../core/interop/export.ts'
import { applyChanges } from '../../../core/model/change.ts'
import { rowsOf } from '../../../core/model/table.ts'
import { folderOf } from '../../../core/model/write.ts'
import { counts } from '../../corpus/drawio-counts.ts'
import { ends } from '../../support/ends.ts'
import { runs } from '../../support/runs.ts'
import { damagedText, expectSoundOrOneRefusal, fixture } from './fixture-files.ts'
import { expectSound, imported, named, occasion, refused } from './imported.ts'

const FILES = ['shop.drawio', 'threat-modelling-shapes.drawio', 'bare-model.drawio.xml']

/** Pages as draw.io stores them when "Compressed" is ticked. */
function compressed(text: string): string {
  return text.replace(
    /(<diagram[^>]*>)\s*(<mxGraphModel[\s\S]*?<\/mxGraphModel>)\s*(?=<\/diagram>)/g,
    (_all, tag: string, model: string) => {
      return `${tag}${deflateRawSync(encodeURIComponent(model)).toString('base64')}`
    },
  )
}

function page(cells: string, attributes = 'id="p" name="Page-1"'): string {
  return `<mxfile><diagram ${attributes}><mxGraphModel><root><mxCell id="0"/><mxCell id="1" parent="0"/>${cells}</root></mxGraphModel></diagram></mxfile>`
}

function vertex(id: string, style: string, more = 'parent="1"', value = id): string {
  return `<mxCell id="${id}" value="${value}" style="${style}" vertex="1" ${more}><mxGeometry x="10" y="10" width="80" height="40" as="geometry"/></mxCell>`
}

function edge(id: string, style: string, more: string, points = ''): string {
  return `<mxCell id="${id}" value="${id}" style="${style}" edge="1" parent="1" ${more}><mxGeometry relative="1" as="geometry">${points}</mxGeometry></mxCell>`
}

describe.each(FILES)('%s', file => {
  const text = fixture(file)

  test('holds what its text says, and the design is sound', () => {
    const { design, summary } = imported(text)
    expectSound(design)
    expect(summary.format).toBe('drawio')
    expect(summary.counts).toEqual(counts.drawio?.(text))
  })

  test('compressed, it is the same design', () => {
    const packed = compressed(text)
    expect(imported(packed).summary.counts).toEqual(counts.drawio?.(packed))
    expect(folderOf(imported(packed).design)).toEqual(folderOf(imported(text).design))
  })

  test('written and read again, it is the same design, and draws the same cells', () => {
    const { design } = imported(text)
    const file = exportModel(design, 'drawio', occasion)
    if (!file.ok) throw new Error('not written')
    // A curve that was drawn as a shape is written as a line.
    const curves = text.includes('requiredInterface') ? ['Style of 1 shape'] : []
    expect(file.value.losses.map(({ what }) => what)).toEqual(curves)
    const back = imported(file.value.text).design
    for (const table of ['elements', 'flows', 'boundaries', 'diagrams'] as const)
      expect(plain(back[table]), table).toEqual(plain(design[table]))
    expect(rowsOf(back.layout).map(({ id }) => id)).toEqual(expect.arrayContaining(rowsOf(design.layout).map(({ id }) => id)))
    for (const { id, ...row } of rowsOf(design.layout)) expect(back.layout[id]).toMatchObject(row)
    expect(counts.drawio?.(file.value.text)).toEqual(counts.drawio?.(text))
    const ids = (xml: string) =>
      [...xml.matchAll(/<(?:mxCell|object|UserObject)\b[^>]*?\sid="([^"]+)"/g)].map(([, id]) => id).sort()
    const gone = ids(text).filter(id => !ids(file.value.text).includes(id))
    // Told when it was read: labels became names, groups without a name and layers are seen through.
    expect(gone).toEqual(file.value.text.includes('Web shop') ? ['f1l', 'g1', 'layer2'] : [])
  })

  test('damaged, it gives a sound design or one refusal', () => {
    const pieces = [
      '"',
      '<',
      '>',
      '&',
      '<mxCell id="2" vertex="1" parent="2">',
      '</root>',
      'parent="',
      '&#1;',
      'style="',
      'source="2"',
    ]
    let sound = 0
    fc.assert(
      fc.property(damagedText(text, pieces), damaged => {
        if (expectSoundOrOneRefusal(damaged)) sound++
      }),
      { numRuns: runs(80, 2000) },
    )
    const values = [...text.matchAll(/"[^"]*"/g)].map(({ index, 0: value }) => [index, value.length] as const)
    fc.assert(
      fc.property(fc.nat(values.length - 1), fc.nat(values.length - 1), (one, other) => {
        const [[from, length], [take, size]] = [values[one] ?? [0, 0], values[other] ?? [0, 0]]
        if (expectSoundOrOneRefusal(text.slice(0, from) + text.slice(take, take + size) + text.slice(from + length))) sound++
      }),
      { numRuns: runs(80, 2000) },
    )
    expect(sound).toBeGreaterThan(5)
  })
})

function plain(table: Readonly<Record<string, { readonly id: string; readonly provenance?: unknown }>>): unknown {
  // Lines drawn backwards or without an arrow are written forwards, all layers become one, and curves are no shapes.
  const meant = (row: object) =>
    JSON.stringify(row)
      .replace(/(start|end)Arrow=(none|classic);/g, '')
      .replaceAll('"parent":"layer2"', '"parent":"1"')
      .replace(/,"foreign":\{"style":"shape=requiredInterface[^}]*\}/, '')
  return rowsOf(table).map(({ provenance: _provenance, ...row }) => JSON.parse(meant(row)))
}

describe('what shapes mean', () => {
  const { design, summary } = imported(fixture('shop.drawio'))

  test('kinds, containers in containers, texts without markup', () => {
    expect(named(design.elements, 'Orders')).toMatchObject({
      kind: 'dataStore',
      boundary: named(design.boundaries, 'Data zone').id,
    })
    expect(named(design.elements, 'Audit log').kind).toBe('dataStore')
    expect(named(design.elements, 'Customer')).toMatchObject({ kind: 'externalEntity' })
    expect(named(design.elements, 'Customer').boundary).toBeUndefined()
    expect(named(design.elements, 'Web shop Node.js <20>')).toMatchObject({
      kind: 'process',
      boundary: named(design.boundaries, 'Shop network').id,
    })
    expect(named(design.boundaries, 'Data zone')).toMatchObject({
      parent: named(design.boundaries, 'Shop network').id,
      membership: 'stated',
    })
  })

  test('labels of lines, both ways, backwards, without an arrow, and loose', () => {
    expect(named(design.flows, 'browse, order')).toMatchObject({ bidirectional: true })
    expect(named(design.flows, 'charge')).toMatchObject({
      source: named(design.elements, 'Web shop Node.js <20>').id,
      target: named(design.elements, 'Payment provider').id,
    })
    expect(named(design.flows, 'webhook').source).toBeUndefined()
    expect(summary.losses.map(({ what }) => what)).toContain('Direction of 1 line')
  })

  test('coordinates of what lies in containers are those of the page', () => {
    const shop = named(design.diagrams, 'Shop, level 0')
    expect(design.layout[`${shop.id}.${named(design.elements, 'Orders').id}`]).toMatchObject({ x: 580, y: 160 })
    expect(design.layout[`${shop.id}.${named(design.flows, 'SQL').id}`]).toMatchObject({ vertices: [{ x: 480, y: 160 }] })
    expect(design.layout[`${shop.id}.${named(design.flows, 'webhook').id}`]).toMatchObject({ start: { x: 300, y: 480 } })
  })

  test('data of shapes is kept, texts are told and kept with their page', () => {
    expect(named(design.elements, 'Orders').foreign).toMatchObject({ data: { owner: 'Shop team', tags: 'pci' } })
    expect(summary.losses.map(({ what }) => what)).toEqual(
      expect.arrayContaining(['Text "Reviewed in May"', '2 layers', '1 group']),
    )
    expect(JSON.stringify(named(design.diagrams, 'Shop, level 0').foreign)).toContain('Reviewed in May')
  })

  test('what is a guess is told once, with the count', () => {
    expect(summary.losses.filter(({ why }) => why.startsWith('Kind guessed'))).toMatchObject([{ what: 'Kind of 9 shapes' }])
  })

  test('the shapes of the Threat Modeling palette', () => {
    const { design: palette, summary: told } = imported(fixture('threat-modelling-shapes.drawio'))
    const boundary = named(palette.boundaries, 'Trust Boundary')
    expect(boundary.membership).toBe('geometry')
    expect(rowsOf(palette.elements).filter(element => element.boundary === boundary.id)).toHaveLength(3)
    expect(rowsOf(palette.boundaries).filter(({ membership }) => membership === 'unresolved')).toHaveLength(2)
    expect(told.losses.map(({ what }) => what)).toContain('Trust boundary "Machine boundary", drawn as an open curve')
    expect(
      palette.layout[`${rowsOf(palette.diagrams)[0]?.id}.${named(palette.boundaries, 'Unnamed trust boundary').id}`],
    ).toMatchObject({
      start: { x: 210, y: 20 },
      end: { x: 210, y: 350 },
    })
  })

  test('C4 shapes say their kind, pictures by the name of their stencil, placeholders are filled in', () => {
    const { design: c4 } = imported(fixture('bare-model.drawio.xml'))
    expect(named(c4.elements, 'Buyer')).toMatchObject({
      kind: 'externalEntity',
      foreign: { data: { c4Description: 'Buys things' } },
    })
    expect(named(c4.elements, 'Orders').kind).toBe('dataStore')
    expect(named(c4.elements, 'Checkout')).toMatchObject({ kind: 'process', boundary: named(c4.boundaries, 'Shop').id })
    expect(named(c4.flows, 'writes a < b').target).toBe(named(c4.elements, 'Orders').id)
  })

  test.each([
    ['ellipse;html=1;', 'process'],
    ['ellipse;shape=doubleEllipse;html=1;', 'process'],
    ['rounded=1;', 'process'],
    ['rhombus;', 'process'],
    ['shape=mxgraph.dfd.process;', 'process'],
    ['shape=cylinder;', 'dataStore'],
    ['shape=cylinder3;', 'dataStore'],
    ['shape=datastore;', 'dataStore'],
    ['shape=partialRectangle;left=0;right=0;', 'dataStore'],
    ['shape=mxgraph.dfd.dataStoreID;', 'dataStore'],
    ['shape=mxgraph.flowchart.database;', 'dataStore'],
    ['shape=mxgraph.aws4.resourceIcon;resIcon=mxgraph.aws4.s3;', 'dataStore'],
    ['shape=umlActor;', 'externalEntity'],
    ['shape=actor;', 'externalEntity'],
    ['shape=mxgraph.dfd.externalEntity;', 'externalEntity'],
    ['shape=mxgraph.nobody.knows;', 'process'],
  ])('%s is a %s', (style, kind) => {
    expect(rowsOf(imported(page(vertex('x', style))).design.elements)).toMatchObject([{ kind }])
  })

  test.each([
    'swimlane;',
    'rounded=0;dashed=1;',
    'ellipse;dashed=1;fillColor=none;',
    'shape=mxgraph.aws4.group;',
    'group;',
    'shape=trustBoundary;',
  ])('%s is a boundary', style => {
    const { design: one } = imported(page(vertex('x', style)))
    expect([rowsOf(one.elements).length, rowsOf(one.boundaries).length]).toEqual([0, 1])
  })

  test('a plain rectangle is an outsider beside round shapes; elsewhere its name says more', () => {
    const kinds = (cells: string) =>
      rowsOf(imported(page(cells)).design.elements)
        .map(({ name, kind }) => `${name} ${kind}`)
        .sort()
    expect(kinds(vertex('a', 'rounded=0;') + vertex('b', 'ellipse;'))).toEqual(['a externalEntity', 'b process'])
    expect(kinds(vertex('User', '') + vertex('Orders database', '') + vertex('User service', '') + vertex('x', ''))).toEqual([
      'Orders database dataStore',
      'User externalEntity',
      'User service process',
      'x process',
    ])
  })

  test('a line that ends at an icon ends at the element that the icon is a part of', () => {
    const cells = vertex('a', 'shape=cylinder3;') + vertex('icon', 'shape=image;', 'parent="a"', '') + vertex('b', 'ellipse;')
    const { design: one } = imported(page(cells + edge('f', 'html=1;', 'source="b" target="icon"')))
    expect(named(one.flows, 'f').target).toBe(named(one.elements, 'a').id)
    expect(rowsOf(one.elements)).toHaveLength(2)
  })
})

describe('labels', () => {
  test.each([
    ['<b>a</b>', 'a'],
    ['a<br>b', 'a\nb'],
    ['<div>a</div><div>b &amp;lt;</div>', 'a\nb &lt;'],
    ['1 &lt; 2', '1 < 2'],
    ['1 < 2 <3', '1 < 2 <3'],
    ['a <b', 'a <b'],
    ['<script>alert(1)</script>x', 'x'],
    ['<style>x', 'x'],
    ['<img src=x onerror=alert(1)>y', 'y'],
    ['&#228;&#xe4;&auml;&nbsp;&nobody;&#0;', 'äää &nobody;&#0;'],
    ['<font style="font-size: 12px">x</font>', 'x'],
  ])('%j reads %j', (html, text) => {
    expect(labelText(html, true)).toBe(text)
  })

  test('without html=1 the label is text', () => {
    expect(
      named(imported(page(vertex('x', 'ellipse;', 'parent="1"', '&lt;b&gt;a&lt;/b&gt;'))).design.elements, '<b>a</b>').kind,
    ).toBe('process')
  })

  test('of any length are walked once', () => {
    for (const part of ['<', '<b', '<script>', '&', '&amp;', '<!', '<b>', '\n', ' '])
      expect(ends(() => labelText(part.repeat(1_000_000), true)).length).toBeLessThanOrEqual(5_000_000)
  })
})

describe('ours', () => {
  const { design } = imported(fixture('shop.drawio'))
  const write = (one: typeof design) => {
    const file = exportModel(one, 'drawio', occasion)
    if (!file.ok) throw new Error('not written')
    return file.value.text
  }

  test('is what draw.io opens: two root cells, geometry, parents before children, lines relative', () => {
    const text = write(design)
    expect(text).toMatch(/^<mxfile host="skeptic" pages="2">\n {2}<diagram id="C5RBs43oDa-KdzZeNtuy" name="Shop, level 0">/)
    for (const [model] of text.matchAll(/<root>[\s\S]*?<\/root>/g)) {
      expect(model).toMatch(
        /^<root>\s*<UserObject label=""[^>]* id="0">\s*<mxCell\/>\s*<\/UserObject>\s*<mxCell id="1" parent="0"\/>/,
      )
      const seen = new Set(['0'])
      for (const [, id, inner] of model.matchAll(/<UserObject [^>]*?id="([^"]*)">\s*(<mxCell[^>]*>)/g)) {
        const parent = / parent="([^"]*)"/.exec(inner ?? '')?.[1]
        if (parent !== undefined && parent !== '1') expect(seen, inner).toContain(parent)
        seen.add(id ?? '')
      }
      const cells = [...model.matchAll(/<mxCell [^>]*(vertex|edge)="1"[^>]*>\s*(<mxGeometry[^>]*>)/g)]
      expect(cells.length).toBeGreaterThan(2)
      for (const [, kind, geometry] of cells) {
        expect(geometry).toContain('as="geometry"')
        expect(geometry?.includes('relative="1"')).toBe(kind === 'edge')
      }
    }
  })

  test('what a person moved, renamed and turned in draw.io comes back as that', () => {
    const web = named(design.elements, 'Web shop Node.js <20>')
    const moved = write(design)
      .replace('label="Payment provider"', 'label="Bank"')
      .replace(/(id="audit">\s*<mxCell style=")shape=partialRectangle;[^"]*(" vertex="1" parent=")dmz/, '$1ellipse;html=1;$2net')
    const back = imported(moved).design
    expect(back.elements[named(design.elements, 'Payment provider').id]?.name).toBe('Bank')
    expect(back.elements[named(design.elements, 'Audit log').id]).toMatchObject({ boundary: web.boundary, kind: 'dataStore' })
  })

  test('a style that says another kind than the design now does is not written', () => {
    const audit = named(design.elements, 'Audit log')
    const text = write(applyChanges(design, [{ kind: 'patch', table: 'elements', id: audit.id, fields: { kind: 'process' } }]))
    expect(text).toMatch(/id="audit">\s*<mxCell style="ellipse;/)
    expect(imported(text).design.elements[audit.id]?.kind).toBe('process')
  })

  test('an attribute that fits no row is told, and the rest is read', () => {
    const id = named(design.elements, 'Orders').id
    const text = write(design).replace('skeptic-kind="dataStore"', 'skeptic-kind="dataStore" skeptic-attributes="isLog=maybe"')
    const { summary } = imported(text)
    expect(summary.losses.map(({ what }) => what)).toContain('The attribute skeptic-attributes')
    expect(id).toMatch(/^E-/)
  })

  test('names that would break the notation stay names', () => {
    const evil = '"/><mxCell id="1"/> <b>&amp;</b> ]]> \u{1F600}'
    const first = rowsOf(design.elements)[0]
    if (!first) throw new Error('no element')
    const text = write(applyChanges(design, [{ kind: 'patch', table: 'elements', id: first.id, fields: { name: evil } }]))
    expect(imported(text).design.elements[first.id]?.name).toBe(evil)
  })

  test('foreign data that somebody made up writes no XML of its own', () => {
    const [diagram] = rowsOf(design.diagrams)
    const cells = [
      { tag: 'a><script', attributes: { id: 'q' }, children: [] },
      { tag: 'mxCell', attributes: { id: 'r', 'x"y': '1', value: '"<' } },
      7,
    ]
    const text = write(
      applyChanges(design, [{ kind: 'patch', table: 'diagrams', id: diagram?.id ?? '', fields: { foreign: { cells } } }]),
    )
    expect(text).not.toContain('script')
    expect(text).toContain('<mxCell id="r" value="&quot;&lt;"/>')
    expectSound(imported(text).design)
  })
})

describe('hostile files', () => {
  const nested = (count: number) =>
    Array.from({ length: count }, (_, i) => vertex(`v${i}`, 'rounded=0;', `parent="${i === 0 ? 1 : `v${i - 1}`}"`, ''))

  test.each([
    ['<mxfile/>', 'drawio.noPages'],
    ['<?xml version="1.0"?><mxfile></mxfile>', 'drawio.noPages'],
    ['<mxfile><diagram>', 'drawio.xml'],
    ['<mxfile><diagram>not base64 at all!</diagram></mxfile>', 'drawio.packed'],
    ['<mxfile><diagram>AAAA</diagram></mxfile>', 'drawio.packed'],
    [`<mxfile><diagram>${deflateRawSync('%3CmxGraphModel%3E').toString('base64')}</diagram></mxfile>`, 'drawio.xml'],
    [
      `<mxfile><diagram>${deflateRawSync(Buffer.alloc(30_000_000, 'a')).toString('base64')}</diagram></mxfile>`,
      'drawio.tooLarge',
    ],
    ['<!DOCTYPE mxfile [<!ENTITY a "b">]><mxfile><diagram>&a;</diagram></mxfile>', 'drawio.doctype'],
    [`<mxfile>${'<diagram/>'.repeat(1001)}</mxfile>`, 'import.tooMany'],
    [page('<mxCell/>'.repeat(50_001)), 'import.tooMany'],
    [page(Array.from({ length: 2001 }, (_, i) => vertex(`b${i}`, 'dashed=1;')).join('')), 'import.tooMany'],
    [`<mxGraphModel>${'<a>'.repeat(40)}`, 'drawio.limit'],
  ])('case %#: refused with one problem', (text, code) => {
    expect(refused(text).code).toBe(code)
  })

  test('the place inside a compressed page is named', () => {
    const packed = deflateRawSync(encodeURIComponent('<mxGraphModel>\n<root>\n<a</root></mxGraphModel>')).toString('base64')
    expect(refused(`<mxfile><diagram/><diagram>${packed}</diagram></mxfile>`).at).toMatch(/^model\.json:diagram\[2\]:3:\d+$/)
  })

  test('cells in themselves, in each other and in nothing; lines on lines', () => {
    const cells = [
      vertex('a', 'rounded=0;', 'parent="a"'),
      vertex('b', 'swimlane;', 'parent="c"'),
      vertex('c', 'swimlane;', 'parent="b"'),
      vertex('d', 'ellipse;', 'parent="nowhere"'),
      vertex('d', 'ellipse;'),
      edge('e', '', 'source="e" target="f"'),
      edge('f', '', 'source="b" target="__proto__"'),
      vertex('constructor', 'ellipse;', 'parent="toString"'),
      '<object __proto__="x" label="y" id="z"><mxCell vertex="1"/></object>',
    ]
    const { design } = imported(page(cells.join('')))
    expectSound(design)
    expect(rowsOf(design.elements)).toHaveLength(4)
  })

  test('attributes of ours that lie in a circle make no circle', () => {
    const box = (id: string, within: string) =>
      `<UserObject label="${id}" id="${id}" skeptic-kind="boundary" skeptic-boundary="${within}"><mxCell vertex="1" parent="1"/></UserObject>`
    expectSound(imported(page(box('B-00001', 'B-00002') + box('B-00002', 'B-00001'))).design)
  })

  test('thousands of cells in each other, with a line from each to the last, come to their end', () => {
    const deep = nested(20_000)
    const lines = Array.from({ length: 20_000 }, (_, i) => edge(`e${i}`, '', `source="v${i}" target="v19999"`))
    const text = page([...deep, ...lines].join(''))
    const design = ends(() => imported(text).design)
    expect(rowsOf(design.flows)).toHaveLength(20_000)
  })
})

describe('by how it begins', () => {
  test.each([
    ['<mxfile host="x">', true],
    ['<?xml version="1.0"?>\n<!-- a --><mxGraphModel>', true],
    ['<mxfiles>', false],
    ['<?xml version="1.0"?><cairis_model/>', false],
    ['<!-- <mxfile> ', false],
    ['mxfile', false],
  ])('%j: %j', (head, is) => {
    expect(looksLikeDrawio(head)).toBe(is)
  })
})
