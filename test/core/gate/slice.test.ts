import { describe, expect, test } from 'vitest'
import { type Slice, sliceOf } from '../../../core/gate/slice.ts'
import type { Design, Packs } from '../../../core/model/types.ts'
import { AT, ID, PACKS, TRANSFERS, withFields } from './transfers.ts'

function slice(design: Design = TRANSFERS, packs: Packs = PACKS, workItem: string = ID.work): Slice {
  const result = sliceOf(design, packs, { workItem, at: AT })
  if (!result.ok) throw new Error(result.problems[0].message)
  return result.value
}

describe('slice', () => {
  test('an unknown work item is refused', () => {
    const result = sliceOf(TRANSFERS, PACKS, { workItem: 'W-N0NE1', at: AT })
    expect(result).toMatchObject({ ok: false, problems: [{ code: 'workItem.unknown', at: 'W-N0NE1' }] })
  })

  test('holds what the work item touches', () => {
    const { focus, elements, flows, boundaries, data, requirements, mitigations, acceptances, threats } = slice()
    expect({ focus, elements, flows, boundaries, data }).toEqual({
      focus: [ID.api],
      elements: [ID.api, ID.customer, ID.ledger].sort(),
      flows: [ID.book, ID.submit],
      boundaries: [ID.internet],
      data: [ID.order, ID.session],
    })
    expect(requirements).toEqual([ID.derive, ID.limit])
    expect(threats.map(state => state.threat.id)).toEqual([ID.accepted, ID.disclosure, ID.tampering])
    expect({ mitigations, acceptances }).toEqual({ mitigations: [ID.ownership, ID.logs].sort(), acceptances: [ID.acceptance] })
  })

  test('has findings on its flows and none on other flows', () => {
    const flows = slice().findings.map(finding => (finding.on.kind === 'interaction' ? finding.on.flow : finding.on.element))
    expect(new Set(flows)).toEqual(new Set([ID.book, ID.submit]))
  })

  test('a work item that names only an element takes all flows that touch it', () => {
    const design = withFields(TRANSFERS, 'workItems', ID.work, { flows: undefined })
    expect(slice(design).flows).toEqual([ID.book, ID.score, ID.submit].sort())
  })

  test('a work item that names only a flow changes the processes at its ends', () => {
    const design = withFields(TRANSFERS, 'workItems', ID.work, { elements: undefined, flows: { [ID.book]: true } })
    expect(slice(design).focus).toEqual([ID.api])
  })

  test('what is out of scope is left out', () => {
    const design = withFields(TRANSFERS, 'flows', ID.book, { outOfScope: 'Another team.' })
    expect(slice(design).flows).toEqual([ID.submit])
    expect(slice(design).elements).not.toContain(ID.ledger)
  })

  test('retired requirements are left out unless the work item names them', () => {
    const retired = withFields(TRANSFERS, 'requirements', ID.limit, { status: 'retired' })
    expect(slice(retired).requirements).toEqual([ID.derive])
    expect(slice(withFields(retired, 'workItems', ID.work, { [`requirements/${ID.limit}`]: true })).requirements).toEqual([
      ID.derive,
      ID.limit,
    ])
  })
})

describe('slice digest', () => {
  const digest = slice().digest

  test.each<[string, (design: Design) => Design]>([
    ['a flow elsewhere', design => withFields(design, 'flows', ID.score, { protocol: 'gRPC' })],
    ['an element elsewhere', design => withFields(design, 'elements', ID.fraud, { name: 'Scorer' })],
    ['a requirement elsewhere', design => withFields(design, 'requirements', ID.otherRequirement, { statement: 'Other.' })],
    ['another work item', design => withFields(design, 'workItems', ID.otherWork, { goal: 'Other.' })],
    [
      'a policy rule for something else',
      design => withFields(design, 'policy', 'policy', { 'rules/AI-09': { when: { element: [ID.fraud] }, level: 'forbidden' } }),
    ],
    ['who does the work', design => withFields(design, 'workItems', ID.work, { assignee: 'developer' })],
    [
      'how far a mitigation is',
      design => withFields(design, 'mitigations', ID.ownership, { status: 'verified', owner: 'developer' }),
    ],
    ['a comment and a layout', design => ({ ...design, comments: {}, layout: {}, diagrams: {} })],
  ])('%s leaves it alone', (_, edit) => {
    expect(slice(edit(TRANSFERS)).digest).toBe(digest)
  })

  test.each<[string, (design: Design) => Design]>([
    ['the goal', design => withFields(design, 'workItems', ID.work, { goal: 'Another goal.' })],
    ['a flow', design => withFields(design, 'flows', ID.submit, { protocol: 'HTTP/3' })],
    ['the far end of a flow', design => withFields(design, 'elements', ID.ledger, { name: 'Accounts' })],
    ['the boundary', design => withFields(design, 'boundaries', ID.internet, { name: 'Cloud' })],
    ['the class of data', design => withFields(design, 'data', ID.order, { class: 'D2' })],
    ['a requirement', design => withFields(design, 'requirements', ID.derive, { statement: 'Another.' })],
    [
      'a new link of a requirement',
      design => withFields(design, 'requirements', ID.otherRequirement, { [`flows/${ID.submit}`]: true }),
    ],
    ['a threat', design => withFields(design, 'threats', ID.tampering, { likelihood: 1 })],
    ['a mitigation', design => withFields(design, 'mitigations', ID.ownership, { statement: 'Another.' })],
    ['an acceptance', design => withFields(design, 'acceptances', ID.acceptance, { expires: '2027-02-28' })],
    ['a decision on a finding', design => ({ ...design, triage: {} })],
    [
      'a policy rule that now matches',
      design => withFields(design, 'policy', 'policy', { 'rules/AI-09': { when: { element: [ID.api] }, level: 'assisted' } }),
    ],
    ['a code class', design => withFields(design, 'elements', ID.api, { 'codeClasses/payment': true })],
  ])('%s changes it', (_, edit) => {
    expect(slice(edit(TRANSFERS)).digest).not.toBe(digest)
  })

  test('a reworded control changes it, a control nobody uses does not', () => {
    const reworded = (id: string): Packs => ({
      ...PACKS,
      controls: PACKS.controls.map(pack => ({
        ...pack,
        controls: pack.controls.map(control => (control.id === id ? { ...control, do: 'Otherwise.' } : control)),
      })),
    })
    expect(slice(TRANSFERS, reworded('AUTHZ-OBJECT')).digest).not.toBe(digest)
    expect(slice(TRANSFERS, reworded('PATH-CONFINEMENT')).digest).toBe(digest)
  })

  test('a template belongs to it when one is named', () => {
    const withTemplate = sliceOf(TRANSFERS, PACKS, { workItem: ID.work, at: AT, template: 'sha256:1' })
    expect(withTemplate.ok && withTemplate.value.digest).not.toBe(digest)
  })
})
