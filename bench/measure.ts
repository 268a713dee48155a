import { spawnSync } from 'node:child_process'

/** Runs that are timed together: the shell's clock counts whole milliseconds, and a start takes little more than ten. */
const BATCH = 5

/**
 * Processor time of one run of a program, in milliseconds of user and system time together. Certificates named in the environment
 * are left out: reading them would double the floor, and so flatter every ratio.
 * A run of seconds needs no batch.
 */
export function cpuOf(command: readonly string[], batch = BATCH): number {
  const quoted = command.map(word => `'${word.replaceAll("'", `'\\''`)}'`).join(' ')
  const { NODE_EXTRA_CA_CERTS: _left, ...env } = process.env
  const runs = `for i in {1..${batch}}; do ${quoted} >/dev/null 2>/dev/null </dev/null || exit 1; done`
  const ran = spawnSync('bash', ['-c', `TIMEFORMAT='%3U %3S'; time { ${runs}; }`], { env, encoding: 'utf8' })
  const [user, system] = ran.stderr.trim().split(' ').map(Number)
  if (ran.status !== 0 || user === undefined || system === undefined || Number.isNaN(user + system))
    throw new Error(`cannot time ${quoted}: ${ran.stderr}`)
  return ((user + system) * 1000) / batch
}

export type Ratio = {
  readonly median: number
  readonly least: number
  readonly most: number
  readonly ours: number
  readonly floor: number
}

/** Runs both in turn and compares each pair: drift of the machine hits both sides of a ratio alike. */
export function compare(ours: () => number, floor: () => number, rounds: number): Ratio {
  return ratioOf(Array.from({ length: rounds }, () => ({ ours: ours(), floor: floor() })))
}

/** Pairs that were measured in turn, as one ratio: the median of theirs, and the least and the most. */
export function ratioOf(pairs: readonly { readonly ours: number; readonly floor: number }[]): Ratio {
  const ratios = pairs.map(pair => pair.ours / pair.floor).sort((a, b) => a - b)
  return {
    median: middle(ratios),
    least: ratios[0] as number,
    most: ratios[ratios.length - 1] as number,
    ours: middle(pairs.map(pair => pair.ours).sort((a, b) => a - b)),
    floor: middle(pairs.map(pair => pair.floor).sort((a, b) => a - b)),
  }
}

function middle(sorted: readonly number[]): number {
  return sorted[Math.floor(sorted.length / 2)] as number
}
