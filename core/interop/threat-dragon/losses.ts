import { rowAt, rowsOf } from '../../model/table.ts'
import type { Acceptance, Design, Element, Flow, Mitigation, Threat } from '../../model/types.ts'
import { idsOf } from '../../support/order.ts'
import { type Loss, many } from '../report.ts'
import { foreignLost, originalIdFrom } from '../writing/foreign.ts'
import { fieldsLost, NOUNS, tablesLost } from '../writing/losses.ts'
import { refusedBack, TOOL } from './cells.ts'
import type { Drawn } from './draw.ts'
import { keptThreatIds } from './kept-cells.ts'
import { layoutLosses } from './layout-losses.ts'
import { decisionsOf, isMute, isWhole, thingsOf } from './threats-on.ts'

const NO_PLACE = 'Threat Dragon has no place for it.'
const NO_UNTICKED = 'Threat Dragon can tick what is true, and cannot tell "no" from "nobody looked".'

/** What a Threat Dragon file does not hold of the design. */
export function threatDragonLosses(
  design: Design,
  file: { readonly drawn: readonly Drawn[]; readonly owner: string; readonly isPolicy: boolean },
): readonly Loss[] {
  return [
    ...tablesLost(
      design,
      ['requirements', 'assumptions', 'data', 'triage', 'exclusions', 'workItems', 'comments', 'suggestions'],
      NO_PLACE,
    ),
    ...(file.isPolicy ? tablesLost(design, ['policy'], NO_PLACE) : []),
    ...fieldsLost(design, { table: 'settings', fields: SETTINGS, why: NO_PLACE }),
    ...fieldsLost(design, { table: 'elements', fields: ELEMENTS, why: NO_PLACE }),
    ...elementLosses(design),
    ...fieldsLost(design, { table: 'flows', fields: { data: 'Data' }, why: NO_PLACE }),
    ...flowLosses(design),
    ...boundaryLosses(design),
    ...fieldsLost(design, { table: 'threats', fields: THREATS, why: NO_PLACE }),
    ...threatLosses(design, file.drawn),
    ...fieldsLost(design, {
      table: 'mitigations',
      fields: { control: 'Control', owner: 'Owner', checks: 'Checks' },
      why: NO_PLACE,
    }),
    ...fieldsLost(design, { table: 'acceptances', fields: { approver: 'Approver', expires: 'Expiry' }, why: NO_PLACE }),
    ...decisionLosses(design),
    ...layoutLosses(design, file.drawn),
    ...foreignLost(design, TOOL),
    ...keptLosses(design),
  ]
}

/** Values of an imported file that break the schema they came with. */
function keptLosses(design: Design): readonly Loss[] {
  const count = refusedBack([...rowsOf(design.elements), ...rowsOf(design.flows), ...rowsOf(design.boundaries)])
  if (count === 0) return []
  return [
    {
      at: 'foreign',
      what: `Keys of ${many(count, 'drawn thing')}`,
      why: 'Threat Dragon does not accept their values: a flag or a text of another kind.',
    },
  ]
}

const SETTINGS = { glossary: 'Glossary', packs: 'Packs', insideWords: 'Words for the inside', ticketKeys: 'Ticket keys' }
const ELEMENTS = { technology: 'Technology', data: 'Data', paths: 'Paths', tags: 'Tags' }
const THREATS = {
  ...{ source: 'Source', prerequisite: 'Prerequisite', action: 'Action', impact: 'Impact', privacy: 'Privacy categories' },
  ...{ cwe: 'Weaknesses', findings: 'Findings', data: 'Data', owasp: 'OWASP factors', cvss: 'CVSS vector' },
}

/** One loss with a count; nothing for none. */
function counted(
  table: keyof typeof NOUNS,
  field: string,
  { count, what, why }: { count: number; what: string; why: string },
): Loss[] {
  return count === 0 ? [] : [{ at: `${table}/${field}`, what: `${what} of ${many(count, NOUNS[table])}`, why }]
}

/** Attributes that Threat Dragon asks of data stores. */
const ASKED = ['isLog', 'encryptsAtRest', 'storesCredentials']

function elementLosses(design: Design): readonly Loss[] {
  const rows = rowsOf(design.elements)
  const isLost =
    (row: Element) =>
    ([name, value]: readonly [string, string]) =>
      value === 'yes' ? row.kind !== 'dataStore' || !ASKED.includes(name) : value === 'no'
  const attributes = rows.filter(row => Object.entries(row.attributes ?? {}).some(isLost(row))).length
  const classes = rows.filter(row =>
    Object.keys(row.codeClasses ?? {}).some(name => row.kind !== 'process' || name !== 'payment'),
  )
  return [
    ...counted('elements', 'attributes', { count: attributes, what: 'Attributes', why: `${NO_PLACE} ${NO_UNTICKED}` }),
    ...counted('elements', 'codeClasses', { count: classes.length, what: 'Code classes', why: NO_PLACE }),
  ]
}

function flowLosses(design: Design): readonly Loss[] {
  const rows = rowsOf(design.flows)
  const count = (isLost: (row: Flow) => boolean) => rows.filter(isLost).length
  const known = (row: Flow) => row.authentication === 'yes' || row.authentication === 'no'
  return [
    ...counted('flows', 'authentication', { count: count(known), what: 'Authentication', why: NO_PLACE }),
    ...counted('flows', 'encryption', {
      count: count(row => row.encryption === 'no'),
      what: '"No encryption"',
      why: NO_UNTICKED,
    }),
    ...counted('flows', 'publicNetwork', {
      count: count(row => row.publicNetwork === 'no'),
      what: '"No public network"',
      why: NO_UNTICKED,
    }),
  ]
}

function boundaryLosses(design: Design): readonly Loss[] {
  const rows = rowsOf(design.boundaries)
  return [
    ...counted('boundaries', 'kind', { count: rows.filter(row => row.kind !== 'unknown').length, what: 'Kind', why: NO_PLACE }),
    ...fieldsLost(design, { table: 'boundaries', fields: { trustLevel: 'Trust level' }, why: NO_PLACE }),
    ...counted('boundaries', 'membership', {
      count: rows.filter(row => row.membership === 'stated').length,
      what: 'Stated inside',
      why: 'Threat Dragon states no containment: things are drawn inside the boxes of their boundaries.',
    }),
  ]
}

function threatLosses(design: Design, drawn: readonly Drawn[]): readonly Loss[] {
  const rows = rowsOf(design.threats)
  const kept = new Set(drawn.flatMap(({ page }) => keptThreatIds(page.diagram?.foreign?.cells)))
  const isKept = (row: Threat) => kept.has(originalIdFrom(TOOL, row) ?? '')
  const nowhere = rows.filter(row => written(design, row).length === 0 && !isKept(row)).length
  const often = rows.filter(row => written(design, row).length > 1).length
  const several = rows.filter(row => Object.keys(row.categories).length > 1).length
  const rated = rows.filter(row => row.likelihood !== undefined || row.impactScale !== undefined).length
  const decided = decisionsOf(design)
  const mute = rows.filter(row => isMute(row, decided(row).text)).length
  const why = 'Threat Dragon keeps each threat on one element or data flow'
  return [
    ...(nowhere === 0 ? [] : [{ at: 'threats', what: many(nowhere, 'threat'), why: `${why}, and these are on none.` }]),
    ...(often === 0
      ? []
      : [
          {
            at: 'threats/elements',
            what: `Oneness of ${many(often, 'threat')}`,
            why: `${why}: those on several are written at each.`,
          },
        ]),
    ...counted('threats', 'categories', { count: several, what: 'Further categories', why: 'A threat has one type there.' }),
    ...counted('threats', 'text', {
      count: mute,
      what: 'A text',
      why: 'It is one that Threat Dragon starts with, and says nothing there.',
    }),
    ...counted('threats', 'rating', {
      count: rated,
      what: 'Likelihood and impact',
      why: 'Only one word of severity is written.',
    }),
  ]
}

/** Things a threat is on that are there. */
function written(design: Design, row: Threat): readonly string[] {
  return thingsOf(row).filter(id => rowAt(design.elements, id) ?? rowAt(design.flows, id))
}

/** One text for each threat: what of our decisions it does not hold, or not as they were. */
function decisionLosses(design: Design): readonly Loss[] {
  const decided = decisionsOf(design)
  const held = new Map<string, { links: number; readonly statuses: Set<string>; isAmong: boolean }>()
  for (const threat of rowsOf(design.threats)) {
    if (written(design, threat).length === 0) continue
    const { status, answers } = decided(threat)
    for (const { id } of answers) {
      const one = held.get(id) ?? { links: 0, statuses: new Set<string>(), isAmong: false }
      one.links++
      one.isAmong ||= answers.length > 1
      held.set(id, one)
      one.statuses.add(status)
    }
  }
  const mitigations = rowsOf(design.mitigations)
  const lost = mitigations.filter(row => !held.has(row.id)).length
  const partly = mitigations.filter(row => held.has(row.id) && idsOf(row.threats).length > (held.get(row.id)?.links ?? 0)).length
  const isChanged = (row: Mitigation) => held.has(row.id) && row.status !== statusOf(held.get(row.id)?.statuses ?? new Set())
  const isCut = (row: Mitigation) =>
    held.has(row.id) && row.description !== undefined && (held.get(row.id)?.isAmong || !isWhole(row))
  const acceptances = rowsOf(design.acceptances)
  const isDescribed = (row: Acceptance) =>
    row.description !== undefined && !isWhole({ statement: row.reason, description: row.description })
  const why = 'A threat has one text there'
  return [
    ...(lost === 0
      ? []
      : [
          {
            at: 'mitigations',
            what: many(lost, 'mitigation'),
            why: `${why}, and these answer none that is written, or only ones that were accepted.`,
          },
        ]),
    ...counted('mitigations', 'threats', {
      count: partly,
      what: 'Some threats',
      why: `${why}: those accepted, or on nothing, carry no mitigation.`,
    }),
    ...counted('mitigations', 'status', {
      count: mitigations.filter(isChanged).length,
      what: 'Status',
      why: 'A threat is mitigated there only when all that answers it is done, and nothing is verified.',
    }),
    ...counted('mitigations', 'description', {
      count: mitigations.filter(isCut).length,
      what: 'Description',
      why: `${why}, and it is the statement.`,
    }),
    ...counted('acceptances', 'description', {
      count: acceptances.filter(row => held.has(row.id) && isDescribed(row)).length,
      what: 'Description',
      why: `${why}, and it is the reason.`,
    }),
    ...(acceptances.every(row => held.has(row.id))
      ? []
      : [
          {
            at: 'acceptances',
            what: many(acceptances.filter(row => !held.has(row.id)).length, 'acceptance'),
            why: `${why}, and these are on none that is written, or not the first.`,
          },
        ]),
  ]
}

function statusOf(statuses: ReadonlySet<string>): string {
  return [...statuses].every(status => status === 'Mitigated') ? 'implemented' : 'planned'
}
