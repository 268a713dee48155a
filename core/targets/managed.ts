import type { Exported } from '../../schemas/generated/types.ts'
import { digestOfText } from '../model/digest.ts'
import { type Problem, type Result, refuse } from '../support/result.ts'
import type { PromptFile } from './files-for.ts'

/** One file of a prompt, what lies there now and what is known of it. */
export type Placed = {
  readonly file: PromptFile
  /** P- and the characters of its work item: names the block. */
  readonly prompt: string
  /** The text on the disk; undefined: there is none. */
  readonly disk: string | undefined
  /** What the manifest says was written here. */
  readonly known: Exported | undefined
  /** Digest of a text on the disk that a person saw and lets go. */
  readonly letGo?: string | undefined
}

/** What would become of it. `text` is the whole file, `managed` the part that is ours. */
export type FilePlan =
  | {
      readonly kind: 'created' | 'updated' | 'same'
      readonly path: string
      readonly text: string
      readonly sha256: string
      /** Digest of what is ours in the file now, where there is any. */
      readonly before?: string
    }
  /** Somebody else's, and meant to be. */
  | { readonly kind: 'left'; readonly path: string }
  | ({ readonly kind: 'conflict' } & ManagedConflict)

/** A file that is not overwritten: its text, ours, and the digest by which a person lets go of exactly this text. */
export type ManagedConflict = {
  readonly path: string
  /** It was changed since it was written, or never written by us. */
  readonly why: 'edited' | 'foreign'
  readonly before: string
  readonly after: string
  readonly sha256: string
}

/** Decides what a file becomes; refused where the marks of its block are broken. */
export function planFile(placed: Placed): Result<FilePlan> {
  const { file, disk } = placed
  if (disk !== undefined && isImport(file)) return { ok: true, value: importPlan(file, disk) }
  if (file.managed === 'block') return planBlock(placed)
  return { ok: true, value: planPart(placed, disk, text => text) }
}

/** Beside an AGENTS.md this one line is enough, and whoever has a CLAUDE.md has written more. */
function isImport({ path, text }: PromptFile): boolean {
  return /(?:^|\/)CLAUDE\.md$/.test(path) && text === '@AGENTS.md\n'
}

function importPlan({ path, text }: PromptFile, disk: string): FilePlan {
  if (disk.trim() !== text.trim()) return { kind: 'left', path }
  return { kind: 'same', path, text: disk, sha256: managedDigest(text) }
}

/** `now` is the part that is ours on the disk, `whole` puts a new one in its place. */
function planPart({ file, known, letGo }: Placed, now: string | undefined, whole: (part: string) => string): FilePlan {
  const { path } = file
  const sha256 = managedDigest(file.text)
  if (now === undefined) return { kind: 'created', path, text: whole(file.text), sha256 }
  const before = managedDigest(now)
  if (before === sha256) return { kind: 'same', path, text: whole(now), sha256 }
  const isOurs = before === known?.sha256 || before === known?.before
  if (isOurs || before === letGo) return { kind: 'updated', path, text: whole(file.text), sha256, before }
  return { kind: 'conflict', path, why: known ? 'edited' : 'foreign', before: now, after: file.text, sha256: before }
}

/** Digest of a text as it was written: git may have given it other line ends on its way. */
export function managedDigest(text: string): string {
  return digestOfText(text.replaceAll('\r\n', '\n'))
}

/** The lines around a block. People read them, so they say what they are, and no comment hides them. */
export function blockMarks(prompt: string): { readonly begin: string; readonly end: string } {
  return {
    begin: `[Skeptic ${prompt} begins. Written from the design: change it there, not here.]`,
    end: `[Skeptic ${prompt} ends.]`,
  }
}

function planBlock(placed: Placed): Result<FilePlan> {
  const { file, prompt, disk } = placed
  const marks = blockMarks(prompt)
  if (file.text.split('\n').some(line => line === marks.begin || line === marks.end))
    return broken(file.path, 'The text holds its own marks.', 0)
  const block = (part: string) => `${marks.begin}\n${part}${marks.end}\n`
  if (disk === undefined) return { ok: true, value: planPart(placed, undefined, block) }
  const found = blockIn(disk, marks, file.path)
  if (!found.ok) return found
  const { start, end } = found.value ?? {}
  if (start === undefined || end === undefined) {
    const gap = disk === '' || disk.endsWith('\n\n') ? '' : disk.endsWith('\n') ? '\n' : '\n\n'
    const added = planPart(placed, undefined, part => `${disk}${gap}${block(part)}`)
    return { ok: true, value: { ...added, kind: 'updated' } as FilePlan }
  }
  const around = (part: string) => `${disk.slice(0, start)}${part}${disk.slice(end)}`
  return { ok: true, value: planPart(placed, disk.slice(start, end), around) }
}

type Range = { readonly start: number; readonly end: number }

/** Where the block's own lines stand, the marks left out; undefined: there is none. */
function blockIn(text: string, { begin, end }: ReturnType<typeof blockMarks>, path: string): Result<Range | undefined> {
  const begins = linesOf(text, begin)
  const ends = linesOf(text, end)
  const [first, second] = begins
  const [last, another] = ends
  if (!first && !last) return { ok: true, value: undefined }
  if (second || another) return broken(path, 'A mark of the block stands there twice.', (second ?? another)?.line ?? 0)
  if (!first) return broken(path, 'The block ends, but does not begin.', last?.line ?? 0)
  if (!last || last.start < first.end) return broken(path, 'The block begins, but does not end.', first.line)
  return { ok: true, value: { start: first.end, end: last.start } }
}

/** Every line that says exactly this, whatever its line end; `end` is where the next one starts. */
function linesOf(text: string, wanted: string): readonly (Range & { readonly line: number })[] {
  const found: (Range & { readonly line: number })[] = []
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    const isStart = at === 0 || text[at - 1] === '\n'
    const rest = /^(?:\r?\n|$)/.exec(text.slice(at + wanted.length, at + wanted.length + 2))
    if (isStart && rest)
      found.push({ start: at, end: at + wanted.length + rest[0].length, line: text.slice(0, at).split('\n').length })
  }
  return found
}

function broken(path: string, message: string, line: number): Result<never> {
  return refuse({
    code: 'export.marks',
    at: line > 0 ? `${path}:${line}` : path,
    message: `${message} So nobody can say which lines are ours.`,
    cure: 'Take both marks and what stands between them out, then write the file again.',
  })
}

/** What a conflict means, as a problem. */
export function conflictProblem({ path, why }: ManagedConflict): Problem {
  return {
    code: 'export.edited',
    severity: 'error',
    at: path,
    message:
      why === 'edited'
        ? 'This was changed by hand since Skeptic wrote it, so it is not overwritten.'
        : 'This was not written by Skeptic, so it is not overwritten.',
    cure: 'Move what you want to keep elsewhere and take the file or the part away, or save from the workbench, which shows both and asks.',
  }
}
