import { existsSync } from 'node:fs'
import path from 'node:path'
import { ok, type Problem, type Result, refuse } from '../../../core/support/result.ts'
import type { SharedModel } from '../../../ydoc/shared-model.ts'
import type { SaveState, TeamState } from '../../contract.ts'
import type { Disk } from '../disk.ts'
import type { PresenceDesk } from '../presence.ts'
import type { Announce } from '../rooms.ts'
import type { Prefer } from './first.ts'
import type { JoinedTeam } from './joined.ts'

/** What a room knows of a team hub. Without one, nothing of the hub's code is loaded. */
export type TeamDesk = {
  readonly state: () => TeamState
  /** Joins the open design to the hub's design of this address; it must be the same design. */
  readonly join: (input: JoinInput) => Promise<Result<true>>
  /** Forgets the hub; the design stays as it is. */
  readonly leave: () => Promise<Result<true>>
  readonly retry: () => void
  readonly close: () => Promise<void>
}

export type JoinInput = { readonly address: string; readonly token: string; readonly prefer?: Prefer }

export type TeamOptions = {
  readonly random?: () => number
  /** Milliseconds: the first wait, the longest wait, and how long a hub may take to answer. */
  readonly pace?: { readonly first: number; readonly most: number; readonly patience: number }
}

export type TeamTools = {
  readonly folder: string
  /** The room's document. */
  readonly shared: SharedModel
  readonly disk: Disk
  readonly now: () => string
  readonly presence: PresenceDesk
  readonly listen: (announce: Announce) => () => void
  readonly announce: Announce
  readonly save: () => Promise<SaveState>
  /** Whether this process writes the folder; one that only reads it does not speak for it either. */
  readonly isWritable: boolean
  readonly options: TeamOptions | undefined
}

/** Connects a design that is joined; what is wrong with that never keeps it from opening. */
export async function openTeamDesk(tools: TeamTools): Promise<TeamDesk> {
  const { folder, announce, isWritable } = tools
  let joined: JoinedTeam | undefined
  let trouble: TeamState = { kind: 'alone' }
  const state = (): TeamState => joined?.state() ?? trouble

  async function start(): Promise<Result<true>> {
    const { startTeam } = await import('./joined.ts')
    const started = await startTeam(tools)
    if (!started.ok) trouble = stopped(started.problems[0])
    else joined = started.value
    announce('room.team', state())
    return started.ok ? ok(true) : started
  }

  if (isWritable && existsSync(path.join(folder, '.skeptic', 'hub.json'))) await start()
  return {
    state,
    join: async input => {
      if (!isWritable) return refuse(READ_ONLY)
      if (joined) return refuse(ALREADY)
      const { joinFirst } = await import('./first.ts')
      const take = async (): Promise<Result<true>> => {
        const saved = await tools.save()
        return saved.kind === 'failed' ? { ok: false, problems: [saved.problem] } : ok(true)
      }
      const first = await joinFirst({ ...tools, ...input, dir: folder, room: tools.shared, take })
      return first.ok ? start() : first
    },
    leave: async () => {
      if (!isWritable) return refuse(READ_ONLY)
      await joined?.close()
      joined = undefined
      const { forgetHub } = await import('./place.ts')
      const left = await forgetHub(folder)
      if (!left.ok) return left
      trouble = { kind: 'alone' }
      announce('room.team', trouble)
      return ok(true)
    },
    retry: () => joined?.retry(),
    close: async () => joined?.close(),
  }
}

function stopped(problem: Problem): TeamState {
  return { kind: 'stopped', address: '', waiting: 0, people: 0, problem, remarks: [] }
}

const READ_ONLY = {
  code: 'team.readOnly',
  message: 'Another program writes this design, so it is that one which joins a team hub.',
  cure: 'Join there, or close it first.',
}
const ALREADY = {
  code: 'team.joined',
  message: 'The design is joined to a team hub already.',
  cure: 'Leave that one first: skeptic leave',
}
