import { load } from 'js-yaml'
import { parse } from 'smol-toml'
import type { TargetFile } from '../../../core/model/types.ts'

/** A file as the tool reads it: its head by a reader that is not ours, and the text it would act on. */
export type ReadFile = { readonly head: Readonly<Record<string, unknown>>; readonly body: string }

export function readFile(file: TargetFile, text: string): ReadFile {
  switch (file.head) {
    case 'yaml': {
      if (!text.startsWith('---\n')) throw new Error('no front matter')
      // The first line of three hyphens ends it, as every reader of front matter has it.
      const end = text.indexOf('\n---\n', 3)
      return { head: load(text.slice(4, end + 1)) as ReadFile['head'], body: text.slice(end + 5) }
    }
    case 'yamlFile':
      return { head: load(text) as ReadFile['head'], body: '' }
    case 'toml': {
      const head = parse(text) as ReadFile['head']
      return { head, body: String(head.prompt) }
    }
    default:
      return { head: {}, body: text }
  }
}

/** Every text in a head, however deep. */
export function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  if (value instanceof Date) throw new Error('a text was read as a date')
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(textsIn)
}
