import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import {
  blobsOf,
  commitsOf,
  defaultBaseOf,
  fileAt,
  filesOf,
  mergeBaseOf,
  openRepository,
  type Repository,
  revisionOf,
  uncommittedOf,
} from '../../../host/node/git.ts'
import { commit, git, repository, temporaryFolder, write } from './repository.ts'

async function opened(folder: string): Promise<Repository> {
  const found = await openRepository(folder)
  if (found.kind === 'none') throw new Error(found.message)
  return found.repository
}

afterEach(() => vi.unstubAllEnvs())

describe('no repository is a value', () => {
  test('a plain folder', async () =>
    expect(await openRepository(temporaryFolder())).toMatchObject({ kind: 'none', why: 'noRepository' }))
  test('no git', async () => {
    vi.stubEnv('PATH', '/nowhere')
    expect(await openRepository(temporaryFolder())).toMatchObject({ kind: 'none', why: 'noGit' })
  })
  test('a folder that is not there', async () => {
    expect(await openRepository(path.join(temporaryFolder(), 'gone'))).toMatchObject({ kind: 'none', why: 'noRepository' })
  })
  test('a repository that is broken', async () => {
    const folder = repository({ a: '1' })
    write(folder, { '.git/config': '[core\n' })
    expect(await openRepository(folder)).toMatchObject({ kind: 'none', why: 'refused' })
  })
  test('whoever calls us from a hook does not choose the repository', async () => {
    vi.stubEnv('GIT_DIR', path.join(repository({ other: '1' }), '.git'))
    const folder = repository({ mine: '1' })
    const at = await opened(folder)
    expect([...(await filesOf(at, 'HEAD')).keys()]).toEqual(['mine'])
  })
})

describe('revisions', () => {
  test('commit and tree by any name', async () => {
    const folder = repository({ a: '1' })
    const at = await opened(folder)
    const id = git(folder, 'rev-parse', 'HEAD')
    expect(await revisionOf(at, 'main')).toEqual({ commit: id, tree: git(folder, 'rev-parse', 'HEAD^{tree}') })
    expect((await revisionOf(at, id.slice(0, 9)))?.commit).toBe(id)
    git(folder, 'tag', '-a', 'v1', '-m', 'x')
    expect((await revisionOf(at, 'v1'))?.commit).toBe(id)
  })
  test.each(['nowhere', '--all', '-h', 'a..b', 'HEAD main', '', ':a', '$(id)', 'HEAD^{tree}'])(
    '%j names no commit',
    async name => {
      expect(await revisionOf(await opened(repository({ a: '1' })), name)).toBeUndefined()
    },
  )
  test('a repository without a commit has none', async () => {
    const folder = temporaryFolder()
    git(folder, 'init', '--quiet')
    expect(await revisionOf(await opened(folder), 'HEAD')).toBeUndefined()
  })
})

describe('what a change is measured against', () => {
  test('where it left the default branch', async () => {
    const folder = repository({ a: '1' })
    const start = git(folder, 'rev-parse', 'HEAD')
    git(folder, 'checkout', '--quiet', '-b', 'topic')
    write(folder, { a: '2' })
    const head = commit(folder, 'Change')
    git(folder, 'checkout', '--quiet', 'main')
    write(folder, { b: '1' })
    const main = commit(folder, 'Meanwhile')
    const at = await opened(folder)
    expect(await defaultBaseOf(at, head)).toBe(start)
    expect(await mergeBaseOf(at, main, head)).toBe(start)
  })
  test('on the default branch itself, its parent; at the first commit, nothing', async () => {
    const folder = repository({ a: '1' })
    const start = git(folder, 'rev-parse', 'HEAD')
    const at = await opened(folder)
    expect(await defaultBaseOf(at, start)).toBeUndefined()
    write(folder, { a: '2' })
    expect(await defaultBaseOf(at, commit(folder, 'Next'))).toBe(start)
  })
})

describe('files', () => {
  const odd = 'ä "quote"\ttab\nline.txt'
  test('of a revision, below the folder only, under any name', async () => {
    const folder = repository({ 'src/a.ts': '1', 'src/deep/b.ts': '2', [`src/${odd}`]: '3', top: '4' })
    const at = await opened(path.join(folder, 'src'))
    expect([...(await filesOf(at, 'HEAD')).keys()].sort()).toEqual(['a.ts', 'deep/b.ts', odd].sort())
    expect((await fileAt(at, 'HEAD', odd))?.toString()).toBe('3')
    expect(await fileAt(at, 'HEAD', 'top')).toBeUndefined()
    expect(await fileAt(at, 'HEAD', '../top')).toBeUndefined()
  })
  test('contents up to a limit, bytes as they are', async () => {
    const bytes = Uint8Array.from([0, 255, 10, 13, 10])
    const folder = repository({ bytes, empty: '', large: 'x'.repeat(1000) })
    const at = await opened(folder)
    const files = await filesOf(at, 'HEAD')
    const blobs = await blobsOf(
      at,
      [...files.values()].map(({ id }) => id),
      100,
    )
    expect(blobs.get(files.get('bytes')?.id ?? '')).toEqual(Buffer.from(bytes))
    expect(blobs.get(files.get('empty')?.id ?? '')?.length).toBe(0)
    expect(blobs.has(files.get('large')?.id ?? '')).toBe(false)
  })
  test('that are not committed: changed, new, deleted; ignored ones are not', async () => {
    const folder = repository({ '.gitignore': 'out\n', 'src/a': '1', 'src/b': '1', top: '1' })
    write(folder, { 'src/a': '2', [`src/${odd}`]: '1', 'src/out': '1', top: '2' })
    rmSync(path.join(folder, 'src/b'))
    expect([...(await uncommittedOf(await opened(path.join(folder, 'src'))))].sort()).toEqual(['a', 'b', odd].sort())
  })
})

describe('commits', () => {
  test('after the base, with author and trailers', async () => {
    const folder = repository({ a: '1' })
    const base = git(folder, 'rev-parse', 'HEAD')
    write(folder, { a: '2' })
    const one = commit(
      folder,
      'One\n\nBody: not a trailer\nof many lines\n\nAssisted-by: Tool:model\nGuarded-Prompt: P-00001@sha256:ab12',
    )
    write(folder, { a: '3' })
    const two = commit(folder, 'Two')
    const commits = await commitsOf(await opened(folder), base, two)
    expect(commits?.map(({ id, author, email }) => [id, author, email])).toEqual([
      [two, 'Developer', 'dev@example.org'],
      [one, 'Developer', 'dev@example.org'],
    ])
    expect(commits?.[1]?.trailers).toEqual([
      { name: 'assisted-by', value: 'Tool:model' },
      { name: 'guarded-prompt', value: 'P-00001@sha256:ab12' },
    ])
    expect(commits?.[0]?.trailers).toEqual([])
    expect(await commitsOf(await opened(folder), two, two)).toEqual([])
  })
})

describe('reading a judged repository', () => {
  test('runs nothing of it and writes nothing into it', async () => {
    const folder = repository({ a: '1' })
    const mark = path.join(temporaryFolder(), 'ran')
    const evil = path.join(folder, '.git', 'evil.sh')
    write(folder, { '.git/evil.sh': `#!/bin/sh\ntouch ${mark}\n`, a: '2' })
    chmodSync(evil, 0o755)
    git(folder, 'config', 'core.fsmonitor', evil)
    git(folder, 'config', 'core.pager', evil)
    git(folder, 'config', 'diff.external', evil)
    mkdirSync(path.join(folder, '.git/hooks'), { recursive: true })
    symlinkSync(evil, path.join(folder, '.git/hooks/post-index-change'))
    const index = path.join(folder, '.git/index')
    const before = [statSync(index).mtimeMs, readFileSync(index).toString('hex'), readdirSync(path.join(folder, '.git')).sort()]
    const at = await opened(folder)
    expect(await uncommittedOf(at)).toContain('a')
    await filesOf(at, 'HEAD')
    await commitsOf(at, 'HEAD', 'HEAD')
    expect(existsSync(mark)).toBe(false)
    expect([statSync(index).mtimeMs, readFileSync(index).toString('hex'), readdirSync(path.join(folder, '.git')).sort()]).toEqual(
      before,
    )
  })
})
