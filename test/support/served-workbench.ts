import { type ChildProcess, spawn } from 'node:child_process'
import path from 'node:path'

export const root = path.resolve(import.meta.dirname, '../..')
export const program = path.join(root, 'dist/cli/skeptic.cjs')

export type Served = { readonly address: string; readonly stop: () => Promise<void> }

/** Starts the built program in browser mode and waits for its address. */
export async function serveWorkbench(args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<Served> {
  const child = spawn(process.execPath, [program, 'serve', '--no-open', ...args], {
    env: { ...env, SKEPTIC_USER: 'architect' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const address = await addressOf(child)
  return { address, stop: () => stop(child) }
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((done, fail) => {
    let heard = ''
    const timer = setTimeout(() => fail(new Error(`no address in 20 s:\n${heard}`)), 20_000)
    const hear = (chunk: Buffer) => {
      heard += chunk.toString()
      const found = /Skeptic: (http:\/\/\S+)/.exec(heard)
      if (!found?.[1]) return
      clearTimeout(timer)
      done(found[1])
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
    child.on('exit', code => fail(new Error(`ended with ${code}:\n${heard}`)))
  })
}

function stop(child: ChildProcess): Promise<void> {
  return new Promise(done => {
    if (child.exitCode !== null) return done()
    child.once('exit', () => done())
    child.kill('SIGTERM')
  })
}
