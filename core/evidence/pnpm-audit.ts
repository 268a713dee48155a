import type { Result } from '../support/result.ts'
import { advisoriesIn, isOldShape } from './advisories.ts'
import { listOf, objectOf } from './loose.ts'
import { refusalsOf } from './parts.ts'
import type { Evidence } from './types.ts'

const misshapen = refusalsOf('pnpm-audit', 'Write the report again: pnpm audit --json')

/** The shape of npm 6 without its list of actions, or with paths that begin at a package of the workspace (`.>axios`). */
export function isPnpmAudit(value: unknown): boolean {
  if (!isOldShape(value) || Object.hasOwn(value, 'error') || Object.hasOwn(value, 'runId')) return false
  return !Object.hasOwn(value, 'actions') || Object.values(objectOf(value.advisories)).some(hasWorkspacePath)
}

function hasWorkspacePath(advisory: unknown): boolean {
  const paths = listOf(objectOf(advisory).findings).flatMap(finding => listOf(objectOf(finding).paths))
  return paths.some(path => typeof path === 'string' && path.startsWith('.>'))
}

/** Facts of `pnpm audit --json`. */
export function readPnpmAudit(file: string, value: unknown): Result<Evidence> {
  return advisoriesIn(file, objectOf(value), { format: 'pnpm-audit', tool: 'pnpm', misshapen })
}
