import { originOf } from '../reading/items.ts'
import { defined, idOf, lineOf, textOf } from '../reading/json-fields.ts'
import { many, tally } from '../report.ts'
import { type Entry, type Find, finderOf, follow, idMap, partsOf, type Reading, tellMissing } from './entries.ts'
import type { Lists } from './read.ts'
import type { Risks } from './risks.ts'

/** Countermeasures become mitigations of the threats they target, themselves or by the risks whose responses they serve. */
export function addMitigations(reading: Reading, lists: Lists, { answeredBy }: Risks): void {
  const { building } = reading
  const threat = finderOf(lists.threats)
  const vulnerability = finderOf(lists.vulnerabilities)
  for (const entry of lists.countermeasures) {
    const { id, raw, place } = entry
    const threats = threatsOf(reading, entry, { threat, vulnerability, answeredBy })
    const statement = lineOf(raw.name, 4000) ?? lineOf(raw.description, 4000)
    const description = textOf(raw.description)
    const { provenance, foreign } = originOf(building, entry, { texts: { description: 100_000 } })
    tally(place.report, place.at, {
      what: count => `Status of ${many(count, 'countermeasure')}`,
      why: 'The format has none, so it counts as planned; costs, effects and who is responsible are kept under foreign.',
    })
    building.mitigations[id] = defined({
      id,
      statement: statement ?? 'Unnamed mitigation',
      threats: idMap(threats),
      status: 'planned' as const,
      description: description === statement ? undefined : description,
      provenance,
      foreign,
    })
  }
}

type Finders = { readonly threat: Find; readonly vulnerability: Find; readonly answeredBy: Find }

function threatsOf(reading: Reading, from: Entry, { threat, vulnerability, answeredBy }: Finders): readonly string[] {
  const targets = partsOf(from.node, 'countermeasure_environment', 'target')
  const found = new Set<string>()
  for (const node of targets) {
    const direct = threat(idOf(node.attributes.name))
    if (direct) found.add(direct.id)
    else follow(reading, { from, node, find: vulnerability })
    for (const response of partsOf(node, 'target_response')) {
      const answered = answeredBy(idOf(response.attributes.name))
      if (answered) found.add(answered.id)
      else tellMissing({ at: reading.places.at(response.at), from, name: idOf(response.attributes.name) })
    }
  }
  if (found.size === 0)
    tally(from.place.report, from.place.at, {
      what: count => `What ${many(count, 'countermeasure')} would mitigate`,
      why: 'It targets no threat of the file, and no risk by its responses: link the threats.',
    })
  return [...found]
}
