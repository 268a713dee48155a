import { canonicalJson } from '../../../core/model/canonical.ts'
import type { Change } from '../../../core/model/change.ts'
import { diffDesigns, flatFields } from '../../../core/model/diff.ts'
import { labelOf } from '../../../core/model/lookup.ts'
import { rowAt } from '../../../core/model/table.ts'
import type { AnyRow, Design, Table, TableName } from '../../../core/model/types.ts'
import type { Problem } from '../../../core/support/result.ts'
import type { SharedModel } from '../../../ydoc/shared-model.ts'

/** Two documents of one design that follow each other: the room's, and the team's. */
export type Bridge = {
  /** Everything made here is with the team: from now on nothing of it can be overtaken unseen. */
  readonly settled: () => void
  readonly stop: () => void
}

/** From now on each change of one is made in the other; both must say the same when this is called, but for rows that cannot be read. */
export function bridge(room: SharedModel, team: SharedModel, remark: (problem: Problem) => void): Bridge {
  let roomSeen = room.read()
  let teamSeen = team.read()
  let isBusy = false
  /** Fields changed here that the team may not have yet, with what they were set to. */
  const mine = new Map<string, unknown>()

  function carry(to: SharedModel, changes: readonly Change[]): void {
    if (changes.length === 0) return
    isBusy = true
    try {
      if (to.write(changes).ok) return
      for (const change of changes) {
        const written = to.write([change])
        if (!written.ok) remark(written.problems[0])
      }
    } finally {
      isBusy = false
      roomSeen = room.read()
      teamSeen = team.read()
    }
  }

  function toTeam(): void {
    if (isBusy) return
    const now = room.read()
    const changes = diffDesigns(roomSeen, now)
    roomSeen = now
    for (const [path, value] of changes.flatMap(pathsOf)) mine.set(path, value)
    carry(
      team,
      changes.map(change => wholeWhereMissing(change, team.read(), now)),
    )
  }

  function toRoom(): void {
    if (isBusy) return
    const now = team.read()
    const before = teamSeen
    teamSeen = now
    const broken = new Set(team.unfit().map(({ table, id }) => `${table}/${id}`))
    const changes = diffDesigns(before, now).filter(
      change => !(change.kind === 'remove' && broken.has(`${change.table}/${change.id}`)),
    )
    for (const problem of overtaken(changes, mine, room.read())) remark(problem)
    carry(room, changes.flatMap(withoutIdentity))
  }

  const stops = [room.subscribe(toTeam), team.subscribe(toRoom)]
  return {
    settled: () => mine.clear(),
    stop: () => {
      for (const stop of stops) stop()
    },
  }
}

/** A row that a peer broke is put whole again by the next edit of it. */
function wholeWhereMissing(change: Change, team: Design, room: Design): Change {
  if (change.kind !== 'patch' || rowIn(team, change.table, change.id)) return change
  const row = rowIn(room, change.table, change.id)
  return row ? ({ kind: 'put', table: change.table, row } as Change) : change
}

/** Which design this is, nobody changes from afar. */
function withoutIdentity(change: Change): readonly Change[] {
  if (change.table !== 'settings') return [change]
  if (change.kind === 'remove') return []
  if (change.kind === 'put') return [change]
  const { designId: _other, ...fields } = change.fields
  return Object.keys(fields).length > 0 ? [{ ...change, fields }] : []
}

function pathsOf(change: Change): [path: string, value: unknown][] {
  const at = (id: string, path: string) => `${change.table}/${id}/${path}`
  if (change.kind === 'remove') return [[at(change.id, ''), undefined]]
  if (change.kind === 'patch') return Object.entries(change.fields).map(([path, value]) => [at(change.id, path), value])
  return Object.entries(flatFields(change.table, change.row)).map(([path, value]) => [at(change.row.id, path), value])
}

/** What was changed here and, before the team had it, by someone else: theirs stands, and that is said. */
function overtaken(changes: readonly Change[], mine: ReadonlyMap<string, unknown>, room: Design): Problem[] {
  if (mine.size === 0) return []
  return changes.flatMap(change => {
    if (change.kind === 'put') return []
    const lost = pathsOf(change).filter(([path, value]) => {
      const own = change.kind === 'remove' ? undefined : mine.get(path)
      return mine.has(path) && !isSame(own, value)
    })
    const touched = change.kind === 'remove' && [...mine.keys()].some(path => path.startsWith(`${change.table}/${change.id}/`))
    if (lost.length === 0 && !touched) return []
    const name = labelOf(room, change.id)
    const what =
      change.kind === 'remove'
        ? `Someone else removed “${name}” while you changed it.`
        : `You and someone else changed ${lost.map(([path]) => path.split('/').slice(2).join('/')).join(', ')} of “${name}”.`
    return [
      {
        code: 'team.overtaken',
        severity: 'info',
        at: change.id,
        message: `${what} Theirs stands.`,
        cure: 'Look at it again; yours is in the history.',
      } satisfies Problem,
    ]
  })
}

/**
 * What people changed in the text files while nobody looked: a value is theirs when the team's design never had it since the files were
 * last written. A row that the team removed and a person changed in its file comes back.
 */
export function editsInFiles(files: Design, team: Design, bases: readonly Design[]): readonly Change[] {
  return diffDesigns(team, files).flatMap((change): readonly Change[] => {
    const id = change.kind === 'put' ? change.row.id : change.id
    const before = bases.map(base => rowIn(base, change.table, id))
    if (change.kind === 'remove') return before.every(Boolean) ? [change] : []
    if (change.kind === 'put') {
      const text = canonicalJson(flatFields(change.table, change.row))
      return before.some(row => row && canonicalJson(flatFields(change.table, row)) === text) ? [] : [change]
    }
    const old = before.map(row => (row ? flatFields(change.table, row) : undefined))
    const own = Object.entries(change.fields).filter(([path, value]) =>
      old.every(fields => fields === undefined || !isSame(fields[path], value)),
    )
    return own.length > 0 ? [{ ...change, fields: Object.fromEntries(own) }] : []
  })
}

function rowIn(design: Design, table: TableName, id: string): AnyRow | undefined {
  return rowAt(design[table] as Table<AnyRow>, id)
}

function isSame(a: unknown, b: unknown): boolean {
  return a === b || (a !== undefined && b !== undefined && canonicalJson(a) === canonicalJson(b))
}
