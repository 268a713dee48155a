import { rm } from 'node:fs/promises'
import path from 'node:path'
import { diffDesigns } from '../../../core/model/diff.ts'
import { settingsOf } from '../../../core/model/lookup.ts'
import type { Design } from '../../../core/model/types.ts'
import { ok, type Problem, type Result, refuse } from '../../../core/support/result.ts'
import type { LineState } from '../../../ydoc/hub-line.ts'
import type { SharedModel } from '../../../ydoc/shared-model.ts'
import { type Disk, nodeDisk } from '../disk.ts'
import { connect, differentDesign } from './connect.ts'
import type { TeamOptions } from './desk.ts'
import { forgetHub, forgetToken, type HubPlace, hubPlaceOf, keepToken, newKey, writeHubPlace } from './place.ts'
import { openReplica } from './replica.ts'

/** Whose values stand where a folder that has the design already differs from the hub's. */
export type Prefer = 'team' | 'mine'

/** What joining did: the design as it now is, and whether the hub got it from here. */
export type FirstJoin = { readonly design: Design; readonly gave: boolean }

/** How long the first state of a hub is waited for, in milliseconds. */
const PATIENCE = 20_000

/**
 * Joins a folder to a hub's design for the first time: fetches that design, compares, merges as `prefer` says, and only then notes where
 * the folder is joined. `room` is the design of the folder as it is open or was read. `take` makes the files hold the design it is given,
 * when that is not what they hold; it comes before anything that would call them joined.
 */
export async function joinFirst(input: {
  readonly dir: string
  readonly address: string
  readonly token: string
  readonly prefer?: Prefer
  readonly room?: SharedModel
  readonly take?: (design: Design) => Promise<Result<unknown>>
  readonly disk?: Disk
  readonly options?: TeamOptions | undefined
}): Promise<Result<FirstJoin>> {
  const { dir, token, prefer, room, disk = nodeDisk } = input
  const named = hubPlaceOf(input.address)
  if (!named.ok) return named
  const place = { ...named.value, key: newKey() }
  const fetched = await fetchDesign({ place, token, mine: room?.read(), options: input.options })
  if (!fetched.ok) return fetched
  const theirs = fetched.value
  const isEmpty = settingsOf(theirs) === undefined
  if (isEmpty && !room) return refuse({ ...EMPTY, at: input.address })
  const apart = room ? diffDesigns(theirs, room.read()).length : 0
  if (!isEmpty && apart > 0 && prefer === undefined) return refuse(differs(apart))
  if (!room) {
    const taken = await input.take?.(theirs)
    if (taken && !taken.ok) return taken
  }
  const kept = await keepToken(place, token)
  if (!kept.ok) return kept
  const done = await withReplica(input, place, disk, isEmpty || prefer === 'mine')
  const noted = done.ok ? await writeHubPlace(dir, place, disk) : done
  if (noted.ok) return done
  await forgetHub(dir)
  await forgetToken(place).catch(() => {
    // a token that no folder names any more harms nobody, and the reason is told
  })
  return noted
}

/** The hub's design, looked at in a document of its own. */
async function fetchDesign(input: {
  readonly place: HubPlace
  readonly token: string
  readonly mine: Design | undefined
  readonly options: TeamOptions | undefined
}): Promise<Result<Design>> {
  const { shareModel } = await import('../../../ydoc/shared-model.ts')
  const looked = shareModel()
  const state = await reach({ ...input, shared: looked, isEnough: ({ kind }) => kind === 'connected' })
  const design = looked.read()
  looked.destroy()
  return state.ok ? ok(design) : state
}

/** Fills the team's log with the hub's design, and the hub with what it does not have where that was asked for. */
async function withReplica(
  input: Parameters<typeof joinFirst>[0],
  place: HubPlace,
  disk: Disk,
  give: boolean,
): Promise<Result<FirstJoin>> {
  // What a broken-off try left behind belongs to nobody.
  await rm(path.join(input.dir, '.skeptic', 'team'), { recursive: true, force: true })
  const opened = await openReplica(input.dir, place.document, disk)
  if (!opened.ok) return opened
  const replica = opened.value
  const { room, token, options } = input
  const reaching = { place, token, options, shared: replica.shared, mine: room?.read() }
  try {
    const first = await reach({ ...reaching, isEnough: ({ kind }) => kind === 'connected' })
    if (!first.ok) return first
    if (room && give) {
      const written = replica.shared.write(diffDesigns(replica.shared.read(), room.read()))
      if (!written.ok) return written
      const stored = await reach({ ...reaching, waiting: 1, isEnough: line => line.kind === 'connected' && line.waiting === 0 })
      if (!stored.ok) return stored
    } else if (room) {
      const written = room.write(diffDesigns(room.read(), replica.shared.read()))
      if (!written.ok) return written
      const taken = await input.take?.(room.read())
      if (taken && !taken.ok) return taken
    }
    replica.noteProjected()
    return ok({ design: replica.shared.read(), gave: give })
  } finally {
    await replica.close()
  }
}

/** Connects until it is enough, or says why that did not come about. */
function reach(input: {
  readonly place: HubPlace
  readonly token: string
  readonly options: TeamOptions | undefined
  readonly shared: SharedModel
  readonly mine: Design | undefined
  readonly waiting?: number
  readonly isEnough: (line: LineState) => boolean
}): Promise<Result<true>> {
  const { place, token, options, shared, mine, waiting = 0, isEnough } = input
  return new Promise(resolve => {
    let last: LineState | undefined
    const finish = (result: Result<true>) => {
      clearTimeout(timer)
      // the line may tell of its end while it is being made
      queueMicrotask(() => line.close())
      resolve(result)
    }
    const problem = (): Result<true> => ({ ok: false, problems: [saidAtJoining(last?.problem)] })
    const timer = setTimeout(() => finish(problem()), PATIENCE)
    const line = connect({
      place,
      token,
      options,
      shared,
      waiting,
      refusal: theirs => differentDesign(mine, theirs),
      refused: () => {},
      presence: () => {},
      changed: state => {
        last = state
        if (isEnough(state)) finish(ok(true))
        else if (state.kind === 'stopped' || (state.kind === 'connected' && state.readOnly && waiting > 0)) finish(problem())
        else if (state.kind === 'offline') finish(problem())
      },
    })
  })
}

/** Nothing is joined yet, so there is nothing that could be worked on meanwhile. */
function saidAtJoining(problem: Problem | undefined): Problem {
  if (!problem) return { ...SILENT, severity: 'error' }
  return problem.code === 'hub.offline'
    ? { ...problem, severity: 'error', cure: 'Check the address, and that the hub runs; then join again.' }
    : problem
}

const SILENT = { code: 'hub.silent', message: 'The team hub did not answer.', cure: 'Check the address, and try again.' }
const EMPTY = {
  code: 'hub.empty',
  message: 'There is no design on the hub under this address yet.',
  cure: 'Join from a folder that holds the design: it is given to the hub then.',
}

function differs(count: number) {
  return {
    code: 'hub.differs',
    message: `The design here differs from the hub's in ${count} places, and nobody can say which is newer.`,
    cure: 'Say whose stands: skeptic join URL --prefer team, or --prefer mine. Commit the folder first, so that both are kept.',
  }
}
