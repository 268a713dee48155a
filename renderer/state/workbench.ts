import { createContext, useContext, useSyncExternalStore } from 'react'
import type { Design, Packs } from '../../core/model/types.ts'
import { ok, type Result } from '../../core/support/result.ts'
import type { Host } from '../../host/contract.ts'
import { builtinPacks } from '../../packs/builtin.ts'
import type { SharedModel } from '../../ydoc/shared-model.ts'
import { joinRoom } from '../../ydoc/sync.ts'
import { joinOthers } from './here.ts'
import { DEFAULT_PREFERENCES, type Preferences } from './preferences.ts'
import { setSession, useSession } from './session.ts'

/** A window that has joined: the design everyone edits, and the machine it lives on. */
export type Workbench = {
  readonly host: Host
  readonly shared: SharedModel
  readonly folder: string
  readonly retry: () => Promise<void>
}

/** Joins the room of the host: edits go out as they are made, others' come in, and the status bar hears about saving. */
export async function joinWorkbench(host: Host): Promise<Result<Workbench>> {
  let folder = ''
  host.on('room.save', save => setSession({ save }))
  host.on('ledger.appended', () => setSession({ ledgerTurn: Date.now() }))
  const joined = await joinRoom({
    join: async () => {
      const answer = await host.call('room.join', {})
      if (!answer.ok) return answer
      folder = answer.value.folder
      setSession({ save: answer.value.save, preferences: namedAs(answer.value.person), ledgerName: answer.value.person })
      return ok({ state: answer.value.state, room: answer.value.room })
    },
    push: update => host.call('room.push', { update }),
    onUpdate: listener => host.on('room.update', ({ update }) => listener(update)),
    onReturn: listener => host.on('host.connection', ({ online }) => (online ? listener() : undefined)),
  })
  if (!joined.ok) return joined
  joinOthers(host)
  const packs = await host.call('packs.read', {})
  if (packs.ok) setSession({ packs: withTeamPacks(packs.value), packProblems: packs.value.problems })
  else setSession({ packProblems: packs.problems })
  const { shared, sync, subscribe, retry } = joined.value
  const tell = () => setSession({ sync: sync() })
  subscribe(tell)
  tell()
  return ok({ host, shared, folder, retry })
}

/** The packs of the program with the team's own behind them. */
export function withTeamPacks({ rules, controls }: Pick<Packs, 'rules' | 'controls'>): Packs {
  if (rules.length === 0 && controls.length === 0) return builtinPacks
  return { ...builtinPacks, rules: [...builtinPacks.rules, ...rules], controls: [...builtinPacks.controls, ...controls] }
}

/** Decisions carry the name that the ledger uses, until the person chose another for this window. */
function namedAs(person: string): Preferences {
  const { preferences } = useSession.getState()
  return preferences.person === DEFAULT_PREFERENCES.person ? { ...preferences, person } : preferences
}

/** Hands the joined workbench to every view. */
export const WorkbenchContext = createContext<Workbench | undefined>(undefined)

/** The workbench of this window; there is always one below the frame. */
export function useWorkbench(): Workbench {
  const workbench = useContext(WorkbenchContext)
  if (!workbench) throw new Error('useWorkbench: no workbench around this view')
  return workbench
}

/** The design as it stands; views draw again when anything of it changes. */
export function useDesign(): Design {
  const { shared } = useWorkbench()
  return useSyncExternalStore(shared.subscribe, shared.read)
}
