import { ok, type Result, refuse } from '../support/result.ts'
import { indexOf, isObject, type Loose, listOf, objectOf, textOf } from './loose.ts'
import { shown } from './show.ts'
import type { AttributedFile, AttributionFacts, Evidence, Oddity } from './types.ts'

const MATERIAL = 'chainloop.material.evidence.id'
const SESSION = 'CHAINLOOP_AI_CODING_SESSION'
const MOST_FILES = 50_000

/** Whether JSON is a record of Agent Trace: what it counts are conversations on the lines of files. */
export function isAgentTrace(value: unknown): boolean {
  if (!isObject(value) || typeof value.version !== 'string' || !Array.isArray(value.files)) return false
  return isObject(value.vcs) || value.files.some(file => isObject(file) && Array.isArray(file.conversations))
}

/** A record of Agent Trace 0.1, as far as it is evidence: which files a tool says it wrote. The lines are for `provenance` to hold against git. */
export function readAgentTrace(file: string, value: unknown): Result<Evidence> {
  const { files, tool, vcs, version, timestamp } = objectOf(value)
  // The text of the specification says 0.1.0, its own reference implementation writes 1.0.
  if (!/^(?:0\.1|1\.0)(?:\.\d+)?$/.test(textOf(version) ?? ''))
    return bad(`${file}#/version`, `It is of version ${shown(textOf(version) ?? 'unknown')}; 0.1 is read.`)
  const { type, revision } = objectOf(vcs)
  const { name, version: toolVersion } = objectOf(tool)
  const read = filesIn(file, '/files', files)
  if (!read.ok) return read
  const models = listOf(files).flatMap(one => listOf(objectOf(one).conversations).flatMap(modelsOf))
  return ok({
    format: 'agent-trace',
    made: madeBy({
      name,
      version: toolVersion,
      at: timestamp,
      commit: type === undefined || type === 'git' ? revision : undefined,
    }),
    facts: { attribution: { ...read.value, models: [...new Set(models)].sort() } },
  })
}

function modelsOf(conversation: unknown): readonly string[] {
  const { contributor, ranges } = objectOf(conversation)
  return [contributor, ...listOf(ranges).map(range => objectOf(range).contributor)].flatMap(
    one => textOf(objectOf(one).model_id) ?? [],
  )
}

/** Whether JSON is what Chainloop keeps of a coding tool: a session, or how the tool was set up. */
export function isChainloopAi(value: unknown): boolean {
  return isObject(value) && textOf(value[MATERIAL])?.startsWith('CHAINLOOP_AI_') === true
}

/** A session of a coding tool as Chainloop keeps it: who, on which commits, which files. */
export function readChainloopSession(file: string, value: unknown): Result<Evidence> {
  const material = textOf(objectOf(value)[MATERIAL]) ?? ''
  if (material !== SESSION)
    return bad(`${file}#/${MATERIAL}`, `${shown(material)} says how a tool was set up, and nothing of what it did to the code.`)
  const data = objectOf(objectOf(value).data)
  const [agent, changes, model] = [objectOf(data.agent), objectOf(data.code_changes), objectOf(data.model)]
  const read = filesIn(file, '/data/code_changes/files', changes.files)
  if (!read.ok) return read
  const declared = ['files_modified', 'files_created', 'files_deleted'].map(key => indexOf(changes[key]))
  const sum = declared.every(one => one !== undefined) ? declared.reduce<number>((all, one) => all + (one ?? 0), 0) : undefined
  const { files } = read.value
  const oddity = { pointer: '/data/code_changes', text: `${sum} files are declared and ${files.length} listed` }
  return ok({
    format: 'chainloop-session',
    made: madeBy({ ...agent, at: objectOf(data.session).ended_at, commit: objectOf(data.git_context).commit_end }),
    facts: {
      attribution: {
        files,
        models: listOf(model.models_used).flatMap(one => textOf(one) ?? []),
        oddities: sum === undefined || sum === files.length ? read.value.oddities : [...read.value.oddities, oddity],
      },
    },
  })
}

function madeBy({ name, version, at, commit }: Loose): Evidence['made'] {
  const [tool, release, when, id] = [name, version, at, commit].map(textOf)
  return {
    ...(tool === undefined ? {} : { tool }),
    ...(release === undefined ? {} : { version: release }),
    ...(when !== undefined && /^\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:\d{2})$/.test(when) ? { at: when } : {}),
    commits: id !== undefined && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(id) ? [id] : [],
  }
}

function filesIn(file: string, pointer: string, value: unknown): Result<Omit<AttributionFacts, 'models'>> {
  if (!Array.isArray(value)) return bad(`${file}#${pointer}`, 'There is no list of files.')
  if (value.length > MOST_FILES)
    return bad(`${file}#${pointer}`, `It lists ${value.length} files; at most ${MOST_FILES} are read.`)
  const files: AttributedFile[] = []
  const oddities: Oddity[] = []
  for (const [i, one] of value.entries()) {
    const path = textOf(objectOf(one).path)
    if (path === undefined) oddities.push({ pointer: `${pointer}/${i}`, text: 'an entry names no file' })
    else files.push({ pointer: `${pointer}/${i}`, path: path.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '') })
  }
  return ok({ files, oddities })
}

function bad(at: string, message: string): Result<never> {
  return refuse({ code: 'evidence.attribution', at, message, cure: 'Agent Trace 0.1 and sessions of Chainloop are read.' })
}
