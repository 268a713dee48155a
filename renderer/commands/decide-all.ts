import { applyChanges, type Change } from '../../core/model/change.ts'
import { hasRow, rowsOf } from '../../core/model/table.ts'
import type { Acceptance, Design, Mitigation, Table, Threat } from '../../core/model/types.ts'
import { ok, type Result } from '../../core/support/result.ts'
import type { Finding } from '../../core/threats/finding.ts'

/** One edit of a decision; it sees what the edits before it made. */
export type Step = (design: Design) => Result<readonly Change[]>

/** What is shown as one finding, and the edits that decide it, in this order: first of them decideTogether of the core. */
export type Decided = { readonly findings: readonly Finding[]; readonly steps: readonly Step[] }

/**
 * All decisions as one list of changes, or the first refusal. What is decided is the core's to say; here each edit is only shown the
 * threats that speak of its own findings, and what hangs on these, so that a thousand decisions cost a thousand times one.
 */
export function decideAll(design: Design, decided: readonly Decided[]): Result<readonly Change[]> {
  const near = nearIn(design)
  const changes: Change[] = []
  for (const { findings, steps } of decided) {
    let now = near.around(findings)
    for (const step of steps) {
      const one = near.fresh(now, step)
      if (!one.ok) return one
      for (const change of one.value) changes.push(change)
      now = applyChanges(now, one.value)
      near.note(one.value, now)
    }
  }
  return ok(changes)
}

type Near = {
  /** The design with nothing but the threats of these findings, as they stand by now. */
  readonly around: (findings: readonly Finding[]) => Design
  /** Asks again while a new threat or acceptance has the id of one out of sight. */
  readonly fresh: (now: Design, step: Step) => Result<readonly Change[]>
  readonly note: (changes: readonly Change[], now: Design) => void
}

function nearIn(design: Design): Near {
  const speaking = grouped(rowsOf(design.threats), threat => Object.keys(threat.findings ?? {}))
  const mitigating = grouped(rowsOf(design.mitigations), mitigation => Object.keys(mitigation.threats ?? {}))
  const accepting = grouped(rowsOf(design.acceptances), acceptance => [acceptance.threat])
  /** Threats that this bulk touched; undefined where it took one away. */
  const touched = new Map<string, Threat | undefined>()
  const written = new Set<string>()
  const now = (threat: Threat) => (touched.has(threat.id) ? touched.get(threat.id) : threat)
  return {
    around: findings => {
      const threats = findings.flatMap(finding => speaking.get(finding.id) ?? []).flatMap(threat => now(threat) ?? [])
      const of = <Row>(groups: ReadonlyMap<string, readonly Row[]>) => threats.flatMap(({ id }) => groups.get(id) ?? [])
      return {
        ...design,
        threats: tableOf<Threat>(threats),
        mitigations: tableOf<Mitigation>(of(mitigating)),
        acceptances: tableOf<Acceptance>(of(accepting)),
      }
    },
    fresh: (near, step) => {
      const isThere = (of: Design, id: string) => hasRow(of.threats, id) || hasRow(of.acceptances, id)
      const isOutOfSight = (id: string) => !isThere(near, id) && (written.has(id) || isThere(design, id))
      const clashes = (change: Change) =>
        change.kind === 'put' && (change.table === 'threats' || change.table === 'acceptances') && isOutOfSight(change.row.id)
      let one = step(near)
      while (one.ok && one.value.some(clashes)) one = step(near)
      return one
    },
    note: (changes, after) => {
      for (const change of changes) {
        const id = change.kind === 'put' ? change.row.id : change.id
        if (change.kind === 'put') written.add(id)
        if (change.table === 'threats') touched.set(id, after.threats[id])
      }
    },
  }
}

function tableOf<Row extends { readonly id: string }>(rows: readonly Row[]): Table<Row> {
  return Object.fromEntries(rows.map(row => [row.id, row]))
}

function grouped<Row>(rows: readonly Row[], keysOf: (row: Row) => readonly string[]): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>()
  for (const row of rows)
    for (const key of keysOf(row)) {
      const group = groups.get(key)
      if (group) group.push(row)
      else groups.set(key, [row])
    }
  return groups
}
