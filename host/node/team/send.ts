import { existsSync } from 'node:fs'
import path from 'node:path'
import type { TeamState } from '../../contract.ts'
import { openRoom } from '../rooms.ts'

/** How long the answer of the hub is waited for, in milliseconds. */
const PATIENCE = 4000

/**
 * After files of a joined folder were changed by a command: gives the edits to the team, and takes in what the team did. Answers one line
 * for the person, or nothing where the folder is not joined.
 */
export async function sendToTeam(folder: string, patience = PATIENCE): Promise<string | undefined> {
  if (!existsSync(path.join(folder, '.skeptic', 'hub.json'))) return undefined
  const opened = await openRoom(folder)
  if (!opened.ok) return `Not with the team yet: ${opened.problems[0].message}`
  const room = opened.value
  const done = (state: TeamState) => (state.kind === 'connected' && state.waiting === 0) || isOver(state)
  const last = await new Promise<TeamState>(resolve => {
    const end = () => {
      clearTimeout(timer)
      stop()
      resolve(room.team.state())
    }
    const timer = setTimeout(end, patience)
    const stop = room.listen(name => {
      if (name === 'room.team' && done(room.team.state())) end()
    })
    if (done(room.team.state())) end()
  })
  await room.close()
  if (last.kind === 'alone') return undefined
  if (last.kind === 'connected' && last.waiting === 0) return 'With the team: the hub has stored it.'
  const reason = last.problem ? ` ${last.problem.message}` : ''
  if (last.problem?.code === 'hub.readOnly') return `Not with the team.${reason} ${last.problem.cure ?? ''}`.trim()
  return `Not with the team yet; it goes with the next connection.${reason}`
}

/** No answer will come by waiting longer. */
function isOver(state: TeamState): boolean {
  if (state.kind === 'alone' || state.kind === 'stopped' || state.kind === 'offline') return true
  return state.problem?.code === 'hub.readOnly'
}
