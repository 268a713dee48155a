import type { Requirement } from '../../model/types.ts'
import { originOf } from '../reading/items.ts'
import { defined, lineOf, listOf, type Raw, recordOf, textOf } from '../reading/json-fields.ts'
import { many, tally } from '../report.ts'
import { among, linksFrom } from './links.ts'
import type { Thing } from './lists.ts'
import type { Model } from './read.ts'

/** Sorts of duty by the types of the format, the stricter first; what a requirement is for besides says nothing of it. */
const KINDS: readonly (readonly [Requirement['kind'], readonly string[]])[] = [
  ['security', ['security', 'auditability']],
  ['privacy', ['privacy']],
  ['compliance', ['compliance', 'regulatory']],
  ['functional', ['functional', 'business', 'user', 'usability', 'accessibility', 'interoperability', 'localization']],
  ['operational', ['availability', 'deployment', 'maintainability', 'performance', 'portability', 'reliability', 'scalability']],
]

const PRIORITY: Readonly<Record<string, Requirement['priority']>> = {
  critical: 'must',
  high: 'must',
  medium: 'should',
  low: 'could',
}

/** Where it stands; whether it is built and shown is derived here. */
const STATUS: Readonly<Record<string, Requirement['status']>> = {
  draft: 'draft',
  proposed: 'draft',
  deferred: 'draft',
  approved: 'approved',
  implemented: 'approved',
  verified: 'approved',
  rejected: 'retired',
  replaced: 'retired',
  obsolete: 'retired',
}

const SAME: ReadonlySet<unknown> = new Set(['draft', 'approved'])

/** Requirements with their acceptance criteria, and the elements and flows that a use case joins to them. */
export function requirementsOf(model: Model, root: Raw): Readonly<Record<string, Requirement>> {
  const about = usesOf(model, root)
  const rows = model.lists.requirements.map(one => requirementOf(model, one, about.get(one.id) ?? new Set()))
  return Object.fromEntries(rows.map(row => [row.id, row]))
}

function requirementOf({ building }: Model, requirement: Thing, about: ReadonlySet<string>): Requirement {
  const { raw, id } = requirement
  const kind = kindOf(requirement)
  const word = lineOf(raw.status, 40) ?? ''
  const priority = lineOf(raw.priority, 40) ?? ''
  const criteria = statedCriteria(requirement).flatMap(one => textOf(recordOf(one)?.description) ?? [])
  const statement = lineOf(raw.name, 4000) ?? lineOf(raw.description, 4000) ?? lineOf(raw.id, 4000)
  const keys = [...(SAME.has(raw.status) ? ['status'] : []), ...(raw.name === statement ? ['name'] : [])]
  const { provenance, foreign } = originOf(building, requirement, { keys, texts: { description: 100_000 } })
  const own = textOf(raw.description)
  const described = [...(own === undefined || lineOf(own, 4000) === statement ? [] : [own]), ...criteria.map(text => `- ${text}`)]
  tellRequirement(requirement, { hasCriteria: criteria.length > 0, isNamed: statement !== undefined })
  return defined({
    id,
    statement: statement ?? 'Unnamed requirement',
    kind,
    priority: Object.hasOwn(PRIORITY, priority) ? PRIORITY[priority] : undefined,
    source: lineOf(
      listOf(raw.stakeholders)
        .filter(one => typeof one === 'string')
        .join(', '),
      4000,
    ),
    status: (Object.hasOwn(STATUS, word) && STATUS[word]) || ('draft' as const),
    elements: among(about, 'E'),
    flows: among(about, 'F'),
    data: among(about, 'D'),
    description: textOf(described.join('\n')),
    provenance,
    foreign,
  })
}

/** Criteria that are computed here from what a requirement says, and stand in a file of ours for others to see, state nothing new. */
function statedCriteria({ raw, marks }: Thing): readonly unknown[] {
  const criteria = listOf(raw.acceptanceCriteria)
  return marks ? criteria.filter(one => !/^C-[0-9A-HJKMNP-TV-Z]{8}$/.test(String(recordOf(one)?.id))) : criteria
}

/** The first kind of our order that a type names; a requirement that names none is one of function. */
function kindOf({ raw, place }: Thing): Requirement['kind'] {
  const types = typeof raw.type === 'string' ? [raw.type] : listOf(raw.type)
  const found = KINDS.find(([, words]) => words.some(word => types.includes(word)))
  if (!found)
    tally(place.report, place.at, {
      what: count => `Kind of ${many(count, 'requirement')}`,
      why: 'The file states none that we have: taken as functional; choose a kind.',
    })
  return found?.[0] ?? 'functional'
}

/** What use cases of blueprints join to each requirement. */
function usesOf(model: Model, root: Raw): ReadonlyMap<string, Set<string>> {
  const about = new Map<string, Set<string>>()
  for (const [i, blueprint] of listOf(root.blueprints).entries())
    for (const [j, value] of listOf(recordOf(blueprint)?.useCases).entries()) {
      const raw = recordOf(value)
      if (!raw) continue
      const place = { at: `/blueprints/${i}/useCases/${j}`, report: model.building.report }
      const use = { id: '', originalId: undefined, raw, place, noun: 'use case', key: 'ref' }
      const hit = ['assets', 'flows'].flatMap(key => linksFrom(model.links, use, { key, kinds: ['E', 'F', 'D'] }).ids)
      for (const id of linksFrom(model.links, use, { key: 'requirements', kinds: ['R'] }).ids) {
        const ids = about.get(id) ?? new Set<string>()
        for (const one of hit) ids.add(one)
        about.set(id, ids)
      }
    }
  return about
}

function tellRequirement({ raw, place }: Thing, { hasCriteria, isNamed }: { hasCriteria: boolean; isNamed: boolean }): void {
  const tell = (what: string, why: string) =>
    tally(place.report, place.at, { what: count => `${what} of ${many(count, 'requirement')}`, why })
  if (!isNamed) tell('Name', 'The file gives none; called "Unnamed requirement".')
  if (hasCriteria)
    tell('Acceptance criteria', 'Their texts stand in the description, their ids and states are kept under foreign.')
  if (raw.status === undefined) tell('Status', 'The file states none: it counts as draft.')
  else if (!SAME.has(raw.status))
    tell(`Status "${lineOf(raw.status, 80) ?? ''}"`, 'It became draft, approved or retired; the word is kept under foreign.')
  for (const key of ['rationale', 'fitCriterion', 'parent', 'dependencies', 'risk', 'effort'])
    if (raw[key] !== undefined) tell(key, 'Kept under foreign.')
}
