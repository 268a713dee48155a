import { readFileSync } from 'node:fs'

/** Most megabytes this process ever held. Linux counts anew for each program; elsewhere a child may show what its parent held. */
export function mostHeld(): number {
  try {
    return Math.round(Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) / 1024)
  } catch {
    return Math.round(process.resourceUsage().maxRSS / 1024)
  }
}
