import { rowAt, rowsOf } from '../../model/table.ts'
import type { Acceptance, Category, Design, Mitigation, Threat } from '../../model/types.ts'
import { idsOf } from '../../support/order.ts'
import { defined, type Raw, recordOf } from '../reading/json-fields.ts'
import { decisionOf, wordFor } from '../threat-dragon/words.ts'
import { foreignFrom, originalIdFrom } from '../writing/foreign.ts'
import { type Names, TOOL } from './names.ts'
import { attributesWith, ourAttribute, ourAttributes, textsOf } from './ours.ts'
import { written } from './things.ts'
import { stepOf, strideOf } from './threats.ts'

/** Threats as the file has them: defined once, used by components and flows. */
export type WrittenThreats = {
  readonly definitions: readonly Raw[]
  readonly usesOn: (thing: string) => readonly Raw[]
}

/** Threats that came from one definition, and still say the same, share it again; each use carries the id of its threat. */
export function threatsOf(design: Design, nameOf: Names): WrittenThreats {
  const definitions = new Map<string, Raw>()
  const uses = new Map<string, Raw[]>()
  const decided = decisionsOf(design, nameOf)
  for (const row of rowsOf(design.threats)) {
    const name = define(definitions, row)
    for (const thing of thingsOf(design, row)) push(uses, thing, usedAs(row, name, decided(row)))
  }
  return { definitions: [...definitions.values()], usesOn: thing => uses.get(thing) ?? [] }
}

/** Elements and flows that a threat is on and that are there. */
export function thingsOf(design: Design, row: Threat): readonly string[] {
  return [
    ...idsOf(row.elements).filter(id => rowAt(design.elements, id)),
    ...idsOf(row.flows).filter(id => rowAt(design.flows, id)),
  ]
}

function define(definitions: Map<string, Raw>, row: Threat): string {
  const original = originalIdFrom(TOOL, row)
  for (const name of original === undefined || original === '' ? [row.id] : [original, row.id]) {
    const own = definitionOf(row, name)
    const known = definitions.get(name)
    if (known && name !== row.id && isSame(known, own)) return name
    if (known) continue
    definitions.set(name, own)
    return name
  }
  return definitionAfresh(definitions, row)
}

/** Only a file that calls a threat of its own by an id of ours comes here. */
function definitionAfresh(definitions: Map<string, Raw>, row: Threat): string {
  let name = `${row.id}-`
  while (definitions.has(name)) name += '-'
  definitions.set(name, definitionOf(row, name))
  return name
}

function isSame(a: Raw, b: Raw): boolean {
  const plain = ({ attributes, ...rest }: Raw) => {
    const { 'skeptic.id': _id, ...others } = recordOf(attributes) ?? {}
    return JSON.stringify({ ...rest, attributes: others })
  }
  return plain(a) === plain(b)
}

function definitionOf(row: Threat, name: string): Raw {
  const { risk, categories, cwes, state: _state, ...foreign } = foreignFrom(TOOL, row)
  const kept = recordOf(risk) ?? {}
  const unknown = (['likelihood', 'impactScale'] as const).filter(
    field => row[field] === undefined && stepOf(field === 'likelihood' ? kept.likelihood : kept.impact) !== undefined,
  )
  const isUnrated = row.impactScale === undefined && stepOf(kept.impact) === undefined && typeof kept.impact !== 'number'
  return written(
    foreign,
    row.statement,
    {
      id: name,
      description: row.description,
      categories: categoriesOf(row, categories),
      cwes: cwesOf(row, cwes),
      risk: {
        ...kept,
        likelihood: percentOf(row.likelihood, kept.likelihood) ?? null,
        impact: percentOf(row.impactScale, kept.impact) ?? 0,
      },
      attributes: attributesWith(
        foreign.attributes,
        ourAttributes('threats', row, isUnrated && !unknown.includes('impactScale') ? [...unknown, 'impactScale'] : unknown),
      ),
    },
    4000,
  )
}

/** Steps of twenty per cent; the file's own number while it means the same step. */
function percentOf(step: number | undefined, kept: unknown): number | undefined {
  const isSame = typeof kept === 'number' && stepOf(kept) === step
  return isSame ? kept : step === undefined ? undefined : step * 20
}

const NONE: readonly string[] = []

function categoriesOf(row: Threat, kept: unknown): readonly unknown[] {
  const own = (Object.keys(row.categories) as Category[]).sort()
  const before = Array.isArray(kept) ? textsOf(kept) : NONE
  const meant = before.flatMap(name => strideOf(name) ?? [])
  const isSame = before.length > 0 && [...new Set(meant)].sort().join() === own.join()
  return isSame && Array.isArray(kept) ? kept.filter(one => typeof one === 'string' || one === null) : own.map(wordFor)
}

function cwesOf(row: Threat, kept: unknown): readonly string[] | undefined {
  const odd = textsOf(kept).filter(one => !/^CWE-[0-9]{1,5}$/.test(one))
  const all = [...idsOf(row.cwe), ...odd]
  return all.length > 0 ? all : undefined
}

type Decided = { readonly state: string; readonly mitigations: readonly Raw[]; readonly attributes: Raw }

const DECLINED = { accept: 'accepted', transfer: 'transferred', avoid: 'avoided' } as const

function decisionsOf(design: Design, nameOf: Names): (threat: Threat) => Decided {
  const mitigations = new Map<string, Mitigation[]>()
  for (const row of rowsOf(design.mitigations)) for (const id of idsOf(row.threats)) push(mitigations, id, row)
  const acceptances = new Map<string, Acceptance[]>()
  for (const row of rowsOf(design.acceptances)) push(acceptances, row.threat, row)
  return threat => {
    const answers = mitigations.get(threat.id) ?? []
    const [declined] = acceptances.get(threat.id) ?? []
    return {
      state: declined ? declinedWord(declined) : stateOf(threat, answers),
      mitigations: answers.map(row => ({ mitigation: nameOf(row.id), state: stepWord(row, threat.id) })),
      attributes: declined ? decisionAttributes(declined) : {},
    }
  }
}

function declinedWord(row: Acceptance): string {
  const { status } = foreignFrom(TOOL, row)
  const meant = typeof status === 'string' ? decisionOf(status) : undefined
  return meant === row.response || (meant === 'notApplicable' && row.response === 'avoid')
    ? String(status)
    : DECLINED[row.response]
}

/** The file's own word while it does not say that somebody declined; else whether all that answers the threat is done. */
function stateOf(row: Threat, answers: readonly Mitigation[]): string {
  const { state, status } = foreignFrom(TOOL, row)
  const isKept = typeof state === 'string' && state !== '' && (status !== undefined || !isDeclined(state))
  if (isKept) return state
  return answers.length > 0 && answers.every(one => one.status !== 'planned') ? 'mitigated' : 'exposed'
}

function isDeclined(state: string): boolean {
  return ['accept', 'transfer', 'avoid', 'notApplicable'].includes(decisionOf(state))
}

/** Each use of a mitigation has a state of its own; the file's words stay while they mean the same. */
function stepWord(row: Mitigation, threat: string): string {
  if (row.status !== 'planned') return 'implemented'
  const { states, uses } = foreignFrom(TOOL, row)
  const own = recordOf(uses)?.[threat]
  if (typeof own === 'string') return own
  const [only, ...others] = textsOf(states).filter(word => word !== 'no state')
  return only !== undefined && others.length === 0 && only.toLowerCase() !== 'implemented' ? only : 'required'
}

function decisionAttributes(row: Acceptance): Raw {
  const { 'skeptic.id': _id, ...fields } = ourAttributes('acceptances', row)
  const own = [ourAttribute('acceptance', row.id), ourAttribute('reason', row.reason), ourAttribute('decidedBy', row.owner)]
  return { ...fields, ...Object.assign({}, ...own) }
}

function usedAs(row: Threat, threat: string, { state, mitigations, attributes }: Decided): Raw {
  const all = attributesWith({}, { ...ourAttribute('id', row.id), ...attributes })
  return defined({ threat, state, mitigations: mitigations.length > 0 ? mitigations : undefined, attributes: all })
}

/** Mitigations by themselves; how far each is stands at its uses. */
export function mitigationsOf(design: Design, nameOf: Names): readonly Raw[] {
  return rowsOf(design.mitigations).map(row => {
    const { riskReduction, states: _states, uses: _uses, ...foreign } = foreignFrom(TOOL, row)
    const status = row.status === 'planned' ? {} : ourAttribute('status', row.status)
    return written(
      foreign,
      row.statement,
      {
        id: nameOf(row.id),
        description: row.description,
        riskReduction: typeof riskReduction === 'number' ? riskReduction : 0,
        attributes: attributesWith(foreign.attributes, { ...ourAttributes('mitigations', row), ...status }),
      },
      4000,
    )
  })
}

function push<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key)
  if (list) list.push(value)
  else lists.set(key, [value])
}
