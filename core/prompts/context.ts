import type { ControlRow } from '../gate/control-rows.ts'
import { isChanging, isGenerating } from '../gate/policy.ts'
import type { Slice } from '../gate/slice.ts'
import { shortDigest } from '../model/digest.ts'
import type { ControlPack, Design } from '../model/types.ts'
import { byText, idsOf } from '../support/order.ts'
import { designContext } from './context-design.ts'
import { rowsContext } from './context-rows.ts'
import type { Reference } from './reference.ts'
import type { TemplateValue } from './render.ts'
import type { Slots } from './slots.ts'
import { tagged } from './tags.ts'

/** What a prompt is made from. */
export type PromptParts = {
  readonly design: Design
  readonly controls: readonly ControlPack[]
  readonly slice: Slice
  readonly rows: readonly ControlRow[]
  readonly reference: Reference | undefined
  readonly id: string
  readonly slug: string
  /** Slice digest with the template in it. */
  readonly sliceDigest: string
  readonly isDraft: boolean
  readonly isEdited: boolean
  /** Leaves out whatever changes without anybody changing a word: zone, approvals and last day. */
  readonly isBlank?: boolean
}

/** Everything a template may name; all of it text. `shown` is the digest as it stands in the text. */
export function contextOf(parts: PromptParts, slots: Slots, shown: string): TemplateValue {
  const { design, slice } = parts
  return {
    ...headerContext(parts, slots, shown),
    ...workContext(parts, slots),
    ...designContext(design, slice, slots),
    ...rowsContext({ design, controls: parts.controls, slice, rows: parts.rows, slots }),
    reference: parts.reference
      ? {
          nonce: parts.reference.nonce,
          digest: parts.reference.digest,
          source: slots.id(slice.workItem.id),
          lines: parts.reference.lines,
        }
      : '',
  }
}

function headerContext(parts: PromptParts, slots: Slots, shown: string) {
  const { id, slug, slice, sliceDigest, isDraft, isEdited, isBlank = false, design } = parts
  const item = slice.workItem
  return {
    id,
    slug,
    digest: shown,
    slice: shortDigest(sliceDigest),
    zone: isBlank ? '…' : tagged(['policy'], slice.decision.level),
    draft: isDraft ? 'yes' : '',
    edited: isEdited ? 'yes' : '',
    approvals: isBlank ? '' : approvalsOf(design, slice, slots),
    expires: isBlank ? '' : (expiryOf(design, slice) ?? ''),
    title: slots.line([item.id], item.name),
    yamlDescription: slots.yaml(
      [item.id],
      `Guarded prompt ${id}. Use when a person asks to carry out work item ${item.id}; for any other task, leave it. The change: ${item.name}`,
    ),
  }
}

function workContext({ slice }: PromptParts, slots: Slots) {
  const { workItem: item, decision } = slice
  const code = (texts: readonly string[]) => texts.map(text => slots.code([item.id], text))
  const line = (text: string | undefined) => (text === undefined ? '' : slots.line([item.id], text))
  return {
    goal: line(item.goal),
    doneWhen: line(item.doneWhen),
    operation: tagged([item.id], item.operation),
    language: line(item.language),
    stack: line(item.stack),
    changes: isChanging(item.operation) ? 'yes' : '',
    codes: isGenerating(item.operation) ? 'yes' : '',
    sandboxed: decision.level === 'sandboxed-agent' ? 'yes' : '',
    reviewers: PEOPLE[decision.obligations.reviewers] ?? 'Somebody',
    roles: decision.obligations.roles.map(role => slots.line(['policy'], role)).join(', '),
    mayEdit: code(idsOf(item.mayEdit)),
    mayRead: code(idsOf(item.mayRead)),
    mustNotTouch: code(idsOf(item.mustNotTouch)),
    packages: code(idsOf(item.packages)),
  }
}

const PEOPLE = ['Somebody', 'One person', 'Two people', 'Three people', 'Four people', 'Five people']

/** Who agreed to what this prompt leaves open: to a threat that is lived with, to a rule that does not count. */
function approvalsOf(design: Design, slice: Slice, slots: Slots): string {
  const accepted = slice.acceptances.flatMap(id => {
    const approver = design.acceptances[id]?.approver
    return approver === undefined ? [] : [`${slots.id(id)} by ${slots.line([id], approver)}`]
  })
  const waived = waiversOf(design, slice).map(
    ([id, { approver }]) => `${slots.line(['policy'], id)} by ${slots.line(['policy'], approver)}`,
  )
  return [...accepted, ...waived].join(', ')
}

/** The first day on which something this prompt rests on ends. */
function expiryOf(design: Design, slice: Slice): string | undefined {
  const ends = waiversOf(design, slice).map(([, { expires }]) => expires)
  const days = [...slice.acceptances.map(id => design.acceptances[id]?.expires), ...ends]
  return days.filter(day => day !== undefined).sort(byText)[0]
}

/** The waivers without which the policy would say something stricter. */
function waiversOf(design: Design, { decision }: Slice) {
  const waivers = design.policy.policy?.waivers ?? {}
  return (decision.waiver?.split(', ') ?? []).flatMap(id => {
    const waiver = Object.hasOwn(waivers, id) ? waivers[id] : undefined
    return waiver ? [[id, waiver] as const] : []
  })
}
