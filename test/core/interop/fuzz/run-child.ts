import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { build } from 'vite'

/** What a child says at its end. */
export type Told = {
  readonly files: number
  readonly read: number
  /** Read as the format that the seeds have. */
  readonly asFormat: number
  /** Processor time of the slowest file in milliseconds, and its number. */
  readonly slowest: number
  readonly slowestAt: number
  readonly requests: number
  readonly faults: readonly string[]
}

/** The reader's program and its seeds in a folder that only it may look into. */
export type Bench = { readonly dir: string; readonly program: string; readonly seeds: string }

/** Bundles the program once; the folder is the caller's to remove. */
export async function prepare(seeds: Readonly<Record<string, readonly string[]>>): Promise<Bench> {
  const dir = mkdtempSync(path.join(tmpdir(), 'skeptic-fuzz-'))
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: path.join(import.meta.dirname, 'child.ts'),
      outDir: dir,
      minify: false,
      target: 'node20',
      rollupOptions: { output: { format: 'cjs', entryFileNames: 'child.cjs', codeSplitting: false } },
    },
  })
  const file = path.join(dir, 'seeds.json')
  writeFileSync(file, JSON.stringify(seeds))
  return { dir, program: path.join(dir, 'child.cjs'), seeds: file }
}

export function cleanUp({ dir }: Bench): void {
  rmSync(dir, { recursive: true, force: true })
}

type Share = { readonly format: string; readonly from: number; readonly to: number }

/** How long a child may be silent. It counts its own processor time; this only ends one that will never speak again. */
const SILENCE = 60_000

/**
 * Reads damaged files in a process with 256 MB that may read its own folder, write nothing and start nothing. A process that ends
 * without a word, or falls silent, is a fault with the number of the file it was at.
 */
export function runChild({ dir, program, seeds }: Bench, { format, from, to }: Share): Promise<Told> {
  const child = spawn(
    process.execPath,
    [
      '--max-old-space-size=256',
      '--no-warnings',
      permission(),
      `--allow-fs-read=${dir}/*`,
      program,
      seeds,
      format,
      String(from),
      String(to),
    ],
    { stdio: ['ignore', 'pipe', 'pipe', 'pipe'], env: {} },
  )
  let begun = 0
  let said = ''
  let wrong = ''
  return new Promise(done => {
    let watchdog = setTimeout(() => child.kill('SIGKILL'), SILENCE)
    child.stdio[3]?.on('data', (signs: Buffer) => {
      begun += signs.length
      clearTimeout(watchdog)
      watchdog = setTimeout(() => child.kill('SIGKILL'), SILENCE)
    })
    child.stdout?.on('data', (text: Buffer) => {
      said += text.toString()
    })
    child.stderr?.on('data', (text: Buffer) => {
      wrong = (wrong + text.toString()).slice(0, 2000)
    })
    child.on('close', (code, signal) => {
      clearTimeout(watchdog)
      if (code === 0) return done(JSON.parse(said) as Told)
      const at = from + begun - 1
      const fault = `${at}: the process ended with ${signal ?? code}: ${wrong}`
      done({ files: begun, read: 0, asFormat: 0, slowest: 0, slowestAt: -1, requests: 0, faults: [fault] })
    })
  })
}

/** Node 20 calls it experimental. */
function permission(): string {
  return Number(process.versions.node.split('.')[0]) < 22 ? '--experimental-permission' : '--permission'
}
