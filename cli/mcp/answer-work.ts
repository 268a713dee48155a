import { type Checklist, deriveChecklist } from '../../core/checklists/derive.ts'
import { howOf } from '../../core/checklists/how.ts'
import { evaluateGate } from '../../core/gate/evaluate.ts'
import { decide } from '../../core/gate/policy.ts'
import { hasRow, rowAt, rowIds } from '../../core/model/table.ts'
import type { Design } from '../../core/model/types.ts'
import { ok, type Result, refuse } from '../../core/support/result.ts'
import type { McpAnswers, McpCalls } from '../../schemas/generated/types.ts'
import { pageOf } from './pages.ts'
import { ABOUT, said } from './said.ts'
import type { Reading, Visit } from './visit.ts'

export type CallOf<N extends keyof McpCalls> = NonNullable<McpCalls[N]>
export type AnswerOf<N extends keyof McpAnswers> = NonNullable<McpAnswers[N]>

export async function listWorkItems(
  visit: Visit,
  input: CallOf<'list_work_items'>,
): Promise<Result<AnswerOf<'list_work_items'>>> {
  const read = await visit.read()
  if (!read.ok) return read
  const { design, packs } = read.value
  const at = visit.now()
  const asked = pageOf(rowIds(design.workItems), input)
  const items: AnswerOf<'list_work_items'>['items'][number][] = []
  for (const [index, id] of asked.rows.entries()) {
    await visit.step(index, asked.rows.length, `Gate of ${id}`)
    const item = rowAt(design.workItems, id)
    if (!item) continue
    const gate = evaluateGate(design, packs, { at, workItem: id })
    items.push({
      id,
      name: said(item.name),
      goal: said(item.goal ?? ''),
      operation: item.operation,
      zone: decide(design, packs, { workItem: id, at }).level,
      gate: gate.open ? 'open' : 'closed',
      blocking: gate.problems.length,
      ...(item.assignee === undefined ? {} : { assignee: said(item.assignee) }),
    })
  }
  const { rows } = pageOf(items, { limit: items.length })
  const next = (input.from ?? 0) + rows.length
  return ok({ about: ABOUT, items: rows, total: asked.total, ...(next < asked.total && rows.length > 0 ? { next } : {}) })
}

export async function gateStatus(visit: Visit, input: CallOf<'gate_status'>): Promise<Result<AnswerOf<'gate_status'>>> {
  const read = await visit.read()
  if (!read.ok) return read
  const { design, packs } = read.value
  const { workItem } = input
  const known = workItem === undefined ? ok(true as const) : knownItem(design, workItem)
  if (!known.ok) return known
  await visit.step(0, 1, 'Gate')
  const gate = evaluateGate(design, packs, { at: visit.now(), ...(workItem === undefined ? {} : { workItem }) })
  const problems = gate.problems.map(({ code, severity, at, message, cure }) => ({
    code,
    severity,
    ...(at === undefined ? {} : { at: said(at) }),
    message: said(message),
    ...(cure === undefined ? {} : { cure: said(cure) }),
  }))
  const { rows, total, next } = pageOf(problems, input)
  return ok({
    about: ABOUT,
    ...(workItem === undefined ? {} : { workItem }),
    open: gate.open,
    digest: gate.digest,
    effort: gate.effort,
    problems: rows,
    warnings: gate.warnings.length,
    total,
    ...(next === undefined ? {} : { next }),
  })
}

export async function getChecklist(visit: Visit, input: CallOf<'get_checklist'>): Promise<Result<AnswerOf<'get_checklist'>>> {
  const read = await visit.read()
  if (!read.ok) return read
  await visit.step(0, 1, 'Checklist')
  const derived = checklistNow(read.value, input.workItem, visit.now())
  if (!derived.ok) return derived
  const { id, workItem, slice, checks } = derived.value
  const told = checks.map(check => ({
    id: check.id,
    group: check.group ?? 'other',
    severity: check.severity,
    how: said(howOf(check)),
    statement: said(check.statement),
    ...(check.question ? { question: said(check.question) } : {}),
    ...(check.allowSelfReported ? { selfReported: true } : {}),
    from: check.from.map(said),
  }))
  const { rows, total, next } = pageOf(told, input)
  return ok({ about: ABOUT, id, workItem, slice, checks: rows, total, ...(next === undefined ? {} : { next }) })
}

export function checklistNow({ design, packs }: Reading, workItem: string, at: string): Result<Checklist> {
  const known = knownItem(design, workItem)
  return known.ok ? deriveChecklist(design, packs, { workItem, at }) : known
}

/** Ids come from outside: one that is no work item is told so in one sentence, whatever else would follow from it. */
export function knownItem(design: Design, workItem: string): Result<true> {
  if (hasRow(design.workItems, workItem)) return ok(true)
  return refuse({
    code: 'mcp.workItem',
    at: workItem,
    message: 'The design has no such work item.',
    cure: 'list_work_items names the ids.',
  })
}
