import { error, type LintRule, onMatches, warning } from './input.ts'

const SLOT = /\{ ?\{[^}\n]{0,60}\} ?\}|\{(?:element|flow|data|source|target|name)\}|\bundefined\b|\[object Object\]/g
const TODO = /\b(?:TBD|TODO|FIXME)\b/g

/** Nothing that still waits to be filled in. */
export const gp19Placeholders: LintRule = input => [
  ...onMatches(input, SLOT, (at, found) =>
    error(at, { code: 'GP19', message: `"${found}" was never filled in.`, cure: 'Write what belongs there.' }),
  ),
  ...onMatches(input, TODO, (at, found) =>
    warning(at, { code: 'GP19', message: `"${found}" says that something is missing.`, cure: 'Write what belongs there.' }),
  ),
]
