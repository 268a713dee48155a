import { describe, expect, test } from 'vitest'
import { exportModel } from '../../../core/interop/export.ts'
import { FORMATS } from '../../../core/interop/formats.ts'
import { changesInto } from '../../../core/interop/reimport/into.ts'
import { applyChanges, EMPTY_DESIGN } from '../../../core/model/change.ts'
import { explainRow } from '../../../core/model/explain.ts'
import { folderOf } from '../../../core/model/write.ts'
import { boundary, designOf } from '../model/designs.ts'
import { expectSound, imported, occasion, refused } from './imported.ts'
import { modelV2, threat } from './models.ts'

const { design, summary } = imported(modelV2())

describe('export', () => {
  test('a bundle comes back as the same design', () => {
    const bundle = exportModel(design, 'skeptic', occasion)
    if (!bundle.ok) throw new Error('not written')
    expect(bundle.value.losses).toEqual([])
    const back = imported(bundle.value.text)
    expectSound(back.design)
    expect(folderOf(back.design)).toEqual(folderOf(design))
    expect(back.summary).toEqual({ format: 'skeptic', formatVersion: '1', counts: summary.counts, losses: [], problems: [] })
  })

  test('a broken bundle is refused with the file inside it', () => {
    const bundle = (settings: object) => ({
      skeptic: 'bundle',
      files: { 'skeptic.json': { format: 1, designId: '0123456789', name: 'A', epoch: 1, ...settings } },
    })
    expect(imported(bundle({})).design.settings.design?.name).toBe('A')
    expect(refused(bundle({ epoch: 0 }))).toMatchObject({ code: 'schema.invalid', at: 'model.json:skeptic.json' })
    expect(refused(bundle({ epoch: 0 }), { explain: explainRow })).toMatchObject({
      at: 'model.json:skeptic.json:/epoch',
      message: 'Must be >= 1.',
    })
    expect(refused(bundle({ name: '\ud800' })).code).toBe('bundle.text')
    expect(refused(JSON.stringify(bundle({ foreign: { n: 77 } })).replace('77', '1e999')).code).toBe('bundle.text')
  })

  test('Mermaid text says what it leaves out', () => {
    const mermaid = exportModel(design, 'mermaid', occasion)
    if (!mermaid.ok) throw new Error('not written')
    expect(mermaid.value.text).toMatch(/^flowchart/)
    expect(mermaid.value.text).toContain('Customer')
    expect(mermaid.value.losses.map(loss => loss.what)).toEqual([
      'The purpose of the design',
      'Keys of another program about the design',
      'How it is known what lies inside of 3 trust boundaries',
      '1 diagram',
      'Where 8 things are drawn',
      '1 threat',
    ])
    expect(exportModel(EMPTY_DESIGN, 'mermaid', occasion)).toMatchObject({ ok: true, value: { losses: [] } })
  })

  test('every format of the list that can be written is, and no other', () => {
    for (const { name, write } of FORMATS) expect(exportModel(design, name, occasion).ok, name).toBe(write)
    expect(exportModel(design, 'toString', occasion)).toMatchObject({ ok: false, problems: [{ code: 'export.format' }] })
  })
})

test('what could not be read again is not handed out', () => {
  const ids = Array.from({ length: 2001 }, (_, i) => `B-${String(i).padStart(5, '0')}`)
  const rows = ids.map(id => boundary(id))
  for (const format of ['cyclonedx', 'tm-library']) {
    const written = exportModel(designOf(...rows), format, occasion)
    expect(written).toMatchObject({
      ok: false,
      problems: [{ code: 'export.unreadable', message: expect.stringContaining('2000') }],
    })
  }
})

describe('into the present design', () => {
  test('an empty one becomes the imported one', () => {
    const { changes, problems } = changesInto(EMPTY_DESIGN, design)
    expect(applyChanges(EMPTY_DESIGN, changes)).toEqual(design)
    expect(problems).toEqual([])
  })

  test('what people changed since stays, what is new comes in', () => {
    const [element] = Object.values(design.elements)
    if (!element) throw new Error('no element')
    const edited = applyChanges(design, [{ kind: 'patch', table: 'elements', id: element.id, fields: { name: 'Renamed' } }])
    const more = imported(
      modelV2([
        ...(modelV2().detail as { diagrams: { cells: object[] }[] }).diagrams.flatMap(({ cells }) => cells),
        { id: 'new', shape: 'store', data: { name: 'New', threats: [threat()] } },
      ]),
    )
    const { changes, problems, update } = changesInto(edited, more.design)
    expect(changes.map(change => [change.kind, change.table]).sort()).toEqual([
      ['patch', 'diagrams'],
      ['put', 'elements'],
      ['put', 'threats'],
    ])
    expect(applyChanges(edited, changes).elements[element.id]?.name).toBe('Renamed')
    expect(problems).toEqual([])
    expect(update).toMatchObject({ added: 2, changed: 1, removed: 0, conflicts: [], gone: [] })
  })
})
