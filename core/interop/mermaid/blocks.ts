/** One diagram of a file. */
export type Block = {
  readonly text: string
  /** The line of the file on which it begins, from 1. */
  readonly line: number
  /** The heading of the Markdown file above it. */
  readonly heading: string | undefined
  /** Its type as Mermaid writes it, without a version: flowchart, sequenceDiagram. */
  readonly type: string | undefined
}

/** A whole file of Mermaid, or the fenced blocks of a Markdown file. */
export function blocksOf(text: string): { readonly title: string | undefined; readonly blocks: readonly Block[] } {
  const type = typeOf(text)
  if (type !== undefined) return { title: undefined, blocks: [{ text, line: 1, heading: undefined, type }] }
  const found: { readonly title: string | undefined; readonly blocks: Block[] } = { title: undefined, blocks: [] }
  let title: string | undefined
  let heading: string | undefined
  let open: Fence | undefined
  for (const [at, line] of text.split(/\r\n?|\n/).entries()) {
    if (open) {
      if (!isClosedBy(open, line)) open.lines.push(line)
      else {
        if (open.isMermaid) found.blocks.push(blockOf(open, heading))
        open = undefined
      }
      continue
    }
    open = fenceOf(line, at + 2)
    const [, marks = '', words = ''] = /^ {0,3}(#{1,6})\s+(.*)$/.exec(line) ?? []
    if (marks !== '') heading = plain(words) ?? heading
    if (marks === '#') title ??= plain(words)
  }
  if (open?.isMermaid) found.blocks.push(blockOf(open, heading))
  return { title, blocks: found.blocks }
}

type Fence = {
  readonly mark: string
  readonly isMermaid: boolean
  readonly isQuoted: boolean
  readonly line: number
  readonly lines: string[]
}

/** Three backticks, tildes or colons, and the language; in lists and quotations as well. */
function fenceOf(line: string, next: number): Fence | undefined {
  const [, before = '', mark = '', language = ''] = FENCE.exec(line) ?? []
  if (mark === '') return undefined
  return { mark, isMermaid: MERMAID.test(language), isQuoted: before.includes('>'), line: next, lines: [] }
}

const FENCE = /^([ \t>]{0,40})(`{3,}|~{3,}|:{3,})(.*)$/
const MERMAID = /^[ \t]{0,10}\{?\s?\.?mermaid\b/i
/** Where a block of Mermaid begins in a Markdown file. */
export const OPENING = /^[ \t>]{0,40}(?:`{3,}|~{3,}|:{3,})[ \t]{0,10}\{?\s?\.?mermaid\b/im

function isClosedBy({ mark }: Fence, line: string): boolean {
  const bare = line.trim().replace(/^>\s*/, '')
  return bare.length >= mark.length && bare === mark.charAt(0).repeat(bare.length)
}

function blockOf({ lines, line, isQuoted }: Fence, heading: string | undefined): Block {
  const text = lines.map(one => (isQuoted ? one.replace(/^\s*>/, '') : one)).join('\n')
  return { text, line, heading, type: typeOf(text) }
}

/** A heading as people read it. */
function plain(words: string): string | undefined {
  const text = words
    .replace(/\s+#+\s*$/, '')
    .replace(/[*`]|\[(?=[^\]]*\]\()|\]\([^()]*\)/g, '')
    .trim()
  return text === '' ? undefined : text
}

/** The type of a diagram by the first line that says something; nothing when it is none of Mermaid's. */
export function typeOf(text: string): string | undefined {
  const lines = text
    .slice(0, 10_000)
    .split(/\r\n?|\n/)
    .map(line => line.trim())
  let at = lines.findIndex(line => line !== '')
  if (lines[at] === '---') at = lines.indexOf('---', at + 1) + 1 || lines.length
  for (let isDirective = false; at < lines.length; at++) {
    const line = lines[at] ?? ''
    if (isDirective || line.startsWith('%%{')) isDirective = !line.includes('}%%')
    else if (line !== '' && !line.startsWith('%%')) return FLOWCHART.test(line) ? 'flowchart' : OTHER.exec(line)?.[1]
  }
  return undefined
}

const FLOWCHART = /^(flowchart|graph|flowchart-elk)(\s+(TB|TD|BT|RL|LR|[<>^v]))?\s*(;.*)?$/
/** The other types of https://mermaid.js.org/intro/; words of everyday language only where nothing follows them. */
const OTHER = new RegExp(
  `^(${[
    'sequenceDiagram|classDiagram|stateDiagram|erDiagram|quadrantChart|requirementDiagram|gitGraph|zenuml',
    'C4(?:Context|Container|Component|Dynamic|Deployment)|(?:sankey|xychart|block|packet|architecture|radar|treemap)(?:-beta)?',
    'gantt|journey|mindmap|timeline|kanban|pie(?=$|\\s+(?:showData|title\\b))|swimlane-beta',
  ].join('|')})(?:-v2)?(?:\\s+(?:LR|TB|BT|horizontal|showData|title\\b.*))*\\s*[:;{]?$`,
)
