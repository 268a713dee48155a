import { spawn } from 'node:child_process'
import { root } from './root.mjs'

/** Runs a program to its end with our input and output; answers its exit code. */
export function run(command, args, options = {}) {
  return new Promise(done => {
    const shell = process.platform === 'win32' // npm and the tools are scripts there
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', shell, ...options })
    const stop = () => child.kill('SIGTERM')
    process.once('SIGINT', stop)
    process.once('SIGTERM', stop)
    child.on('error', error => {
      process.stderr.write(`${command} could not be started: ${error.message}\n`)
      done(127)
    })
    child.on('close', code => {
      process.off('SIGINT', stop)
      process.off('SIGTERM', stop)
      done(code ?? 1)
    })
  })
}

/** Runs a program, or ends this one with its exit code and one line saying what failed. */
export async function must(what, command, args, options) {
  const code = await run(command, args, options)
  if (code === 0) return
  process.stderr.write(`${what} failed (exit code ${code}).\n`)
  process.exit(code)
}
