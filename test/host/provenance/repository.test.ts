import { chmodSync, existsSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { type NamedEntry, newEntry } from '../../../core/model/ledger.ts'
import { folderOf } from '../../../core/model/write.ts'
import type { Provenance } from '../../../core/provenance/record.ts'
import { promptedZones } from '../../../core/provenance/unmarked.ts'
import { readProvenance } from '../../../host/node/provenance/read.ts'
import { type Review, reviewChange } from '../../../host/node/review.ts'
import { AT, NO_LEDGER, PACKS, smallDesign } from '../evidence/designs.ts'
import { commit, git, repository, temporaryFolder, write } from '../evidence/repository.ts'

const design = smallDesign()
const PROMPT = `sha256:${'ab'.repeat(32)}`
const issued = newEntry(
  [],
  'prompt-issued',
  { workItem: 'W-00001', id: 'P-00001', target: 'markdown', digest: PROMPT },
  { at: AT, by: 'b' },
)
const MARKED = 'Assisted-by: Claude:opus\nGuarded-Prompt: P-00001@sha256:abababababab'

function lines(count: number, word = 'line'): string {
  return Array.from({ length: count }, (_, n) => `${word} ${n + 1}\n`).join('')
}

async function read(folder: string, base?: string, entries: readonly NamedEntry[] = [issued]): Promise<Provenance> {
  const ledger = { entries }
  const made = await readProvenance({
    ...{ design, ledger, codeRoot: folder, base, head: 'HEAD', attested: [] },
    isOwn: file => file.startsWith('threat-model/'),
    zones: promptedZones(design, ledger),
  })
  if (!made) throw new Error('no repository')
  return made
}

function note(folder: string, id: string, text: string | Uint8Array): void {
  write(folder, { '.git/note': text })
  git(folder, 'notes', '--ref=ai', 'add', '-f', '-C', git(folder, 'hash-object', '-w', '.git/note'), id)
}

function noteOf(attestations: string): string {
  const sessions = { s_c9883b05a2487d: { agent_id: { tool: 'claude', id: 'x', model: 'opus' } } }
  return `${attestations}\n---\n${JSON.stringify({ schema_version: 'authorship/3.0.0', base_commit_sha: '', prompts: {}, sessions })}`
}

const HOSTILE = `

Assisted-by: \u001b[31mred\u202e
Guarded-Prompt: $(id)
Guarded-Prompt: P-00001@sha256:cccccccccccc
Signed-off-by: Claude <noreply@anthropic.com>
`

const SESSION = 's_c9883b05a2487d::t_9f8e7d6c5b4a32'
const places = (made: Provenance) =>
  made.commits.flatMap(({ ranges }) => ranges.map(({ path, lines: { start, end }, flag }) => `${path}:${start}-${end} ${flag}`))
const codes = (made: Provenance) => made.problems.map(({ code }) => code)

function start() {
  const folder = repository({ 'src/a.ts': lines(3) })
  return { folder, base: git(folder, 'rev-parse', 'HEAD') }
}

describe('commits of a change', () => {
  test('marked and unmarked lines, by commit', async () => {
    const { folder, base } = start()
    write(folder, { 'src/a.ts': lines(5) })
    const marked = commit(folder, `One\n\n${MARKED}`)
    write(folder, { 'src/a.ts': lines(8), 'threat-model/x.json': '{}' })
    const bare = commit(folder, 'Two')
    const made = await read(folder, base)
    expect(made.commits.map(({ id, flag }) => [id, flag])).toEqual([
      [bare, 'unflagged'],
      [marked, 'flagged'],
    ])
    expect(places(made)).toEqual(['src/a.ts:6-8 unflagged', 'src/a.ts:4-5 flagged'])
    expect(made.counts).toEqual({ flagged: 2, conflicting: 0, unflagged: 3, 'human-attested': 0 })
    expect(made.commits[1]?.prompts.map(({ state }) => state)).toEqual(['current'])
    expect(made.problems).toEqual([])
  })

  test('a commit of the design alone is none of the change', async () => {
    const { folder, base } = start()
    write(folder, { 'threat-model/x.json': '{}' })
    commit(folder, 'Design')
    expect((await read(folder, base)).commits).toEqual([])
  })

  test('a note is counted by the lines of its commit, also when later ones push them down', async () => {
    const { folder, base } = start()
    write(folder, { 'src/a.ts': lines(5) })
    const one = commit(folder, 'One')
    note(folder, one, noteOf(`src/a.ts\n  ${SESSION} 4\n  h_31dce776f88375 5`))
    write(folder, { 'src/a.ts': `first\n${lines(5)}` })
    commit(folder, 'Two')
    const made = await read(folder, base)
    expect(places(made)).toEqual(['src/a.ts:1-1 unflagged', 'src/a.ts:5-5 flagged', 'src/a.ts:6-6 human-attested'])
    expect(codes(made)).toEqual(['provenance.notesFragile'])
  })

  test('notes and trailers that disagree are conflicting, with both shown', async () => {
    const { folder, base } = start()
    write(folder, { 'src/a.ts': lines(4) })
    const one = commit(folder, `One\n\n${MARKED}`)
    note(folder, one, noteOf('src/a.ts\n  h_31dce776f88375 4'))
    const made = await read(folder, base)
    expect(places(made)).toEqual(['src/a.ts:4-4 conflicting'])
    expect(made.commits[0]?.sayings.map(({ source, origin }) => `${source} ${origin}`)).toEqual([
      'trailer ai',
      'trailer ai',
      'note human',
    ])
  })

  test('amending loses the note, and that is told', async () => {
    const { folder, base } = start()
    write(folder, { 'src/a.ts': lines(4) })
    note(folder, commit(folder, 'One'), noteOf(`src/a.ts\n  ${SESSION} 4`))
    git(folder, 'commit', '--quiet', '--amend', '-m', 'Amended')
    const made = await read(folder, base)
    expect(places(made)).toEqual(['src/a.ts:4-4 unflagged'])
    expect(codes(made)).toEqual(['provenance.notesLost'])
  })

  test('squashing loses notes and keeps trailers that are written again', async () => {
    const { folder, base } = start()
    git(folder, 'checkout', '--quiet', '-b', 'topic')
    write(folder, { 'src/a.ts': lines(4) })
    note(folder, commit(folder, 'One'), noteOf(`src/a.ts\n  ${SESSION} 4`))
    write(folder, { 'src/a.ts': lines(6) })
    commit(folder, 'Two')
    git(folder, 'checkout', '--quiet', 'main')
    git(folder, 'merge', '--quiet', '--squash', 'topic')
    const squashed = commit(folder, `Squashed\n\n${MARKED}`)
    const made = await read(folder, base)
    expect(made.commits.map(({ id }) => id)).toEqual([squashed])
    expect(places(made)).toEqual(['src/a.ts:4-6 flagged'])
    expect(codes(made)).toEqual(['provenance.notesLost'])
  })

  test('a merge says nothing of what it brings together, and stands for what it changes itself', async () => {
    const { folder, base } = start()
    git(folder, 'checkout', '--quiet', '-b', 'topic')
    write(folder, { 'src/b.ts': lines(2) })
    const topic = commit(folder, `Topic\n\n${MARKED}`)
    git(folder, 'checkout', '--quiet', 'main')
    write(folder, { 'src/a.ts': lines(4) })
    const main = commit(folder, 'Main')
    git(folder, 'merge', '--quiet', '--no-commit', '--no-ff', 'topic')
    write(folder, { 'src/c.ts': lines(1) })
    const merge = commit(folder, 'Merge')
    const made = await read(folder, base)
    expect(made.commits.map(({ id }) => id).sort()).toEqual([topic, main, merge].sort())
    expect(places(made).sort()).toEqual(['src/a.ts:4-4 unflagged', 'src/b.ts:1-2 flagged', 'src/c.ts:1-1 unflagged'])
  })

  test('in a folder below the root, paths of notes are from the root', async () => {
    const { folder, base } = start()
    write(folder, { 'src/a.ts': lines(4), 'other/b.ts': lines(2) })
    note(folder, commit(folder, 'One'), noteOf(`src/a.ts\n  ${SESSION} 4\nother/b.ts\n  ${SESSION} 1-2`))
    expect(places(await read(path.join(folder, 'src'), base))).toEqual(['a.ts:4-4 flagged'])
  })

  test('trace records count by the commit that they name', async () => {
    const { folder, base } = start()
    write(folder, { 'src/a.ts': lines(5) })
    const one = commit(folder, 'One')
    const record = (revision: string, end: number) =>
      JSON.stringify({
        version: '0.1.0',
        vcs: { type: 'git', revision },
        tool: { name: 'cursor' },
        files: [
          { path: 'src/a.ts', conversations: [{ contributor: { type: 'ai' }, ranges: [{ start_line: 4, end_line: end }] }] },
        ],
      })
    write(folder, {
      '.agent-trace/traces.jsonl': `${record(one, 4)}\n${record(base, 5)}\n{"broken`,
      '.agent-trace/b.json': Uint8Array.from([255]),
    })
    const made = await read(folder, base)
    expect(places(made)).toEqual(['src/a.ts:4-4 flagged', 'src/a.ts:5-5 unflagged'])
    expect(codes(made).sort()).toEqual(['json.syntax', 'provenance.traceFile', 'provenance.traceRevision'])
  })

  test('a first commit, odd names, binary files and no repository', async () => {
    const folder = repository({ 'ä "quote"\ttab.ts': lines(2), picture: Uint8Array.from([0, 1, 10, 2]) })
    expect(places(await read(folder))).toEqual(['ä "quote"\ttab.ts:1-2 unflagged'])
    const none = {
      design,
      ledger: NO_LEDGER,
      codeRoot: temporaryFolder(),
      base: undefined,
      head: 'HEAD',
      zones: [],
      attested: [],
      isOwn: () => false,
    }
    expect(await readProvenance(none)).toBeUndefined()
    expect(await readProvenance({ ...none, codeRoot: folder, head: '--all' })).toBeUndefined()
  })
})

describe('what is wrong is told once, and the rest is read', () => {
  test.each<[string, string | Uint8Array, string]>([
    ['broken JSON', 'src/a.ts\n---\n{', 'json.syntax'],
    ['no UTF-8', Uint8Array.from([0xff, 0xfe, 10]), 'provenance.note'],
    ['huge', 'x'.repeat(1024 * 1024 + 1), 'provenance.note'],
  ])('a note of %s', async (_, text, code) => {
    const { folder, base } = start()
    write(folder, { 'src/a.ts': lines(4) })
    note(folder, commit(folder, `One\n\n${MARKED}`), text)
    const made = await read(folder, base)
    expect(codes(made)).toEqual([code, 'provenance.notesFragile'])
    expect(places(made)).toEqual(['src/a.ts:4-4 flagged'])
  })

  test('a message that is no UTF-8, and hostile trailers', async () => {
    const { folder, base } = start()
    write(folder, { 'src/a.ts': lines(4) })
    const head = commit(folder, 'One')
    // git mends a message that it writes itself, so this one is written past it.
    const raw = git(folder, 'cat-file', 'commit', head).replace(/\n\nOne$/, '')
    write(folder, { '.git/message': Buffer.concat([Buffer.from(`${raw}\n\nOne `), Buffer.from([0xff]), Buffer.from(HOSTILE)]) })
    git(folder, 'reset', '--quiet', '--hard', git(folder, 'hash-object', '-t', 'commit', '-w', '--literally', '.git/message'))
    const made = await read(folder, base)
    expect(made.commits[0]?.prompts.map(({ state }) => state)).toEqual(['malformed', 'not-issued'])
    expect(codes(made)).toEqual(['provenance.message', 'provenance.toolSignedOff', 'provenance.prompt', 'provenance.prompt'])
  })

  test('nothing that the repository names is run', async () => {
    const { folder, base } = start()
    const mark = path.join(temporaryFolder(), 'ran')
    const evil = path.join(folder, '.git', 'evil.sh')
    write(folder, {
      '.git/evil.sh': `#!/bin/sh\ntouch ${mark}\ncat "$1"\n`,
      '.gitattributes': '*.ts diff=evil\n',
      'src/a.ts': lines(9),
    })
    chmodSync(evil, 0o755)
    write(folder, { '.git/ignored': commit(folder, 'One') })
    git(folder, 'config', 'diff.evil.textconv', evil)
    git(folder, 'config', 'diff.external', evil)
    git(folder, 'config', 'blame.ignoreRevsFile', path.join(folder, '.git/ignored'))
    const made = await read(folder, base)
    expect(made.problems).toEqual([])
    expect(places(made)).toContain('src/a.ts:4-9 unflagged')
    expect(existsSync(mark)).toBe(false)
  })
})

describe('a review asks about unmarked lines where a prompt was used', () => {
  async function review(code: string, entries: readonly NamedEntry[]): Promise<Review> {
    const done = await reviewChange({
      ...{ design, packs: PACKS, workItem: 'W-00001', codeRoot: code, at: AT },
      ledger: { ...NO_LEDGER, entries },
      evidenceDir: path.join(code, 'threat-model/.skeptic/evidence'),
    })
    if (!done.ok) throw new Error(done.problems[0].message)
    return done.value
  }
  const asked = ({ record }: Review) => record.checks.find(({ statement }) => /carry no mark/.test(statement))

  function change(message: string): string {
    const folder = repository({ 'src/a.ts': lines(3) })
    write(path.join(folder, 'threat-model'), Object.fromEntries(folderOf(design)))
    commit(folder, 'Design')
    git(folder, 'checkout', '--quiet', '-b', 'topic')
    write(folder, { 'src/a.ts': lines(5), 'docs/x.md': lines(2) })
    commit(folder, message)
    return folder
  }

  test('no prompt, no question; a marked change neither', async () => {
    expect(asked(await review(change('One'), []))).toBeUndefined()
    const marked = await review(change(`One\n\n${MARKED}`), [issued])
    expect(asked(marked)).toBeUndefined()
    expect(marked.record.raised).toBeUndefined()
    expect(marked.record.provenance?.counts.flagged).toBe(4)
  })

  test('a question that stays open until a person answers it for this code', async () => {
    const folder = change('One')
    const open = await review(folder, [issued])
    const check = asked(open)
    expect([check?.verdict, check?.reason]).toEqual(['inconclusive', 'missing'])
    expect(check?.statement).toContain('the 2 lines that carry no mark where the prompt P-00001 was used: src/a.ts:4-5')
    const answer = (change: string | undefined) =>
      newEntry(
        [],
        'signed-off',
        {
          workItem: 'W-00001',
          check: check?.id,
          answer: 'pass',
          observation: 'I wrote it.',
          slice: open.record.raised?.[0]?.slice,
          change,
        },
        { at: AT, by: 'reviewer' },
      )
    const done = await review(folder, [issued, answer(open.record.change.digest)])
    expect(asked(done)?.verdict).toBe('pass')
    expect(done.record.provenance?.counts).toEqual({ flagged: 0, conflicting: 0, unflagged: 2, 'human-attested': 2 })
    const stale = await review(folder, [issued, answer(`sha256:${'0'.repeat(64)}`)])
    expect(asked(stale)?.verdict).toBe('inconclusive')
  })
})
