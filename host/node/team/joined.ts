import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { diffDesigns } from '../../../core/model/diff.ts'
import { ok, type Problem, type Result } from '../../../core/support/result.ts'
import type { LineState } from '../../../ydoc/hub-line.ts'
import type { TeamState } from '../../contract.ts'
import { bridge, editsInFiles } from './bridge.ts'
import { connect, differentDesign } from './connect.ts'
import type { TeamTools } from './desk.ts'
import { followPeople } from './people.ts'
import { addressOf, ownHubPlace } from './place.ts'
import { openReplica } from './replica.ts'

/** An open design that follows its team. */
export type JoinedTeam = {
  readonly state: () => TeamState
  readonly retry: () => void
  readonly close: () => Promise<void>
}

const MOST_REMARKS = 20

/**
 * Takes in what the team did since the folder was last open, gives the team what was changed in the files meanwhile, and from then on
 * carries each edit both ways. Works the same without a connection: the edits wait in the team's log.
 */
export async function startTeam(tools: TeamTools): Promise<Result<JoinedTeam>> {
  const { folder, shared: room, disk, now, announce, listen } = tools
  const place = await ownHubPlace(folder, disk)
  if (!place.ok) return place
  if (!place.value) return ok({ state: () => ({ kind: 'alone' }), retry: () => {}, close: async () => {} })
  const opened = await openReplica(folder, place.value.document, disk)
  if (!opened.ok) return opened
  const replica = opened.value
  const team = replica.shared
  const address = addressOf(place.value)
  let remarks: readonly Problem[] = []
  let since: string | undefined
  let line: LineState | undefined
  const people = followPeople({ desk: tools.presence, send: update => connection.showPresence(update), changed: () => tell() })
  let ready = false

  function state(): TeamState {
    const waiting = line?.waiting ?? 0
    const kind =
      !line || line.kind === 'connecting' ? 'connecting' : line.kind === 'connected' && waiting > 0 ? 'behind' : line.kind
    return {
      kind,
      address,
      waiting,
      people: people.count(),
      remarks,
      ...(line?.role ? { role: line.role } : {}),
      ...(since !== undefined && kind !== 'connected' && kind !== 'behind' ? { since } : {}),
      ...(line?.problem ? { problem: line.problem } : {}),
    }
  }
  const tell = () => ready && announce('room.team', state())
  const remark = (problem: Problem) => {
    if (remarks.some(({ code, at }) => code === problem.code && at === problem.at)) return
    remarks = [...remarks, problem].slice(-MOST_REMARKS)
    tell()
  }

  const waiting = waitingIn(folder)
  const own = editsInFiles(room.read(), team.read(), replica.bases)
  for (const change of own) {
    const written = team.write([change])
    if (!written.ok) remark(written.problems[0])
  }
  for (const change of diffDesigns(room.read(), team.read())) {
    const isBroken = change.kind === 'remove' && team.unfit().some(row => row.table === change.table && row.id === change.id)
    const written = isBroken ? ok(true) : room.write([change])
    if (!written.ok) remark(written.problems[0])
  }
  const bridged = bridge(room, team, remark)
  const stopListening = listen((name, payload) => {
    if (name === 'room.save' && (payload as { readonly kind: string }).kind === 'saved') replica.noteProjected()
  })
  const connection = connect({
    place: place.value,
    shared: team,
    options: tools.options,
    waiting: waiting + (own.length > 0 ? 1 : 0),
    refusal: theirs => differentDesign(room.read(), theirs),
    refused: remark,
    presence: people.hear,
    changed: next => {
      if ((next.waiting === 0) !== ((line?.waiting ?? 0) === 0)) noteWaiting(folder, next.waiting)
      if (next.waiting === 0) bridged.settled()
      if (next.kind === 'offline' || next.kind === 'stopped') since ??= now()
      if (next.kind === 'connected') since = undefined
      line = next
      people.line(next.kind === 'connected')
      for (const problem of next.kind === 'connected' ? team.problems() : []) remark(problem)
      tell()
    },
  })
  ready = true
  return ok({
    state,
    retry: connection.retry,
    close: async () => {
      people.close()
      connection.close()
      bridged.stop()
      stopListening()
      noteWaiting(folder, line?.waiting ?? 0)
      await replica.close()
    },
  })
}

/** How many edits the hub had not stored when this was last noted; only for the status bar, what is sent does not depend on it. */
function waitingIn(folder: string): number {
  try {
    const count = Number(readFileSync(path.join(folder, WAITING), 'utf8'))
    return Number.isSafeInteger(count) && count > 0 ? count : 0
  } catch {
    return 0
  }
}

function noteWaiting(folder: string, count: number): void {
  try {
    writeFileSync(path.join(folder, WAITING), `${count}\n`)
  } catch {
    // the count is shown, nothing else
  }
}

const WAITING = '.skeptic/team/waiting'
