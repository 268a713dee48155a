import { type ControlRow, ROW_LIMIT, requirementTestId, testIdOf } from '../gate/control-rows.ts'
import type { Slice } from '../gate/slice.ts'
import { strideOf } from '../mitigations/categories.ts'
import { controlOf } from '../model/lookup.ts'
import type { ControlPack, Design, Mitigation } from '../model/types.ts'
import { idsOf } from '../support/order.ts'
import { primitiveFor } from './language.ts'
import type { TemplateValue } from './render.ts'
import type { Slots } from './slots.ts'
import { tagged } from './tags.ts'
import { cweOf, filled, placeOfThreat, placeText } from './threat-rows.ts'

type Input = {
  readonly design: Design
  readonly controls: readonly ControlPack[]
  readonly slice: Slice
  readonly rows: readonly ControlRow[]
  readonly slots: Slots
}

/** What must hold, what could go wrong, what answers it, and the tests that show both. */
export function rowsContext(input: Input): Readonly<Record<string, TemplateValue>> {
  const shown = input.rows.slice(0, ROW_LIMIT)
  const left = input.rows.length - shown.length
  const requirements = input.slice.requirements.flatMap(id => requirementOf(input, id))
  return {
    requirements,
    tested: requirements.filter(one => one.test !== ''),
    otherwise: requirements.filter(one => one.test === ''),
    testable: shown.length > 0 || requirements.some(one => one.test !== '') ? 'yes' : '',
    rows: shown.map((row, at) => controlRow(input, row, shown.slice(0, at))),
    left: left > 0 ? String(left) : '',
    standing: input.slice.threats.flatMap(state => standingOf(input, state)),
  }
}

function requirementOf({ design, slots }: Input, id: string): readonly { readonly [name: string]: string }[] {
  const row = design.requirements[id]
  if (!row) return []
  return [
    {
      id: slots.id(id),
      statement: slots.line([id], row.statement),
      verification: row.verification ?? 'a method not chosen yet',
      test: row.verification === 'test' ? tagged([id], requirementTestId(id)) : '',
    },
  ]
}

/** A row; what an earlier one already says word for word it refers to, for every word read is one followed less. */
function controlRow(input: Input, row: ControlRow, before: readonly ControlRow[]): TemplateValue {
  const { design, slots, slice } = input
  const { threat, mitigation } = row
  const words = wordsOf(input, row)
  const { control, use, avoid, instead, negative } = words
  const place = placeOfThreat(threat, slice)
  const from = control ? [threat.id, mitigation.id, control.id] : [threat.id, mitigation.id]
  const same = control && before.find(other => isSaid(words, wordsOf(input, other)))
  return {
    threat: slots.id(threat.id),
    mitigation: slots.id(mitigation.id),
    statement: slots.cell([threat.id], threat.statement),
    stride: strideOf(threat) || 'unknown',
    place: place === undefined ? '' : slots.id(place),
    where: place === undefined ? 'unknown' : slots.cell([place, threat.id], placeText(design, place)),
    // Section 4 says from where to where each flow of the slice goes.
    inFlows: place !== undefined && slice.flows.includes(place) ? 'yes' : '',
    cwe: cweOf(row, control).join(', ') || 'none named',
    control: slots.cell([mitigation.id], mitigation.statement),
    use: slots.cell(from, use),
    avoid: slots.cell(from, avoid),
    instead: slots.cell(from, instead),
    hasInstead: instead === '' ? '' : 'yes',
    hasUse: control ? 'yes' : '',
    test: tagged([threat.id, mitigation.id], testIdOf(row)),
    negative: negative === '' ? '' : slots.line(from, negative),
    same: same ? slots.id(same.threat.id) : '',
    sameTest: same ? tagged([same.threat.id, same.mitigation.id], testIdOf(same)) : '',
  }
}

/** What the control of a row, or the team itself, says about how to do it and how to show it. */
function wordsOf({ design, controls, slice }: Input, { threat, mitigation }: ControlRow) {
  const control = controlOf(controls, mitigation.control)
  const fill = (text: string) => filled(text, design, { threat, place: placeOfThreat(threat, slice) })
  const primitive = primitiveFor(control, slice.workItem.language)
  const general = control && { use: fill(control.do), avoid: fill(control.doNot.what), instead: fill(control.doNot.instead) }
  const { use, avoid, instead } = primitive ? { ...primitive, instead: '' } : (general ?? { use: '', avoid: '', instead: '' })
  return { control, use, avoid, instead, negative: control ? fill(control.negativeTest) : ownChecks(mitigation) }
}

type Words = ReturnType<typeof wordsOf>

function isSaid(a: Words, b: Words): boolean {
  return a.use === b.use && a.avoid === b.avoid && a.instead === b.instead && a.negative === b.negative
}

/** What a mitigation of the team's own says must be seen. */
function ownChecks({ checks }: Mitigation): string {
  return idsOf(checks)
    .map(key => checks?.[key]?.statement ?? '')
    .join(' ')
}

/** Threats that somebody decided to live with are named, so that nobody works on them by accident. */
function standingOf({ slots }: Input, state: Slice['threats'][number]): readonly TemplateValue[] {
  const { acceptance, threat, response } = state
  if (!acceptance || response === 'open' || state.mitigations.length > 0) return []
  return [
    {
      id: slots.id(threat.id),
      statement: slots.line([threat.id, acceptance.id], threat.statement),
      response,
      acceptance: slots.id(acceptance.id),
      until: acceptance.expires ?? '',
    },
  ]
}
