import { spawnSync } from 'node:child_process'
import { program } from './served-workbench.ts'

export type Ran = {
  readonly code: number | null
  readonly out: string
  readonly err: string
  readonly json: () => Record<string, unknown>
}

type RunOptions = { readonly cwd?: string; readonly input?: string; readonly env?: NodeJS.ProcessEnv }

/** Runs the built command line as a person would. */
export function skeptic(args: readonly string[], options: RunOptions = {}): Ran {
  return skepticAs('architect', args, options)
}

/** The same under a name of one's own. */
export function skepticAs(who: string, args: readonly string[], options: RunOptions = {}): Ran {
  const ran = spawnSync(process.execPath, [program, ...args], {
    cwd: options.cwd,
    input: options.input ?? '',
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    env: { ...process.env, ...options.env, SKEPTIC_USER: who, NO_COLOR: '1' },
  })
  return { code: ran.status, out: ran.stdout, err: ran.stderr, json: () => JSON.parse(ran.stdout) as Record<string, unknown> }
}
