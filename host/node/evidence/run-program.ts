import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import { ok, type Result, refuse } from '../../../core/support/result.ts'

export type Run = {
  readonly program: string
  readonly words: readonly string[]
  readonly cwd: string
  /** Where what it prints goes; without, it is passed on to `pass` like its errors. */
  readonly output?: string
  /** Sees what the program prints beside its report, as it comes. */
  readonly pass: (chunk: Uint8Array) => void
  /** Resolves when the person asks to stop. */
  readonly stopped: Promise<void>
}

export type Ran = {
  readonly exitCode: number
  readonly stderr: { readonly sha256: string; readonly lines: number }
}

/** How long a program that was asked to stop may take before it is stopped. */
const PATIENCE_MS = 5000

/** Runs a program without a shell until it ends; one that a signal ended has 128 and the signal's number, as in a shell. */
export async function runProgram({ program, words, cwd, output, pass, stopped }: Run): Promise<Result<Ran>> {
  // A group of its own, so that what the program started ends with it.
  const detached = process.platform !== 'win32'
  const child = spawn(program, words, { cwd, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true, detached })
  let isStopped = false
  void stopped.then(() => {
    isStopped = true
    stop(child)
  })
  const digest = createHash('sha256')
  let lines = 0
  let last = 10
  child.stderr.on('data', (chunk: Buffer) => {
    digest.update(chunk)
    for (const byte of chunk) if (byte === 10) lines++
    last = chunk.at(-1) ?? last
    pass(chunk)
  })
  const file = output === undefined ? undefined : createWriteStream(output, { flags: 'wx' })
  if (file) child.stdout.pipe(file)
  else child.stdout.on('data', pass)
  const written = file ? finished(file).then(() => undefined, fault) : Promise.resolve(undefined)
  const ended = await new Promise<number | Error>(done => {
    child.on('error', done)
    child.on('close', (code, signal) => done(code ?? 128 + (SIGNALS[signal ?? ''] ?? 0)))
  })
  if (ended instanceof Error) {
    file?.destroy()
    await written
    return notRun(program, ended.message)
  }
  const failed = await written
  if (isStopped)
    return refuse({
      code: 'collect.stopped',
      message: `${program} was stopped before it ended.`,
      cure: 'Nothing was kept: run it again.',
    })
  if (failed) return notRun(program, `what it prints cannot be kept (${failed.message})`)
  return ok({ exitCode: ended, stderr: { sha256: `sha256:${digest.digest('hex')}`, lines: last === 10 ? lines : lines + 1 } })
}

const SIGNALS: Readonly<Record<string, number>> = { SIGHUP: 1, SIGINT: 2, SIGABRT: 6, SIGKILL: 9, SIGSEGV: 11, SIGTERM: 15 }

function stop(child: ChildProcess): void {
  signal(child, 'SIGTERM')
  setTimeout(() => signal(child, 'SIGKILL'), PATIENCE_MS).unref()
}

function signal(child: ChildProcess, name: 'SIGTERM' | 'SIGKILL'): void {
  if (child.pid === undefined || child.exitCode !== null) return
  try {
    if (process.platform === 'win32') child.kill(name)
    else process.kill(-child.pid, name)
  } catch {
    // it ended by itself
  }
}

function fault(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error))
}

function notRun(program: string, message: string): Result<never> {
  return refuse({
    code: 'evidence.command',
    message: `${program} cannot be run: ${message}.`,
    cure: 'Name a program that is on the path.',
  })
}
