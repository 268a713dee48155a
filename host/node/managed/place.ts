import { lstatSync } from 'node:fs'
import path from 'node:path'
import { ok, type Problem, type Result, refuse } from '../../../core/support/result.ts'
import { codeOf, diskProblem } from '../disk.ts'

/** Names that Windows keeps for devices, whatever follows the dot. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i

/** A path from the root of a repository, if it stays inside, goes through no link and does not reach into git's own folder. */
export function placeIn(root: string, name: string): Result<string> {
  const parts = name.split('/')
  if (name === '' || name.length > 1000 || parts.some(part => !isPlain(part))) return leaves(name)
  if (parts.some(part => /^\.git\.?$/i.test(part))) return refuse({ code: 'export.git', at: name, ...GIT })
  for (let depth = 1; depth <= parts.length; depth++) {
    const problem = stepProblem(root, parts.slice(0, depth), depth === parts.length)
    if (problem) return { ok: false, problems: [problem] }
  }
  return ok(path.join(root, ...parts))
}

function isPlain(part: string): boolean {
  // Windows drops dots and spaces at the end, so that "..  " would be "..".
  return part !== '' && !/[\\:*?"<>|\p{Cc}]/u.test(part) && !/[. ]$/.test(part) && !DEVICE.test(part)
}

function stepProblem(root: string, parts: readonly string[], isLast: boolean): Problem | undefined {
  const name = parts.join('/')
  try {
    const stats = lstatSync(path.join(root, ...parts))
    if (stats.isSymbolicLink()) return { code: 'export.link', severity: 'error', at: name, ...LINK }
    if (isLast ? stats.isFile() : stats.isDirectory()) return undefined
    return { code: 'export.kind', severity: 'error', at: name, ...(isLast ? NO_FILE : NO_FOLDER) }
  } catch (error) {
    return codeOf(error) === 'ENOENT' ? undefined : diskProblem(error, name, 'look at')
  }
}

function leaves(name: string): Result<never> {
  return refuse({
    code: 'export.outside',
    at: name.slice(0, 200),
    message: 'This path does not stay inside the folder, so nothing is written.',
    cure: 'A target names plain paths from the root of the repository; correct its pack.',
  })
}

const GIT = {
  message: "This path lies in git's own folder, so nothing is written.",
  cure: 'Correct the path in the pack of the target.',
}
const LINK = {
  message: 'This is a symbolic link; what it names could lie anywhere, so nothing is written.',
  cure: 'Replace the link by a plain file or folder, or take it away.',
}
const NO_FILE = { message: 'Something other than a plain file has this name.', cure: 'Move it away.' }
const NO_FOLDER = { message: 'A folder is needed here, and a file has its name.', cure: 'Move the file away.' }
