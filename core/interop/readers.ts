import type { Stamp } from '../model/types.ts'
import type { Result } from '../support/result.ts'
import { readCairis } from './cairis/read.ts'
import { looksLikeCairis } from './cairis/sniff.ts'
import { isCompose } from './compose/is-compose.ts'
import { readCompose } from './compose/read.ts'
import { isCycloneDx, readCycloneDx } from './cyclonedx/read.ts'
import { readDrawio } from './drawio/read.ts'
import { looksLikeDrawio } from './drawio/sniff.ts'
import { readMermaidFile } from './mermaid/read.ts'
import { looksLikeMermaid } from './mermaid/sniff.ts'
import { isOpenApi, readOpenApi } from './openapi/read.ts'
import { readOtm } from './otm/read.ts'
import { isPytm, readPytm } from './pytm/read.ts'
import type { ReadModel } from './reading/building.ts'
import { type Raw, recordOf } from './reading/json-fields.ts'
import { readThreagile } from './threagile/read.ts'
import { readThreatComposer } from './threat-composer/read.ts'
import { readThreatDragon } from './threat-dragon/read.ts'
import { looksLikeThreatclHcl, readThreatcl, readThreatclHcl } from './threatcl/read.ts'
import { readTmLibrary } from './tm-library/read.ts'
import { readTm7 } from './tm7/read.ts'
import { looksLikeTm7 } from './tm7/sniff.ts'

/** Files given together with the one that is read, by their names: what an include may lead to. Nothing else is ever opened. */
export type Others = ReadonlyMap<string, string>

/** A format written as JSON or YAML: told by keys that only it has, read from what the parser made. */
export type TreeReader = {
  readonly format: string
  /** Whether a parsed file is of this format. Formats are asked in the order of their rows. */
  readonly is: (root: Raw) => boolean
  /** Keys at the top by which a YAML file shows itself before anything is parsed; none when the format is JSON only. */
  readonly yaml?: readonly string[]
  readonly read: (file: string, root: Raw, stamp: Stamp, others: Others) => Result<ReadModel>
}

/** A format with a notation of its own: told by how it begins. */
export type TextReader = {
  readonly format: string
  /** Gets the first ten thousand characters, and the whole. Must take time linear in their length. */
  readonly looksLike: (head: string, text: string) => boolean
  readonly read: (file: string, text: string, stamp: Stamp) => Result<ReadModel>
}

/** Formats of JSON and YAML: one row each; those with the plainest mark first. */
export const TREES: readonly TreeReader[] = [
  { format: 'tm-library', is: has('trust_zones', 'scope'), read: readTmLibrary },
  { format: 'otm', is: has('otmVersion'), yaml: ['otmVersion'], read: readOtm },
  { format: 'cyclonedx', is: isCycloneDx, read: readCycloneDx },
  { format: 'threatcl', is: has('threatmodel'), read: readThreatcl },
  {
    format: 'threat-composer',
    is: root => Object.hasOwn(root, 'applicationInfo') || Object.hasOwn(root, 'mitigationLinks'),
    read: readThreatComposer,
  },
  { format: 'threagile', is: has('threagile_version'), yaml: ['threagile_version'], read: readThreagile },
  { format: 'pytm', is: isPytm, read: readPytm },
  // Files sorted by their keys name their version far down.
  { format: 'openapi', is: isOpenApi, yaml: ['openapi', 'swagger', 'info', 'components', 'definitions'], read: readOpenApi },
  { format: 'compose', is: isCompose, yaml: ['services'], read: readCompose },
]

/** What is left of JSON when no other row knows it: an envelope, perhaps a damaged one. */
export const DRAGON: TreeReader = {
  format: 'threat-dragon-v2',
  is: root => recordOf(root.detail) !== undefined || recordOf(root.summary) !== undefined,
  read: readThreatDragon,
}

/** Formats with a notation of their own, one row each. */
export const TEXTS: readonly TextReader[] = [
  { format: 'cairis', looksLike: looksLikeCairis, read: readCairis },
  { format: 'tm7', looksLike: looksLikeTm7, read: readTm7 },
  { format: 'threatcl', looksLike: looksLikeThreatclHcl, read: readThreatclHcl },
  { format: 'drawio', looksLike: looksLikeDrawio, read: readDrawio },
  { format: 'mermaid', looksLike: looksLikeMermaid, read: readMermaidFile },
]

/** Whether an object has all of the keys. */
export function has(...keys: readonly string[]): (root: Raw) => boolean {
  return root => keys.every(key => Object.hasOwn(root, key))
}
