import { threatStates } from '../mitigations/derive.ts'
import { controlsById } from '../mitigations/effect.ts'
import type { LedgerState } from '../model/ledger.ts'
import type { Design, Packs } from '../model/types.ts'
import { deriveFindings, findingsById } from '../threats/engine.ts'
import { answersOf, type Ground } from './answers.ts'
import { appliedIn, proofsBySource } from './applied.ts'
import { absentIn } from './concerns.ts'
import { excludedIn } from './exclusions.ts'
import { openingOf } from './facts.ts'
import { proofsOf } from './proofs.ts'
import { type Referring, referringTo } from './references.ts'
import {
  type AnswerState,
  type Coverage,
  type Excluded,
  type FrameworkConcern,
  type FrameworkCoverage,
  type FrameworkEntry,
  type FrameworkPack,
  type FrameworkRow,
  LAYERS,
  type Readable,
  type Remark,
  ROW_STATES,
  type RowState,
  type Totals,
} from './types.ts'

type Input = {
  readonly packs: Pick<Packs, 'rules' | 'controls'>
  readonly frameworks: readonly FrameworkPack[]
  readonly ledger: Pick<LedgerState, 'entries' | 'ok'>
  readonly at: string
}

/** How far a design answers each entry of each framework: from what was decided and what the ledger proves, and from nothing else. */
export function deriveCoverage(design: Design, { packs, frameworks, ledger, at }: Input): Coverage {
  const ground = groundOf(design, { packs, ledger, at })
  const read = answersOf(ground)
  const referring = referringTo(packs)
  const absent = absentIn(design)
  const excluded = excludedIn(design, at)
  const covered = frameworks.map(pack => frameworkOf(pack, { read, referring, absent, excluded }))
  const layers = LAYERS.map(layer => [layer, sumOf(covered.filter(one => one.layer === layer).map(one => one.totals))] as const)
  return { frameworks: covered, layers: Object.fromEntries(layers) as Coverage['layers'] }
}

function groundOf(design: Design, { packs, ledger, at }: Omit<Input, 'frameworks'>): Ground {
  const { findings } = deriveFindings(design, packs.rules)
  const proofs = proofsOf(design, packs, ledger, at)
  const bySource = proofsBySource(proofs)
  const controls = controlsById(packs.controls)
  return {
    ...{ design, at, packs, ledger, findings, proofs, bySource },
    states: threatStates(design, packs, at),
    applied: appliedIn({ design, controls, findings: findingsById(findings), proofs: bySource }),
    opening: openingOf(design, ledger),
  }
}

type Reading = {
  readonly read: (answer: Readable) => AnswerState
  readonly referring: Referring
  readonly absent: (concern: FrameworkConcern) => boolean
  readonly excluded: (framework: string, entry: string) => Excluded | undefined
}

function frameworkOf(pack: FrameworkPack, reading: Reading): FrameworkCoverage {
  const rows = pack.entries.map(entry => rowOf(entry, pack, reading))
  const { id, title, layer, source, selection } = pack
  return { id, title, layer, source, selection, rows, totals: totalsOf(rows) }
}

const ORDER = ['proven', 'planned', 'none'] as const

function rowOf(entry: FrameworkEntry, pack: FrameworkPack, { read, referring, absent, excluded }: Reading): FrameworkRow {
  const asked = [...(entry.evidence ?? []), ...referring(pack, entry)]
  const states = [...new Map(asked.map(answer => [JSON.stringify(answer), read(answer)])).values()]
  const answers = ORDER.flatMap(state => states.filter(one => one.state === state))
  const needsEvery = (entry.needs ?? pack.needs) === 'every' && (entry.evidence ?? []).length > 1
  const isPartly = needsEvery && (entry.evidence ?? []).some(answer => read(answer).state !== 'proven')
  const best = isPartly && answers[0]?.state === 'proven' ? 'planned' : (answers[0]?.state ?? 'none')
  const { id, title, part } = entry
  const head = { id, title, ...(part === undefined ? {} : { part }), ...(needsEvery ? { needsEvery } : {}), answers }
  const concerns = entry.concerns ?? pack.concerns ?? []
  const isAbsent = concerns.length > 0 && concerns.every(absent)
  const said = saidOf(excluded(pack.id, id), !isAbsent && best !== 'none')
  const told = (from: readonly AnswerState[]) => [...new Set([...from.flatMap(one => one.remarks), ...said.remarks])].sort()
  // What the design says it is without comes first: a general fact of it is no answer to a question about models.
  if (isAbsent) return { ...head, state: 'notApplicable', remarks: said.remarks, without: concerns, ...said.row }
  if (best !== 'none') return { ...head, state: best, remarks: told(answers.filter(one => one.state !== 'none')), ...said.row }
  const outside = entry.outside === undefined ? {} : { outside: entry.outside }
  const state =
    said.row.excluded?.standing === 'counts' ? 'notApplicable' : entry.outside === undefined ? 'notAddressed' : 'outside'
  return { ...head, state, remarks: told(answers), ...outside, ...said.row }
}

type SaidOfRow = { readonly row: { readonly excluded?: Excluded }; readonly remarks: readonly Remark[] }

const OF_STANDING: { readonly [S in Excluded['standing']]: readonly Remark[] } = {
  counts: [],
  contradicted: ['contradicted'],
  ended: ['exclusionEnded'],
  proposed: ['exclusionProposed'],
}

/** A person's decision never moves a row that something answers: then one of the two is wrong, and the row says so. */
function saidOf(excluded: Excluded | undefined, isAnswered: boolean): SaidOfRow {
  if (!excluded) return { row: {}, remarks: [] }
  const standing = excluded.standing === 'counts' && isAnswered ? 'contradicted' : excluded.standing
  return { row: { excluded: { ...excluded, standing } }, remarks: OF_STANDING[standing] }
}

function totalsOf(rows: readonly { readonly state: RowState }[]): Totals {
  const count = (state: RowState) => rows.filter(row => row.state === state).length
  return Object.fromEntries(ROW_STATES.map(state => [state, count(state)])) as Totals
}

function sumOf(totals: readonly Totals[]): Totals {
  const sum = (state: RowState) => totals.reduce((all, one) => all + one[state], 0)
  return Object.fromEntries(ROW_STATES.map(state => [state, sum(state)])) as Totals
}
