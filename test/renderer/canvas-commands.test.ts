import { describe, expect, it } from 'vitest'
import { applyChanges } from '../../core/model/change.ts'
import type { Design } from '../../core/model/types.ts'
import { copyText } from '../../core/threats/clipboard.ts'
import { triageReal } from '../../core/threats/edits.ts'
import { packsWithoutControls } from '../../packs/without-controls.ts'
import { diagramShown, drawingOf } from '../../renderer/canvas/drawing.ts'
import { holds, meets } from '../../renderer/canvas/scene.ts'
import type { Command, Context, Effect } from '../../renderer/commands/command.ts'
import { encloseSelected, moveBoxes, placeConnected, placeThing } from '../../renderer/commands/definitions/model.ts'
import {
  alsoSelect,
  copySelected,
  cutSelected,
  pasteText,
  pasteWith,
  selectAll,
} from '../../renderer/commands/definitions/model-clipboard.ts'
import { duplicateSelected, enlargeSelected, shrinkSelected } from '../../renderer/commands/definitions/model-keys.ts'
import { HEATS } from '../../renderer/commands/definitions/model-look.ts'
import { factsOf } from '../../renderer/state/facts.ts'
import { heatOf, legendOf } from '../../renderer/views/model/heat-model.ts'
import { smallDesign } from '../support/small-design.ts'
import { AT, contextWith, stampOf } from './support.ts'

function effectsOf<In>(context: Context, command: Command<In>, input: In): readonly Effect[] {
  const planned = command.plan(context, input)
  if (!planned.ok) throw new Error(planned.problems[0].message)
  return planned.value
}

function applied(context: Context, effects: readonly Effect[]): Design {
  return applyChanges(
    context.design,
    effects.flatMap(effect => (effect.kind === 'write' ? effect.changes : [])),
  )
}

const said = (effects: readonly Effect[]) => effects.flatMap(effect => (effect.kind === 'say' ? [effect.text] : []))
const writes = (effects: readonly Effect[]) => effects.filter(effect => effect.kind === 'write')

/** One finding of the order judged real, with the threat that this makes. */
function decided(): Design {
  const design = smallDesign()
  const finding = factsOf(design, AT, packsWithoutControls)
    .findings()
    .find(one => one.on.kind === 'interaction' && one.on.flow === 'F-REQVE' && one.applicability === 'applies')
  const judged = finding && triageReal(design, { finding, likelihood: 5, impact: 5 }, stampOf('t'))
  if (!judged?.ok) throw new Error('no finding to judge')
  return applyChanges(design, judged.value)
}

describe('a drag onto empty space', () => {
  it('makes the element and the flow to it as one step, named and placed', () => {
    const context = contextWith()
    const effects = effectsOf(context, placeConnected, { source: 'E-TRAP1', kind: 'dataStore', at: { x: 600, y: 220 } })
    const after = applied(context, effects)
    const element = Object.values(after.elements).find(row => row.name === 'New data store')
    expect(writes(effects)).toHaveLength(1)
    expect(element?.boundary).toBe('B-BANK1')
    expect(Object.values(after.flows).find(row => row.target === element?.id)).toMatchObject({
      source: 'E-TRAP1',
      name: 'Transfer service to New data store',
    })
    expect(said(effects)).toEqual(['Data store added with a data flow from Transfer service. Type its name.'])
  })

  it('refuses a source that is gone', () => {
    expect(placeConnected.plan(contextWith(), { source: 'E-00000', kind: 'process', at: { x: 0, y: 0 } }).ok).toBe(false)
  })
})

describe('a tool used on an element', () => {
  const onIt = { kind: 'process', at: { x: 500, y: 190 }, beside: 'E-TRAP1' } as const
  const placeOf = (design: Design, name: string) => {
    const row = Object.values(design.elements).find(one => one.name === name)
    return { row, box: drawingOf(design, diagramShown(design, undefined)).boxes.find(box => box.id === row?.id) }
  }

  it('puts the new one beside it in the same boundary, selected, to be named, and says so', () => {
    const context = contextWith()
    const effects = effectsOf(context, placeThing, onIt)
    const after = applied(context, effects)
    const { row, box } = placeOf(after, 'New process')
    const { boxes } = drawingOf(after, diagramShown(after, undefined))
    const zone = boxes.find(one => one.id === 'B-BANK1')
    expect(row?.boundary).toBe('B-BANK1')
    expect(box && zone && holds(zone, box)).toBe(true)
    expect(boxes.filter(one => box && one.kind !== 'boundary' && one.id !== box.id && meets(one, box))).toEqual([])
    expect(effects).toContainEqual({
      kind: 'session',
      set: { tool: 'select', selection: [row?.id], renaming: row?.id },
    })
    expect(said(effects)).toEqual(['Process added beside Transfer service. Type its name.'])
  })

  it('finds another place each time, and leaves a boundary that is full', () => {
    let design = smallDesign()
    for (let nth = 0; nth < 12; nth++) {
      const context = { ...contextWith(design), stamp: stampOf(`n${nth}`) }
      design = applied(context, effectsOf(context, placeThing, onIt))
    }
    const { boxes } = drawingOf(design, diagramShown(design, undefined))
    const elements = boxes.filter(box => box.kind !== 'boundary')
    expect(elements.filter(a => elements.some(b => a.id !== b.id && meets(a, b)))).toEqual([])
    const made = Object.values(design.elements).filter(row => row.name.startsWith('New process'))
    expect(new Set(made.map(row => row.boundary === 'B-BANK1'))).toEqual(new Set([true, false]))
  })

  it('from outside every boundary it stays outside', () => {
    const context = contextWith()
    const [outside] = Object.values(context.design.elements).filter(row => row.boundary === undefined)
    const effects = effectsOf(context, placeThing, { ...onIt, beside: outside?.id ?? '' })
    expect(placeOf(applied(context, effects), 'New process').row?.boundary).toBeUndefined()
  })
})

describe('boundaries in boundaries', () => {
  it('a boundary dropped inside another lies in it, with what it holds, and it is said', () => {
    const inner = applyChanges(smallDesign(), [
      {
        kind: 'put',
        table: 'boundaries',
        row: { id: 'B-0000N', name: 'Vault', kind: 'process', membership: 'stated', provenance: { kind: 'human', at: AT } },
      },
      { kind: 'patch', table: 'diagrams', id: 'G-0VERV', fields: { 'boundaries/B-0000N': true } },
      { kind: 'put', table: 'layout', row: { id: 'G-0VERV.B-0000N', x: 900, y: 60, width: 120, height: 90 } },
    ])
    const context = contextWith(inner)
    const effects = effectsOf(context, moveBoxes, [{ id: 'B-0000N', x: 600, y: 180 }])
    expect(applied(context, effects).boundaries['B-0000N']?.parent).toBe('B-BANK1')
    expect(said(effects)).toEqual(['Vault is now in Bank network.'])
  })
})

describe('the clipboard', () => {
  const all = { selection: ['B-BANK1', 'E-CVST1'] }

  it('selects everything, and says how much', () => {
    const effects = effectsOf(contextWith(), selectAll, undefined)
    expect(effects[0]).toMatchObject({ set: { selection: expect.arrayContaining(['B-BANK1', 'F-B00KG', 'E-CVST1']) } })
    expect(said(effects)).toEqual(['6 things selected.'])
  })

  it('cuts as a copy and one removal', () => {
    const context = contextWith(undefined, { selection: ['E-CVST1'] })
    const effects = effectsOf(context, cutSelected, undefined)
    expect(effects[0]).toMatchObject({ kind: 'copy', said: 'Copied 1 thing.' })
    expect(writes(effects)).toHaveLength(1)
    expect(applied(context, effects).elements['E-CVST1']).toBeUndefined()
  })

  it('has nothing to copy where nothing drawn is selected', () => {
    expect(copySelected.plan(contextWith(undefined, { selection: ['R-00001'] }), undefined).ok).toBe(false)
  })

  it('pastes at once where no decisions came along, and selects the copies', () => {
    const context = contextWith()
    const text = copyText(context.design, { ids: all.selection, diagram: 'G-0VERV' }) ?? ''
    const effects = effectsOf(context, pasteText, text)
    expect(writes(effects)).toHaveLength(1)
    expect(Object.keys(applied(context, effects).elements)).toHaveLength(6)
    expect(said(effects)).toEqual(['Pasted 6 things.'])
  })

  it('asks where decisions came along, and writes them only when told to', () => {
    const context = contextWith(decided())
    const text = copyText(context.design, { ids: all.selection, diagram: 'G-0VERV' }) ?? ''
    expect(effectsOf(context, pasteText, text)).toMatchObject([{ set: { dialog: { kind: 'paste', text } } }])
    const without = effectsOf(context, pasteWith, { text, at: undefined, carry: false })
    expect(Object.keys(applied(context, without).threats)).toHaveLength(1)
    const carried = effectsOf(context, pasteWith, { text, at: undefined, carry: true })
    expect(writes(carried)).toHaveLength(1)
    expect(Object.keys(applied(context, carried).threats)).toHaveLength(2)
  })

  it('says what it cannot paste', () => {
    expect(pasteText.plan(contextWith(), 'any text')).toMatchObject({ problems: [{ code: 'command.notNow' }] })
  })

  it('duplicates a boundary with what lies in it', () => {
    const context = contextWith(undefined, { selection: ['B-BANK1'] })
    const after = applied(context, effectsOf(context, duplicateSelected, undefined))
    expect(Object.keys(after.elements)).toHaveLength(5)
    expect(Object.keys(after.flows)).toHaveLength(3)
  })
})

describe('twins of the pointer', () => {
  it('adds one more thing to what is selected', () => {
    const effects = effectsOf(contextWith(undefined, { selection: ['E-TRAP1'] }), alsoSelect, 'F-B00KG')
    expect(effects[0]).toMatchObject({ set: { selection: ['E-TRAP1', 'F-B00KG'] } })
    expect(said(effects)).toEqual(['booking added; 2 things selected.'])
  })

  it('makes a boundary larger on each side, and no smaller than it can be', () => {
    const context = contextWith(undefined, { selection: ['B-BANK1'] })
    const after = applied(context, effectsOf(context, enlargeSelected, undefined))
    expect(after.layout['G-0VERV.B-BANK1']).toMatchObject({ x: 284, y: 24, width: 492, height: 272 })
    const small = applyChanges(smallDesign(), [
      { kind: 'patch', table: 'layout', id: 'G-0VERV.B-BANK1', fields: { width: 130, height: 90 } },
    ])
    expect(shrinkSelected.plan(contextWith(small, { selection: ['B-BANK1'] }), undefined).ok).toBe(false)
    expect(enlargeSelected.plan(contextWith(undefined, { selection: ['E-TRAP1'] }), undefined).ok).toBe(false)
  })
})

describe('heat', () => {
  const design = decided()
  const facts = factsOf(design, AT, packsWithoutControls)

  it.each(HEATS)('%s: every sign on the drawing stands in the legend, and is counted there', heat => {
    const map = heatOf(design, facts, heat)
    const lines = legendOf(heat, map)
    expect(lines.reduce((sum, line) => sum + line.count, 0)).toBe(map.size)
    expect(new Set(lines.map(line => line.mark)).size).toBe(lines.length)
    for (const { level } of map.values()) expect(lines.some(line => line.level === level)).toBe(true)
  })

  it('shows the class of the data, and an unclassified one as such', () => {
    expect(heatOf(design, facts, 'data').get('F-REQVE')).toEqual({ level: 2, mark: 'D2' })
    const unclear = applyChanges(design, [{ kind: 'patch', table: 'data', id: 'D-0RDER', fields: { class: undefined } }])
    expect(heatOf(unclear, factsOf(unclear, AT, packsWithoutControls), 'data').get('F-REQVE')?.mark).toBe('D?')
  })

  it('shows a threat that nothing answers as gravely as it was judged', () => {
    expect(heatOf(design, facts, 'severity').get('F-REQVE')).toEqual({ level: 4, mark: 'C' })
  })

  it('calls looked at what somebody decided about', () => {
    const [row] = Object.values(design.triage)
    const subject = facts.findings().find(finding => finding.id === row?.id)?.subject ?? ''
    expect(heatOf(smallDesign(), factsOf(smallDesign(), AT, packsWithoutControls), 'unseen').has(subject)).toBe(true)
    expect(heatOf(design, facts, 'unseen').has(subject)).toBe(false)
  })
})

describe('a boundary around what is selected', () => {
  it('covers every box and holds exactly those', () => {
    const design = smallDesign()
    const context = contextWith(design, { selection: ['E-TRAP1', 'E-1EDG1'] })
    const after = applied(context, effectsOf(context, encloseSelected, undefined))
    const [added = ''] = Object.keys(after.boundaries).filter(id => !design.boundaries[id])
    expect(after.boundaries[added]?.parent).toBe('B-BANK1')
    const inside = Object.values(after.elements).filter(row => row.boundary === added)
    expect(inside.map(row => row.id).sort()).toEqual(['E-1EDG1', 'E-TRAP1'])
    expect(after.layout[`G-0VERV.${added}`]).toMatchObject({ x: 308, y: 72, width: 444, height: 144 })
  })

  it('asks for a selection first', () => {
    expect(encloseSelected.plan(contextWith(smallDesign(), { selection: [] }), undefined).ok).toBe(false)
  })
})
