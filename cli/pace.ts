import { setFlagsFromString } from 'node:v8'

/** Gives V8 back what the launcher takes for a short run, before anything that may take long. */
export function paceForLongRun(): void {
  setFlagsFromString('--opt')
  setFlagsFromString('--parallel-scavenge')
}
