import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '../..')
const LEFT_OUT = /^(?:node_modules|dist|release|test-results|playwright-report|generated|\.[a-z].*)$/

const papers = markdownBelow('')
const textOf = (paper: string) => readFileSync(path.join(root, paper), 'utf8')

describe('what people read', () => {
  test('is found: the first page, the guides, and a page in every room', () => {
    expect(papers).toEqual(expect.arrayContaining(['README.md', 'SECURITY.md', 'docs/guide.md', 'core/verdict/README.md']))
    expect(papers.length).toBeGreaterThan(80)
  })

  test('every link leads somewhere, also to its heading', () => {
    const links = papers.flatMap(paper => linksIn(textOf(paper)).map(target => ({ paper, target })))
    expect(links.length).toBeGreaterThan(50)
    expect(links.filter(({ paper, target }) => !leadsSomewhere(paper, target)).map(in1Line)).toEqual([])
  })

  test('every file and folder of ours that a text names in code marks is there', () => {
    const named = papers.filter(isPaper).flatMap(paper => ownPathsIn(textOf(paper)).map(target => ({ paper, target })))
    expect(named.length).toBeGreaterThan(50)
    expect(
      named.filter(({ target }) => !['', '.ts'].some(ending => existsSync(path.join(root, target + ending)))).map(in1Line),
    ).toEqual([])
  })

  test('what a room says to read first is there', () => {
    const rooms = papers.filter(paper => path.basename(paper) === 'README.md' && paper !== 'README.md')
    const first = rooms.flatMap(paper =>
      namesToReadFirst(textOf(paper)).map(target => ({ paper, target: target.replace(/\/$/, '') })),
    )
    expect(first.length).toBeGreaterThan(60)
    const isThere = ({ paper, target }: Named) =>
      [path.dirname(paper), ''].some(from => existsSync(path.join(root, from, target)))
    expect(first.filter(named => !isThere(named)).map(in1Line)).toEqual([])
  })

  test('headings become anchors as GitHub makes them', () => {
    expect(anchorsOf('# A, b & `c`: d\n\n```sh\n# no heading\n```\n\n## A\n\n## A\n')).toEqual(new Set(['a-b--c-d', 'a', 'a-1']))
  })
})

type Named = { readonly paper: string; readonly target: string }

function in1Line({ paper, target }: Named): string {
  return `${paper}: ${target}`
}

/** Changes of the past may name what is gone since. */
function isPaper(paper: string): boolean {
  return paper !== 'CHANGELOG.md' && !paper.startsWith('docs/decisions/') && !paper.startsWith('packs/samples/')
}

function markdownBelow(folder: string): readonly string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true })
    .flatMap(entry => {
      const name = path.posix.join(folder, entry.name)
      if (entry.isDirectory()) return LEFT_OUT.test(entry.name) || name === 'test/corpus' ? [] : markdownBelow(name)
      return entry.isFile() && name.endsWith('.md') && isOurs(name) ? [name] : []
    })
    .sort()
}

/** Prompts and reports that tests compare with are Markdown too, and nobody's reading. */
function isOurs(name: string): boolean {
  return !name.startsWith('test/') || path.basename(name) === 'README.md'
}

function withoutCode(text: string): string {
  return text.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '')
}

function linksIn(text: string): readonly string[] {
  return [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter(target => !/^[a-z]+:/i.test(target))
}

function leadsSomewhere(paper: string, target: string): boolean {
  const [file = '', anchor] = target.split('#')
  const to = file === '' ? paper : path.posix.join(path.posix.dirname(paper), decodeURI(file))
  if (!existsSync(path.join(root, to))) return false
  return anchor === undefined || (to.endsWith('.md') && anchorsOf(textOf(to)).has(anchor))
}

function anchorsOf(text: string): ReadonlySet<string> {
  const anchors = new Set<string>()
  const headings = text.replace(/^```[\s\S]*?^```/gm, '').matchAll(/^#{1,6} +(.+?) *$/gm)
  for (const [, heading = ''] of headings) {
    const slug = heading
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M}_ -]/gu, '')
      .replaceAll(' ', '-')
    const twins = [slug, ...Array.from({ length: 50 }, (_, index) => `${slug}-${index + 1}`)]
    anchors.add(twins.find(twin => !anchors.has(twin)) ?? slug)
  }
  return anchors
}

/** Paths from the top of the repository, as `core/verdict/matchers.ts`; what a build makes and names to fill in are none. */
function ownPathsIn(text: string): readonly string[] {
  const rooms = 'bench|cli|core|deploy|docs|electron|host|hub|packs|renderer|schemas|setup|templates|test|ydoc'
  const own = new RegExp(`\`((?:${rooms})/[\\w./-]+)\``, 'g')
  return [...text.matchAll(own)].map(([, target = '']) => target).filter(target => !/\/generated\b|\/(?:NAME|ID)\./.test(target))
}

/** The names of the sentence that begins with "Read first:", as far as they look like files. */
function namesToReadFirst(text: string): readonly string[] {
  const sentence = /^Read first: (.*)$/m.exec(text)?.[1] ?? ''
  return [...sentence.matchAll(/(?<![*\w.])(?:\.\.\/)*[\w/-]+(?:\.[\w-]+)*\.(?:ts|tsx|md|mjs|json|css|yaml|hbs|png|cfg)\b/g)].map(
    ([name]) => name,
  )
}
