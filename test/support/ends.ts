import { createContext, runInContext } from 'node:vm'

const room = createContext({ work: undefined })

/**
 * The value of synchronous work, which is stopped when it has not ended within a minute. It says nothing about speed: its input is
 * so large that the right algorithm needs about a second and the wrong one many minutes.
 */
export function ends<T>(work: () => T, limit = 60_000): T {
  room.work = work
  // A limit of the test runner waits for synchronous work; the one of a script stops it, in a loop and in a regular expression.
  return runInContext('work()', room, { timeout: limit }) as T
}
