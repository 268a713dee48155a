import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readTraces } from '../../../core/provenance/agent-trace.ts'
import { attributionOf } from '../../../core/provenance/attribution.ts'
import { botNamed } from '../../../core/provenance/bots.ts'
import { NOTE_LENGTH, readNote } from '../../../core/provenance/git-ai.ts'
import { assistantIn, assistantText, sayingsIn, signedByTools } from '../../../core/provenance/marks.ts'
import type { CommitLine } from '../../../core/provenance/record.ts'
import { trailersIn } from '../../../core/provenance/trailers.ts'
import { traceOf } from '../../../core/provenance/write-agent-trace.ts'
import { runs } from '../../support/runs.ts'

const COMMIT = 'a1b2c3d4e5f6a7b8c9d0e1f2a3b4c5d6e7f8a9b0'
const AT = '2026-11-22T16:00:00Z'

describe('the lines to end a commit with', () => {
  const prompt = { id: 'P-00001', digest: `sha256:${'ab12'.repeat(16)}` }
  test('name tool and prompt, and never sign off', () => {
    const made = attributionOf(prompt, { agent: 'Claude', model: 'opus-4-5', tools: ['semgrep'] })
    expect(made.ok && made.value.text).toBe('Assisted-by: Claude:opus-4-5 semgrep\nGuarded-Prompt: P-00001@sha256:ab12ab12ab12\n')
    expect(made.ok && trailersIn(`Title\n\n${made.value.text}`)).toEqual(made.ok && made.value.trailers)
    expect(made.ok && made.value.text).not.toMatch(/signed-off/i)
  })
  test('without a tool they are a form to fill in', () => {
    const made = attributionOf(prompt)
    expect(made.ok && made.value.trailers[0]).toEqual({ name: 'Assisted-by', value: 'TOOL:MODEL' })
  })
  test.each(['', 'a b', 'a\nSigned-off-by: x', 'ü', 'a:b'])('%j is no tool', agent => {
    expect(attributionOf(prompt, { agent, model: 'm', tools: [] }).ok).toBe(false)
  })
  test('what is written is read back', () => {
    const word = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,20}$/)
    fc.assert(
      fc.property(word, word, fc.array(word, { maxLength: 3 }), (agent, model, tools) => {
        const text = assistantText({ agent, model, tools })
        expect(text.ok && assistantIn(text.value)).toEqual({ agent, model, tools })
      }),
      { numRuns: runs(200, 10_000) },
    )
  })
})

describe('tools and people', () => {
  test.each([
    ['Claude', 'noreply@anthropic.com', 'Claude'],
    ['Copilot', '198982749+Copilot@users.noreply.github.com', 'Copilot'],
    ['GitHub Copilot', 'anything@example.org', 'GitHub Copilot'],
    ['Cursor Agent', 'cursoragent@cursor.com', 'Cursor'],
    ['aider (gpt-5)', 'aider@aider.chat', 'Aider'],
    ['Claude', 'claude@example.org', undefined],
    ['Devin Brown', 'devin@example.org', undefined],
    ['Claudette Gemini', 'noreply@example.org', undefined],
  ])('%s <%s> is %s', (name, email, bot) => expect(botNamed(name, email)).toBe(bot))

  test('a commit says it by author, co-author and trailer; a person says nothing', () => {
    const trailers = trailersIn(
      'T\n\nCo-authored-by: Claude <noreply@anthropic.com>\nCo-authored-by: B <b@example.org>\nGenerated-by: X 1\nASSISTED-BY: C:o\n',
    )
    const said = sayingsIn({ author: 'Copilot', email: 'copilot@github.com', trailers })
    expect(said.map(({ source, who }) => `${source} ${who}`)).toEqual([
      'author Copilot',
      'trailer Claude',
      'trailer X 1',
      'trailer C:o',
    ])
    expect(sayingsIn({ author: 'B', email: 'b@example.org', trailers: [] })).toEqual([])
  })
  test('a tool that signs off is told', () => {
    const trailers = [{ name: 'Signed-off-by', value: 'Claude <noreply@anthropic.com>' }]
    expect(signedByTools({ id: COMMIT, trailers }).map(({ code }) => code)).toEqual(['provenance.toolSignedOff'])
    expect(signedByTools({ id: COMMIT, trailers: [{ name: 'Signed-off-by', value: 'B <b@example.org>' }] })).toEqual([])
  })
})

const NOTE = `src/a.ts
  s_c9883b05a2487d::t_9f8e7d6c5b4a32 1-10,15
  h_31dce776f88375 20-22
"src/my file.ts"
  abcd1234abcd1234 1
---
${JSON.stringify({
  schema_version: 'authorship/3.0.0',
  base_commit_sha: COMMIT,
  prompts: { abcd1234abcd1234: { agent_id: { tool: 'cursor', id: 'x', model: 'gpt-5' } } },
  sessions: { s_c9883b05a2487d: { agent_id: { tool: 'claude', id: 'y', model: 'opus' } } },
  humans: { h_31dce776f88375: { author: 'B <b@example.org>' } },
})}`

describe('git-ai notes', () => {
  test('say whose lines they are', () => {
    const note = readNote(COMMIT, NOTE)
    expect(note.ok && note.value.problems).toEqual([])
    expect(note.ok && note.value.sayings.map(({ origin, who, where }) => [origin, who, where])).toEqual([
      [
        'ai',
        'claude:opus',
        {
          path: 'src/a.ts',
          ranges: [
            { start: 1, end: 10 },
            { start: 15, end: 15 },
          ],
        },
      ],
      ['human', 'B <b@example.org>', { path: 'src/a.ts', ranges: [{ start: 20, end: 22 }] }],
      ['ai', 'cursor:gpt-5', { path: 'src/my file.ts', ranges: [{ start: 1, end: 1 }] }],
    ])
  })
  test.each([
    ['nothing', '', 'provenance.note'],
    ['no divider', 'src/a.ts\n  abcd1234abcd1234 1\n', 'provenance.note'],
    ['broken JSON', 'a\n---\n{"schema_version":', 'json.syntax'],
    ['no object', '---\n[]', 'provenance.note'],
    ['another version', '---\n{"schema_version":"authorship/9.0.0"}', 'provenance.note'],
    ['a huge one', 'a'.repeat(NOTE_LENGTH + 1), 'provenance.note'],
    ['a key of attacks', '---\n{"schema_version":"authorship/3.0.0","__proto__":{}}', 'json.key'],
  ])('%s gives one problem', (_, text, code) => {
    const note = readNote(COMMIT, text)
    expect(note.ok ? [] : note.problems.map(problem => problem.code)).toEqual([code])
  })
  test.each([
    '  zz 1',
    '  abcd1234abcd1234 0',
    '  abcd1234abcd1234 5-2',
    '  abcd1234abcd1234 1-99999999999',
    '  abcd1234abcd1234 a',
  ])('%j is told once, and the rest is read', line => {
    const note = readNote(COMMIT, NOTE.replace('---', `${line}\n${line}\n---`))
    expect(note.ok && note.value.problems.map(({ code }) => code)).toEqual(['provenance.noteLine'])
    expect(note.ok && note.value.sayings.length).toBe(3)
  })
  test('nothing makes the reader throw', () => {
    const piece = fc.oneof(
      fc.constantFrom(...NOTE.split('\n'), '__proto__', '{', '}'),
      fc.string({ unit: 'binary', maxLength: 30 }),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), lines => {
        expect(typeof readNote(COMMIT, lines.join('\n')).ok).toBe('boolean')
      }),
      { numRuns: runs(300, 10_000) },
    )
  })
})

const commit: CommitLine = {
  id: COMMIT,
  subject: 'Change',
  author: 'B',
  sayings: [
    { source: 'trailer', origin: 'ai', who: 'Claude:opus', at: 'Assisted-by' },
    { source: 'manual', origin: 'human', who: 'C', at: 'ledger/x.json' },
  ],
  prompts: [{ value: `P-00001@sha256:${'a'.repeat(12)}`, state: 'current', sentence: '' }],
  flag: 'unflagged',
  ranges: [
    {
      path: 'src/b.ts',
      lines: { start: 3, end: 5 },
      was: { path: 'src/a.ts', start: 1 },
      flag: 'flagged',
      said: [0],
      prompted: [],
    },
    {
      path: 'src/b.ts',
      lines: { start: 9, end: 9 },
      was: { path: 'src/a.ts', start: 8 },
      flag: 'human-attested',
      said: [1],
      prompted: [],
    },
  ],
}

describe('Agent Trace', () => {
  const record = traceOf(commit, { at: AT, version: '1.0.0' }) as Readonly<Record<string, unknown>>
  test('a record says what is said, counted by the lines of the commit, and names the prompt', () => {
    expect(record).toMatchObject({
      version: '0.1.0',
      timestamp: AT,
      vcs: { type: 'git', revision: COMMIT },
      files: [
        {
          path: 'src/a.ts',
          conversations: [
            {
              contributor: { type: 'ai', model_id: 'opus' },
              ranges: [{ start_line: 1, end_line: 3 }],
              related: [{ type: 'prompt', url: `urn:skeptic:prompt:P-00001:sha256:${'a'.repeat(12)}` }],
            },
            { contributor: { type: 'human' }, ranges: [{ start_line: 8, end_line: 8 }] },
          ],
        },
      ],
    })
    expect(record.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(traceOf(commit, { at: AT, version: '1.0.0' })).toEqual(record)
  })
  test('what is written is read back, whatever the shape of the file', () => {
    const line = JSON.stringify(record)
    for (const text of [line, `[${line}]`, `\uFEFF${JSON.stringify(record, null, 2)}`, `${line}\n\n${line}\n`]) {
      const { records, problems } = readTraces('t.jsonl', text)
      expect(problems).toEqual([])
      expect(records[0]).toMatchObject({ revision: COMMIT })
      expect(records[0]?.sayings.map(({ origin, where }) => [origin, where])).toEqual([
        ['ai', { path: 'src/a.ts', ranges: [{ start: 1, end: 3 }] }],
        ['human', { path: 'src/a.ts', ranges: [{ start: 8, end: 8 }] }],
      ])
    }
  })
  test('any record is read back', () => {
    const range = fc.tuple(fc.integer({ min: 1, max: 999 }), fc.nat(20)).map(([start, more]) => ({ start, end: start + more }))
    fc.assert(
      fc.property(range, fc.constantFrom('flagged' as const, 'conflicting' as const, 'unflagged' as const), (lines, flag) => {
        const made = {
          ...commit,
          ranges: [{ path: 'p', lines, was: { path: 'p', start: lines.start }, flag, said: [0], prompted: [] }],
        }
        const [read] = readTraces('t', JSON.stringify(traceOf(made, { at: AT, version: '1' }))).records
        expect(read?.sayings).toHaveLength(1)
        expect(read?.sayings[0]).toMatchObject({
          origin: flag === 'flagged' ? 'ai' : 'unknown',
          where: { path: 'p', ranges: [lines] },
        })
      }),
      { numRuns: runs(200, 10_000) },
    )
  })
  test.each([
    ['empty', '', []],
    ['cut off', '{"version":"0.1.0",\n"files":[', ['json.syntax']],
    ['no object', '3', ['provenance.trace']],
    ['another version', '{"version":"7.0","files":[]}', ['provenance.trace']],
    ['no files', '{"version":"0.1.0"}', ['provenance.trace']],
    ['one broken line among good ones', `${JSON.stringify(record)}\n{oops\n${JSON.stringify(record)}`, ['json.syntax']],
    ['too deep', `${'['.repeat(300)}`, ['json.deep']],
  ])('%s: one problem each, no crash', (_, text, codes) => {
    expect(readTraces('t.json', text).problems.map(({ code }) => code)).toEqual(codes)
  })
  test('nothing makes the reader throw', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          fc.string({ unit: 'binary' }),
          fc.object().map(files => JSON.stringify({ version: '0.1.0', files: [files] })),
        ),
        text => {
          expect(Array.isArray(readTraces('t', text).problems)).toBe(true)
        },
      ),
      { numRuns: runs(300, 10_000) },
    )
  })
})
