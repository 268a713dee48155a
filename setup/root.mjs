import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** The repository's own folder. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')

/** Whether a file of this folder is the program that was started. */
export function isProgram(url) {
  return process.argv[1] !== undefined && fileURLToPath(url) === path.resolve(process.argv[1])
}
