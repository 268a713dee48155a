import { spawn } from 'node:child_process'

/** How git ended; `code` is 1 also when it wrote more than it may. */
export type Ended = { readonly code: number; readonly out: Buffer; readonly error: string }

/**
 * Git without a shell, a pager, hooks, helpers of the judged repository, locks or the network:
 * reading a change must neither run anything of it nor write beside it.
 */
const QUIET = [
  '-c',
  'core.fsmonitor=false',
  '-c',
  'core.hooksPath=/dev/null',
  '-c',
  'protocol.allow=never',
  '-c',
  'core.quotePath=false',
  '-c',
  'log.mailmap=false',
  '-c',
  'i18n.logOutputEncoding=UTF-8',
  '--no-pager',
  '--no-replace-objects',
  '--literal-pathspecs',
]

/** Runs git in a folder; undefined when it cannot be started. */
export function git(folder: string, args: readonly string[], input = '', most = MOST_BYTES): Promise<Ended | undefined> {
  return new Promise(resolve => {
    const child = spawn('git', [...QUIET, ...args], {
      cwd: folder,
      env: environment(),
      stdio: ['pipe', 'pipe', 'pipe'],
      windowsHide: true,
    })
    const out: Buffer[] = []
    const error: Buffer[] = []
    let left = most
    child.stdout.on('data', (chunk: Buffer) => {
      left -= chunk.length
      if (left >= 0) out.push(chunk)
      else child.kill()
    })
    child.stderr.on('data', (chunk: Buffer) => error.push(chunk))
    child.stdin.on('error', () => undefined)
    child.on('error', () => resolve(undefined))
    child.on('close', code =>
      resolve({ code: left < 0 ? 1 : (code ?? 1), out: Buffer.concat(out), error: Buffer.concat(error).toString() }),
    )
    child.stdin.end(input)
  })
}

/** Bytes that a run of git may write: enough for the files of a large repository, less than the memory. */
const MOST_BYTES = 1024 * 1024 * 1024

/** Without the GIT_ variables of whoever called us: a hook would point us at its own repository. */
function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'))
  return { ...Object.fromEntries(kept), LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', GIT_NO_LAZY_FETCH: '1' }
}
