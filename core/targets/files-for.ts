import type { PromptPart, Target, TargetFile } from '../model/types.ts'
import { all, ok, type Result, refuse } from '../support/result.ts'
import { originOf, type PromptArtefact } from './artefact.ts'
import { tomlOf, yamlOf } from './head.ts'
import { headFor } from './head-for.ts'
import { overLimit } from './limits.ts'
import { neutralise } from './neutralise.ts'

/** A file to write, its path from the root of the repository; `block`: a part of a file that people write too. */
export type PromptFile = { readonly path: string; readonly text: string; readonly managed: 'whole' | 'block' }

export type { PromptArtefact } from './artefact.ts'

/**
 * Everything to write for a target, the prompt itself first: pure, so that the same artefact gives the same bytes.
 * Refused where a head cannot hold a value unchanged and where a file is longer than the tool reads.
 */
export function filesFor(target: Target, artefact: PromptArtefact): Result<readonly PromptFile[]> {
  return all(
    target.files.map((file, index) => fileFor(target, artefact, index === 0 ? { ...file, limits: target.limits } : file)),
  )
}

function fileFor(target: Target, artefact: PromptArtefact, file: TargetFile): Result<PromptFile> {
  const known = neutralise('', target)
  if (!known.ok) return known
  const path = pathOf(file.path, artefact)
  const body = bodyOf(file.part, artefact)
  const head = headFor(target, artefact, { file, path, body })
  if (!head.ok) return head
  // Without a head of ours such a start would be one.
  if (file.head === undefined && /^\s*(?:---|\+\+\+)/.test(body))
    return refuse({
      code: 'target.stillActive',
      at: artefact.workItem,
      message: `${path} would begin with a line that opens front matter.`,
      cure: 'Take the first line out of what was edited by hand.',
    })
  const text = dressed(file, head.value, body)
  const over = overLimit(text, file.limits ?? {})
  if (over)
    return refuse({
      code: 'target.tooLong',
      at: artefact.workItem,
      message: `${path} would have ${over.used} ${over.unit}; ${target.title} reads ${over.limit}.`,
      cure: 'Split the work item, or choose a target that takes more. It is never cut by itself.',
    })
  return ok({ path, text, managed: file.managed ?? 'whole' })
}

function dressed({ head }: TargetFile, values: Parameters<typeof yamlOf>[0], body: string): string {
  switch (head) {
    case 'yaml':
      return `---\n${yamlOf(values)}---\n\n${body}`
    case 'yamlFile':
      return yamlOf(values)
    case 'toml':
      return tomlOf(values)
    default:
      return body
  }
}

function pathOf(path: string, { slug, id }: PromptArtefact): string {
  return path.replaceAll('{name}', slug).replaceAll('{id}', id.replace('P-', '').toLowerCase())
}

/** The text of a part, ending with the line that says which prompt it is from. */
function bodyOf(part: PromptPart, artefact: PromptArtefact): string {
  if (part === 'experiment') return ''
  if (part === 'import') return '@AGENTS.md\n'
  const text = artefact.texts[part]
  if (text === undefined) throw new Error(`filesFor: no text for ${part}`)
  const lines = text.trimEnd().split('\n')
  const isNamed = lines.at(-1)?.includes(originOf(artefact))
  return `${(isNamed ? lines : [...lines, '', `Made with Skeptic from ${originOf(artefact)}.`]).join('\n')}\n`
}
