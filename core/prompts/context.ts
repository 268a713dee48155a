import type { ControlRow } from '../gate/control-rows.ts'
import { isChanging, isGenerating } from '../gate/policy.ts'
import type { Slice } from '../gate/slice.ts'
import { shortDigest } from '../model/digest.ts'
import type { ControlPack, Design } from '../model/types.ts'
import { idsOf } from '../support/order.ts'
import { approvalsOf, lastDayOf } from './approvals.ts'
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

/** Everything a template may name but the digest, which only the finished text has; all of it text. */
export function contextOf(parts: PromptParts, slots: Slots): { readonly [name: string]: TemplateValue } {
  const { design, slice } = parts
  return {
    ...headerContext(parts, slots),
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

function headerContext(parts: PromptParts, slots: Slots) {
  const { id, slug, slice, sliceDigest, isDraft, isEdited, isBlank = false, design } = parts
  const item = slice.workItem
  return {
    id,
    slug,
    slice: shortDigest(sliceDigest),
    zone: isBlank ? '…' : tagged(['policy'], slice.decision.level),
    draft: isDraft ? 'yes' : '',
    edited: isEdited ? 'yes' : '',
    approvals: isBlank ? '' : approvalText(design, slice, slots),
    expires: isBlank ? '' : (lastDayOf(design, slice) ?? ''),
    workItem: slots.id(item.id),
    title: slots.line([item.id], item.name),
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

/** Who agreed to what this prompt leaves open. */
function approvalText(design: Design, slice: Slice, slots: Slots): string {
  return approvalsOf(design, slice)
    .map(({ id, kind, by }) => {
      const from = kind === 'waiver' ? 'policy' : id
      return `${slots.line([from], id)} by ${slots.line([from], by)}`
    })
    .join(', ')
}
