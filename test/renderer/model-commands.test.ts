import { describe, expect, it } from 'vitest'
import { applyChanges, EMPTY_DESIGN } from '../../core/model/change.ts'
import type { Design } from '../../core/model/types.ts'
import type { Command, Context } from '../../renderer/commands/command.ts'
import { connectElements, moveBoxes, placeThing, removeObjects, writeTidy } from '../../renderer/commands/definitions/model.ts'
import { connectSelected, enterSelected, TOOLS } from '../../renderer/commands/definitions/model-keys.ts'
import { contextWith } from './support.ts'

function applied<In>(context: Context, command: Command<In>, input: In): Design {
  const planned = command.plan(context, input)
  if (!planned.ok) throw new Error(planned.problems[0].message)
  return applyChanges(
    context.design,
    planned.value.flatMap(effect => (effect.kind === 'write' ? effect.changes : [])),
  )
}

describe('drawing', () => {
  it('places an element in the boundary drawn there, beside what stands there already', () => {
    const design = applied(contextWith(), placeThing, { kind: 'process', at: { x: 420, y: 150 } })
    const added = Object.values(design.elements).find(row => row.name === 'New process')
    expect(added?.boundary).toBe('B-BANK1')
    const place = design.layout[`G-0VERV.${added?.id}`]
    expect(Math.abs((place?.y ?? 0) - 120)).toBeGreaterThanOrEqual(64)
  })

  it('makes the first diagram of a design that has none', () => {
    const design = applied(contextWith(EMPTY_DESIGN), placeThing, { kind: 'externalEntity', at: { x: 0, y: 0 } })
    const [diagram] = Object.values(design.diagrams)
    expect(Object.keys(diagram?.elements ?? {})).toEqual(Object.keys(design.elements))
  })

  it('draws a boundary around the free elements it covers', () => {
    const design = applied(contextWith(), placeThing, { kind: 'boundary', at: { x: 120, y: 150 } })
    const added = Object.values(design.boundaries).find(row => row.id !== 'B-BANK1')
    expect(design.elements['E-CVST1']?.boundary).toBe(added?.id)
    expect(design.elements['E-TRAP1']?.boundary).toBe('B-BANK1')
  })

  it('takes the contents along when a boundary moves, and says nothing of membership', () => {
    const planned = moveBoxes.plan(contextWith(), [{ id: 'B-BANK1', x: 330, y: 140 }])
    const design = applied(contextWith(), moveBoxes, [{ id: 'B-BANK1', x: 330, y: 140 }])
    expect(design.layout['G-0VERV.E-TRAP1']).toMatchObject({ x: 370, y: 220 })
    expect(design.elements['E-TRAP1']?.boundary).toBe('B-BANK1')
    expect(planned.ok && planned.value.filter(effect => effect.kind === 'say')).toEqual([])
  })

  it('moves an element out of the boundary it was dragged out of, and says so', () => {
    const planned = moveBoxes.plan(contextWith(), [{ id: 'E-1EDG1', x: 900, y: 400 }])
    expect(planned.ok && planned.value.at(-1)).toEqual({ kind: 'say', text: 'Ledger is now in no boundary.' })
    expect(applied(contextWith(), moveBoxes, [{ id: 'E-1EDG1', x: 900, y: 400 }]).elements['E-1EDG1']?.boundary).toBeUndefined()
  })

  it('connects, and shows the flow on the diagram', () => {
    const design = applied(contextWith(), connectElements, { source: 'E-1EDG1', target: 'E-TRAP1' })
    const added = Object.values(design.flows).find(row => row.source === 'E-1EDG1')
    expect(design.diagrams['G-0VERV']?.flows?.[added?.id ?? '']).toBe(true)
  })

  it('removes an element with its flows', () => {
    const design = applied(contextWith(), removeObjects, ['E-TRAP1'])
    expect(Object.keys(design.flows)).toEqual([])
  })

  it('writes a layout as one step', () => {
    const planned = writeTidy.plan(contextWith(), [{ id: 'E-CVST1', x: 0, y: 0 }])
    expect(planned.ok && planned.value.filter(effect => effect.kind === 'write')).toHaveLength(1)
  })
})

describe('keys on the canvas', () => {
  it('connects from the selected element, and asks for one where none is selected', () => {
    expect(connectSelected.plan(contextWith(undefined, { selection: ['E-TRAP1'] }), undefined)).toMatchObject({
      ok: true,
      value: [{ set: { dialog: { kind: 'connect', source: 'E-TRAP1' } } }],
    })
    expect(connectSelected.plan(contextWith(), undefined).ok).toBe(false)
  })

  it('Enter puts down what is armed, else opens the inspector', () => {
    const armed = enterSelected.plan(contextWith(undefined, { tool: 'process' }), undefined)
    expect(armed).toMatchObject({ ok: true, value: [{ kind: 'canvas', what: 'add' }] })
    const selected = enterSelected.plan(contextWith(undefined, { selection: ['E-TRAP1'] }), undefined)
    expect(selected).toMatchObject({ ok: true, value: [{ set: { inspector: true } }, { kind: 'focus', name: 'inspector' }] })
  })

  it('has a tool for each thing that can be drawn', () => {
    expect(TOOLS.map(tool => tool.keys?.[0]?.chord)).toEqual(['P', 'S', 'E', 'B', 'F'])
  })
})
