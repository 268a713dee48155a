import { rowsOf } from '../../model/table.ts'
import type { Mitigation, Requirement } from '../../model/types.ts'
import type { Raw } from '../reading/json-fields.ts'
import { originalOf } from '../writing/returned.ts'
import { propertiesOf } from './marks.ts'
import { saysUses } from './write-blueprint.ts'
import { objectOf, type Pen, partyOf, refsOf, TOOL } from './write-objects.ts'
import type { Answers } from './write-threats.ts'

/** Mitigations that are controls; those that a requirement stands for are written with it. */
export function controlsOf(pen: Pen): readonly Raw[] {
  const required = requiredBy(pen)
  return rowsOf(pen.design.mitigations)
    .filter(({ id }) => !required.has(id))
    .map(row => controlOf(pen, row))
}

function controlOf(pen: Pen, row: Mitigation): Raw {
  return objectOf(pen, row, 'control', {
    name: row.statement,
    description: row.description,
    status: row.status,
    owner: partyOf(row.owner),
  })
}

/** Mitigations that came in as a requirement which a threat names, with the id of that requirement. */
export function requiredBy({ design }: Pick<Pen, 'design'>): ReadonlyMap<string, string> {
  const named = new Map(
    rowsOf(design.requirements).flatMap(row => {
      const original = originalOf(row, TOOL)
      return original === undefined ? [] : [[original, row.id] as const]
    }),
  )
  return new Map(
    rowsOf(design.mitigations).flatMap(row => {
      const requirement = named.get(originalOf(row, TOOL) ?? '')
      return requirement === undefined || Object.keys(row.threats ?? {}).length === 0 ? [] : [[row.id, requirement] as const]
    }),
  )
}

/** Bom-refs of what answers each threat. */
export function answersOf(pen: Pen): Answers {
  const required = requiredBy(pen)
  const answers = new Map<string, string[]>()
  for (const row of rowsOf(pen.design.mitigations)) {
    const ref = pen.refs.get(required.get(row.id) ?? row.id)
    for (const threat of Object.keys(row.threats ?? {}).sort())
      if (ref !== undefined) answers.set(threat, [...(answers.get(threat) ?? []), ref])
  }
  return answers
}

const KINDS: Readonly<Record<Requirement['kind'], string>> = {
  functional: 'functional',
  security: 'security',
  privacy: 'privacy',
  compliance: 'compliance',
  operational: 'deployment',
}
const PRIORITY = { must: 'high', should: 'medium', could: 'low' } as const
const STATUS: Readonly<Record<Requirement['status'], string>> = { draft: 'draft', approved: 'approved', retired: 'obsolete' }

/** Requirements with what must be shown of them; nothing here says that it was. */
export function requirementsPart(pen: Pen): readonly Raw[] {
  const mitigations = new Map([...requiredBy(pen)].map(([mitigation, requirement]) => [requirement, mitigation]))
  return rowsOf(pen.design.requirements).map(row => {
    const written = requirementOf(pen, row)
    const mitigation = mitigations.get(row.id)
    const marks = {
      ...(saysUses(row) && (refsOf(pen, row.elements, row.flows, row.data) ?? []).length > 0 ? { uses: 'true' } : {}),
      ...(mitigation === undefined ? {} : { mitigation: mitigationText(pen, mitigation) }),
    }
    return { ...written, properties: [...(written.properties as readonly Raw[]), ...propertiesOf(marks)] }
  })
}

function mitigationText({ plan }: Pen, id: string): string {
  return JSON.stringify({ properties: propertiesOf({ id, ...plan.marks.get(id) }) })
}

function requirementOf(pen: Pen, row: Requirement): Raw {
  const criteria = (pen.checks.get(row.id) ?? []).map(({ id, statement }) => ({ id, description: statement, status: 'pending' }))
  return objectOf(pen, row, 'requirement', {
    id: row.id,
    name: row.statement,
    description: row.description,
    type: [KINDS[row.kind]],
    priority: row.priority === undefined ? undefined : PRIORITY[row.priority],
    status: STATUS[row.status],
    stakeholders: row.source === undefined ? undefined : [row.source],
    acceptanceCriteria: criteria.length > 0 ? criteria : undefined,
    parent: row.parent === undefined ? undefined : pen.refs.get(row.parent),
  })
}
