import { ok, type Problem, type Result, refuse } from '../core/support/result.ts'
import { fromBase64, toBase64 } from './base64.ts'
import { piecesOf, together } from './pieces.ts'
import { type SharedModel, shareModel } from './shared-model.ts'

/** Where the design is kept, as one who edits it sees it. */
export type Room = {
  /** The whole document in base64, and the name of this opening of it: another name is another document. */
  readonly join: () => Promise<Result<{ readonly state: string; readonly room: string }>>
  /** `isUndo` where the edit takes back or does again one made here. */
  readonly push: (update: string, isUndo?: boolean) => Promise<Result<unknown>>
  readonly onUpdate: (listener: (update: string) => void) => () => void
  /** Calls when the room can be reached again after it could not. */
  readonly onReturn: (listener: () => void) => () => void
}

/** How far this copy is behind or ahead, in the words of the status bar. */
export type SyncState = {
  readonly kind: 'synced' | 'sending' | 'offline' | 'stopped'
  /** Edits made here that the room has not accepted yet. */
  readonly waiting: number
  readonly problem?: Problem
}

export type Joined = {
  readonly shared: SharedModel
  readonly sync: () => SyncState
  readonly subscribe: (listener: () => void) => () => void
  /** A person asks the room again, after it could not be reached or refused an edit, and what waits is sent. */
  readonly retry: () => Promise<void>
  readonly leave: () => void
}

/** Joins a room: its edits come in, edits made here go out in order, and a copy that fell behind catches up. */
export async function joinRoom(room: Room): Promise<Result<Joined>> {
  const early: string[] = []
  let arrive = (update: string): void => void early.push(update)
  const stopHearing = room.onUpdate(update => arrive(update))
  const joined = await room.join()
  const state = joined.ok ? fromBase64(joined.value.state) : undefined
  if (!joined.ok || !state) {
    stopHearing()
    return joined.ok ? refuse(UNREADABLE) : joined
  }
  const shared = shareModel()
  shared.load(state)
  const sender = sendEdits(room, shared, joined.value.room)
  arrive = update => {
    const bytes = fromBase64(update)
    if (bytes && !shared.receive(bytes).ok) void sender.retry()
  }
  for (const update of early) arrive(update)
  const stopSending = shared.onUpdate((update, own, isUndo) => own && sender.send(update, isUndo))
  const stopWaiting = room.onReturn(() => void sender.retry())
  const leave = () => {
    stopHearing()
    stopSending()
    stopWaiting()
    shared.destroy()
  }
  return ok({ shared, sync: sender.state, subscribe: sender.subscribe, retry: sender.again, leave })
}

const UNREADABLE = { code: 'room.unreadable', message: 'The design that the host sent cannot be read.', cure: 'Open it again.' }
const REOPENED = {
  code: 'room.reopened',
  message: 'The design was opened anew on the host, so this copy of it is out of date.',
  cure: 'Load the window again; edits not yet sent are lost.',
}

type Sender = {
  readonly send: (update: Uint8Array, isUndo: boolean) => void
  /** By itself, and not after a refusal: that would be repeated for ever. */
  readonly retry: () => Promise<void>
  readonly again: () => Promise<void>
  readonly state: () => SyncState
  readonly subscribe: (listener: () => void) => () => void
}

function sendEdits(room: Room, shared: SharedModel, name: string): Sender {
  const listeners = new Set<() => void>()
  let queue: { readonly bytes: Uint8Array; readonly edit: boolean; readonly isUndo: boolean }[] = []
  let state: SyncState = { kind: 'synced', waiting: 0 }
  let running: Promise<void> | undefined

  function tell(kind: SyncState['kind'], problem?: Problem): void {
    const waiting = queue.filter(item => item.edit).length
    state = problem ? { kind, waiting, problem } : { kind, waiting }
    for (const listener of [...listeners]) listener()
  }

  async function drain(): Promise<void> {
    while (queue.length > 0) {
      tell('sending')
      // What came while the room made the last edit durable goes out together, as one; what takes back goes apart from what does.
      const isUndo = queue[0]?.isUndo ?? false
      const other = queue.findIndex(item => item.isUndo !== isUndo)
      const next = together(queue.slice(0, other < 0 ? queue.length : other).map(({ bytes }) => bytes))
      const answer = await room.push(toBase64(next.bytes), isUndo)
      if (!answer.ok) return fail(answer.problems[0])
      queue = queue.slice(next.many)
    }
    tell('synced')
  }

  /** The machine out of reach passes; an edit it does not want does not. */
  function fail(problem: Problem): void {
    tell(problem.code.startsWith('host.') ? 'offline' : 'stopped', problem)
  }

  async function catchUp(): Promise<void> {
    const joined = await room.join()
    if (!joined.ok) return fail(joined.problems[0])
    const bytes = fromBase64(joined.value.state)
    if (!bytes || joined.value.room !== name) return tell('stopped', { severity: 'error', ...(bytes ? REOPENED : UNREADABLE) })
    shared.load(bytes)
    queue = piecesOf(shared.since(bytes)).map((piece, i) => ({
      bytes: piece,
      edit: i === 0 && queue.length > 0,
      isUndo: false,
    }))
    await drain()
  }

  function run(work: () => Promise<void>): Promise<void> {
    running ??= work().finally(() => {
      running = undefined
      if (queue.length > 0 && state.kind === 'synced') void run(drain)
    })
    return running
  }

  return {
    send: (update, isUndo) => {
      queue.push(...piecesOf(update).map((bytes, i) => ({ bytes, edit: i === 0, isUndo })))
      if (state.kind === 'offline' || state.kind === 'stopped') tell(state.kind, state.problem)
      else void run(drain)
    },
    retry: () => (state.kind === 'stopped' ? Promise.resolve() : run(catchUp)),
    again: () => run(catchUp),
    state: () => state,
    subscribe: listener => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
