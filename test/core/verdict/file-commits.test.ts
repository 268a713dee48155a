import { describe, expect, test } from 'vitest'
import { digestOfText } from '../../../core/model/digest.ts'
import type { FileFact } from '../../../core/verdict/context.ts'
import type { CommitsMatcher, FileMatcher } from '../../../schemas/generated/types.ts'
import { changeOf, checkOf, judge, outcome } from './scenes.ts'

const content = (text: string) => ({ sha256: digestOfText(text), text })
const facts: Readonly<Record<string, FileFact>> = {
  'same.ts': { after: content('a'), before: content('a') },
  'touched.ts': { after: content('a secret'), before: content('b') },
  'new.ts': { after: content('a'), before: undefined },
  'gone.ts': { after: undefined, before: content('a') },
  'unknown.ts': { after: content('a'), before: 'unknown' },
  'large.bin': { after: { sha256: digestOfText('x') }, before: undefined },
}

describe('files of the judged tree', () => {
  test.each([
    ['not looked up', { path: 'other.ts' }, 'missing'],
    ['a path that leaves the tree', { path: '../etc/passwd', exists: false }, 'missing'],
    ['a name of every object', { path: 'constructor', exists: false }, 'missing'],
    ['there', { path: 'same.ts' }, 'pass'],
    ['there as asked', { path: 'same.ts', exists: true }, 'pass'],
    ['there against the wish', { path: 'same.ts', exists: false }, 'fail'],
    ['not there', { path: 'gone.ts' }, 'missing'],
    ['not there as asked', { path: 'gone.ts', exists: false }, 'pass'],
    ['not there against the wish', { path: 'gone.ts', exists: true }, 'fail'],
    ['content', { path: 'same.ts', sha256: digestOfText('a') }, 'pass'],
    ['other content', { path: 'same.ts', sha256: digestOfText('b') }, 'fail'],
    ['untouched', { path: 'same.ts', unchangedSince: 'merge-base' }, 'pass'],
    ['touched', { path: 'touched.ts', unchangedSince: 'merge-base' }, 'fail'],
    ['new', { path: 'new.ts', unchangedSince: 'merge-base' }, 'fail'],
    ['nobody knows what it was', { path: 'unknown.ts', unchangedSince: 'merge-base' }, 'missing'],
    ['contains', { path: 'touched.ts', contains: 'secret' }, 'pass'],
    ['does not contain', { path: 'same.ts', contains: 'secret' }, 'fail'],
    ['absent text', { path: 'same.ts', absent: 'secret' }, 'pass'],
    ['text that should be absent', { path: 'touched.ts', absent: 'secret' }, 'fail'],
    ['absent text of an absent file proves nothing', { path: 'gone.ts', absent: 'secret' }, 'missing'],
    ['no text to search', { path: 'large.bin', absent: 'secret' }, 'limit-hit'],
    ['several at once', { path: 'touched.ts', contains: 'secret', unchangedSince: 'merge-base' }, 'fail'],
  ])('%s', (_name, file, expected) => {
    expect(outcome(judge(checkOf({ file: file as FileMatcher }), [], { change: changeOf({ fileFacts: facts }) }))).toBe(expected)
  })
})

describe('commits of the change', () => {
  const commit = (...trailers: [string, string][]) => [
    { id: 'a'.repeat(40), author: 'A', email: 'a@example.org', trailers: trailers.map(([name, value]) => ({ name, value })) },
  ]
  const assisted = commit(['assisted-by', 'Tool:model'])
  test.each([
    ['files not known', { withinGlobs: ['src/**'] }, {}, 'missing'],
    ['nothing changed', { withinGlobs: ['src/**'] }, { changed: [] }, 'nothing-examined'],
    ['within', { withinGlobs: ['src/**', 'test/**'] }, { changed: ['src/a.ts', 'test/a.ts'] }, 'pass'],
    ['outside', { withinGlobs: ['src/**'] }, { changed: ['src/a.ts', 'package.json'] }, 'fail'],
    ['left alone', { withinGlobs: ['src/**'], untouchedGlobs: ['src/auth/**'] }, { changed: ['src/a.ts'] }, 'pass'],
    ['not left alone', { withinGlobs: ['src/**'], untouchedGlobs: ['src/auth/**'] }, { changed: ['src/auth/a.ts'] }, 'fail'],
    ['left alone, nobody knows', { untouchedGlobs: ['src/auth/**'] }, {}, 'missing'],
    ['commits not known', {}, {}, 'missing'],
    ['known', {}, { commits: assisted }, 'pass'],
    ['none yet', { aiDisclosed: true }, { commits: [] }, 'nothing-examined'],
    ['flagged', { aiDisclosed: true }, { commits: assisted }, 'pass'],
    [
      'flagged as a co-author',
      { aiDisclosed: true },
      { commits: commit(['co-authored-by', 'Claude <noreply@example.org>']) },
      'pass',
    ],
    ['a human co-author', { aiDisclosed: true }, { commits: commit(['co-authored-by', 'B <b@example.org>']) }, 'missing'],
    ['not flagged proves nothing', { aiDisclosed: true }, { commits: commit() }, 'missing'],
    ['not flagged, as asked, proves nothing either', { aiDisclosed: false }, { commits: commit() }, 'missing'],
    ['flagged against the wish', { aiDisclosed: false }, { commits: assisted }, 'fail'],
    ['the prompt', { prompt: 'P-00001' }, { commits: commit(['guarded-prompt', 'P-00001@sha256:ab12']) }, 'pass'],
    ['another prompt', { prompt: 'P-00001' }, { commits: commit(['guarded-prompt', 'P-000012']) }, 'missing'],
  ])('%s', (_name, commits, change, expected) => {
    expect(outcome(judge(checkOf({ commits: commits as CommitsMatcher }), [], { change: changeOf(change) }))).toBe(expected)
  })
})
