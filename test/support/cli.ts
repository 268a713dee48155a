import { spawnSync } from 'node:child_process'
import { program } from './served-workbench.ts'

export type Ran = {
  readonly code: number | null
  readonly out: string
  readonly err: string
  readonly json: () => Record<string, unknown>
}

/** Runs the built command line as a person would. */
export function skeptic(args: readonly string[], options: { readonly cwd?: string; readonly input?: string } = {}): Ran {
  const ran = spawnSync(process.execPath, [program, ...args], {
    cwd: options.cwd,
    input: options.input ?? '',
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    env: { ...process.env, SKEPTIC_USER: 'architect', NO_COLOR: '1' },
  })
  return { code: ran.status, out: ran.stdout, err: ran.stderr, json: () => JSON.parse(ran.stdout) as Record<string, unknown> }
}
