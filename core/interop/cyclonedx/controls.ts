import type { Mitigation } from '../../model/types.ts'
import { originOf } from '../reading/items.ts'
import { defined, lineOf, listOf, type Raw, recordOf, textOf } from '../reading/json-fields.ts'
import { many, tally } from '../report.ts'
import type { Thing } from './lists.ts'
import { marksWithin } from './marks.ts'
import { partyName, wordOf } from './party.ts'
import type { Model } from './read.ts'

/** What a status means here; `kept` when it means less than the file's own word. */
type Meaning = { readonly status: Mitigation['status']; readonly kept?: true }

/** Nothing imported counts as verified: here that means a check of ours has run. */
const STATUS: Readonly<Record<string, Meaning>> = {
  verified: { status: 'implemented', kept: true },
  implemented: { status: 'implemented' },
  'in-progress': { status: 'planned', kept: true },
  planned: { status: 'planned' },
  approved: { status: 'planned', kept: true },
  proposed: { status: 'planned', kept: true },
  recommended: { status: 'planned', kept: true },
}

/** Whether somebody decided against the control: then it is no mitigation, and its design keeps the words. */
export function isDropped({ status }: Raw): boolean {
  const word = wordOf(status)
  return word === 'rejected' || word === 'decommissioned'
}

/** Controls become mitigations of the threats that name them; a requirement that a threat names as its mitigation is one too. */
export function addMitigations(model: Model): void {
  const threats = answeredBy(model)
  for (const control of model.lists.controls)
    if (isDropped(control.raw)) tellDropped(control)
    else addControl(model, control, threats.get(control.id))
  for (const requirement of model.lists.requirements) {
    const answered = threats.get(requirement.id)
    if (answered && !isDropped(requirement.raw)) addRequired(model, requirement, answered)
  }
}

/** Threats by the id of what answers them. */
function answeredBy({ building, lists, links }: Model): ReadonlyMap<string, Readonly<Record<string, true>>> {
  const answered = new Map<string, Record<string, true>>()
  for (const { raw, id } of [...lists.threats, ...lists.scenarios])
    for (const name of Object.hasOwn(building.threats, id) ? listOf(raw.mitigations) : []) {
      const answer = links.item(name)?.id ?? ''
      const threats = answered.get(answer) ?? {}
      threats[id] = true
      answered.set(answer, threats)
    }
  return answered
}

function addControl({ building, links }: Model, control: Thing, threats: Readonly<Record<string, true>> | undefined): void {
  const { raw, id } = control
  const meaning = meaningOf(control)
  const statement = lineOf(raw.name, 4000) ?? lineOf(raw.description, 4000)
  const keys = [...(meaning && !meaning.kept ? ['status'] : []), ...(raw.name === statement ? ['name'] : [])]
  const { provenance, foreign } = originOf(building, control, { keys, texts: { description: 100_000 } })
  const description = textOf(raw.description)
  building.mitigations[id] = defined({
    id,
    statement: statement ?? 'Unnamed mitigation',
    threats,
    status: meaning?.status ?? ('planned' as const),
    owner: partyName(raw.owner, links),
    description: lineOf(description, 4000) === statement ? undefined : description,
    provenance,
    foreign,
  })
  tellControl(control, { meaning, isNamed: statement !== undefined })
  for (const key of ['category', 'appliesTo', 'implementedBy', 'satisfies', 'effectiveness'])
    if (raw[key] !== undefined) tallyKept(control, key)
}

function meaningOf({ raw }: Thing): Meaning | undefined {
  const word = lineOf(raw.status, 100) ?? ''
  return Object.hasOwn(STATUS, word) ? STATUS[word] : undefined
}

/** The requirement stands as a mitigation as well, since only that joins it to the threat; its criteria become checks. */
function addRequired({ building, marked }: Model, requirement: Thing, threats: Readonly<Record<string, true>>): void {
  const { raw, place, originalId } = requirement
  const own = marksWithin(requirement.marks?.get('mitigation'))
  const given = building.ownId('M', own?.marks.get('id'))
  const id = given ?? building.idFor('M', building.model, 'required', originalId ?? requirement.id)
  if (own && given !== undefined) marked.push({ table: 'mitigations', id, marks: own.marks, at: place.at })
  const isDone = raw.status === 'implemented' || raw.status === 'verified'
  const { provenance } = originOf(building, requirement, { keys: Object.keys(raw), texts: {} })
  const criteria = listOf(raw.acceptanceCriteria).flatMap(one => lineOf(recordOf(one)?.description, 4000) ?? [])
  const checks = Object.fromEntries(criteria.map((statement, i) => [`criterion-${i + 1}`, { statement }]))
  building.mitigations[id] = defined({
    id,
    statement: lineOf(raw.name, 4000) ?? lineOf(raw.description, 4000) ?? lineOf(raw.id, 4000) ?? 'Unnamed mitigation',
    threats,
    status: isDone ? ('implemented' as const) : ('planned' as const),
    checks: criteria.length > 0 ? checks : undefined,
    provenance,
  })
  tally(place.report, place.at, {
    what: count => `Threats of ${many(count, 'requirement')}`,
    why: 'A threat names it as its mitigation, so it stands as a requirement and as a mitigation here.',
  })
}

function tellControl(control: Thing, { meaning, isNamed }: { meaning: Meaning | undefined; isNamed: boolean }): void {
  const { raw, place, id } = control
  const word = wordOf(raw.status)
  if (!isNamed)
    tally(place.report, place.at, {
      what: count => `Name of ${many(count, 'control')}`,
      why: 'The file gives none; called "Unnamed mitigation".',
    })
  if (!meaning)
    place.report.problems.push({
      code: 'import.status',
      severity: 'warning',
      at: id,
      message: `The file gives this control ${word === undefined ? 'no status' : `the status "${word.slice(0, 80)}", which has no meaning here`}, so it counts as planned.`,
      cure: 'Say how far it is.',
    })
  else if (meaning.kept)
    tally(place.report, place.at, {
      what: count => `Status "${word}" of ${many(count, 'control')}`,
      why:
        meaning.status === 'implemented'
          ? 'It counts as implemented: only a check verifies anything here. The word is kept under foreign.'
          : 'It counts as planned, which takes nothing off the risk by itself; the word is kept under foreign.',
    })
}

function tallyKept({ place }: Thing, key: string): void {
  tally(place.report, place.at, { what: count => `${key} of ${many(count, 'control')}`, why: 'Kept under foreign.' })
}

function tellDropped({ raw, place }: Thing): void {
  place.report.losses.push({
    at: place.at,
    what: `Control "${lineOf(raw.name, 80) ?? 'without a name'}"`,
    why: `Its status is "${wordOf(raw.status)}", so it mitigates nothing; kept under foreign of the design.`,
  })
}
