import { mkdir, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { ok, type Result, refuse } from '../core/support/result.ts'

/** Writes a file the person asked for, whole or not at all; answers its path. */
export async function writeOut(file: string, text: string): Promise<Result<string>> {
  const half = `${file}.part`
  try {
    await mkdir(path.dirname(file), { recursive: true })
    await writeFile(half, text)
    await rename(half, file)
    return ok(file)
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    return refuse({
      code: 'out.write',
      at: file,
      message: `The file could not be written: ${reason}.`,
      cure: 'Name a place that you may write to with --out.',
    })
  }
}
