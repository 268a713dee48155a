import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Trailer, trailersIn, trailerText } from '../../../core/provenance/trailers.ts'
import { runs } from '../../support/runs.ts'

/** What git itself says; it prints one trailer to a line. */
function byGit(message: string, ...options: readonly string[]): string {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')))
  const ran = spawnSync('git', ['interpret-trailers', '--parse', ...options], {
    input: message,
    encoding: 'utf8',
    env: { ...env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' },
  })
  if (ran.status !== 0) throw new Error(ran.stderr)
  return ran.stdout
}

const shown = (trailers: readonly Trailer[]) => trailers.map(({ name, value }) => `${name}: ${value}\n`).join('')

const MESSAGES: readonly (readonly [string, string])[] = [
  ['nothing', ''],
  ['a title alone is no trailer', 'fix: something'],
  ['a title that looks like one', 'Assisted-by: X\n'],
  ['one trailer', 'Title\n\nAssisted-by: Claude:opus semgrep\n'],
  ['without a line end', 'Title\n\nAssisted-by: Claude:opus'],
  ['text in the same paragraph', 'Title\n\nSome text\nAssisted-by: Claude:opus\n'],
  ['text beside a line of git', 'Title\n\nText\nMore\nAnd more\nSigned-off-by: A <a@example.org>\nAssisted-by: C:o\n'],
  ['too much text beside a line of git', 'Title\n\na\nb\nc\nd\ne\nf\ng\nSigned-off-by: A <a@example.org>\n'],
  ['a cherry pick', 'Title\n\nx\n(cherry picked from commit 123)\nAssisted-by: C:o\n'],
  ['folded', 'Title\n\nAssisted-by: Claude\n  and more\n\tstill\nB: c\n'],
  ['folded first', 'Title\n\n  folded\nB: c\n'],
  ['two paragraphs', 'Title\n\nA: b\n\nC: d\n'],
  ['empty lines below', 'Title\n\nA: b\n\n \n\n'],
  ['comments', 'Title\n\nA: b\n# no\nC: d\n# no\n'],
  ['a comment as title', '# no\n\nA: b\n'],
  ['scissors', `Title\n\nA: b\n# ${'-'.repeat(24)} >8 ${'-'.repeat(24)}\nC: d\n`],
  ['conflicts', 'Title\n\nA: b\n\nConflicts:\n\ta.ts\n\tb.ts\n'],
  ['a patch below', 'Title\n\nA: b\n---\n a.ts | 1 +\n\nC: d\n'],
  ['space before the colon', 'Title\n\nA  \t: b\n'],
  ['space in the name', 'Title\n\nA b: c\n'],
  ['no value', 'Title\n\nA:\nB: \n'],
  ['carriage returns', 'Title\r\n\r\nA: b\r\nC: d\r\n'],
  ['a no-break space is no space', 'Title\n\nA: \u00a0b\u00a0\n'],
  ['other scripts', 'Título\n\nÄ: b\nA: ü\n'],
]

describe('trailers are found as git finds them', () => {
  test.each(MESSAGES)('%s', (_, message) => {
    expect(shown(trailersIn(message, { divider: true }))).toBe(byGit(message))
    expect(shown(trailersIn(message))).toBe(byGit(message, '--no-divider'))
  })

  const line = fc.oneof(
    fc.constantFrom(
      '',
      ' ',
      '\t',
      '---',
      '--- a',
      '# note',
      'Conflicts:',
      '\tpath',
      'text',
      'two words',
      `# ${'-'.repeat(24)} >8 ${'-'.repeat(24)}`,
    ),
    fc.constantFrom(
      'Signed-off-by: A <a@b>',
      '(cherry picked from commit 1)',
      'Assisted-by: C:o x',
      'A : b',
      'A b: c',
      ': x',
      'A:',
      ' folded',
      'Ä: b',
    ),
    fc.stringMatching(/^[\t\r #:A-Za-z-]{0,12}$/),
  )
  const message = fc.array(line, { maxLength: 14 }).map(lines => lines.join('\n'))

  test('any message', () => {
    fc.assert(
      fc.property(message, fc.boolean(), fc.boolean(), (lines, ended, divider) => {
        const text = ended ? `${lines}\n` : lines
        // git 2.39 does not end when scissors stand below a divider.
        fc.pre(!divider || !text.includes('>8'))
        expect(shown(trailersIn(text, { divider }))).toBe(byGit(text, ...(divider ? [] : ['--no-divider'])))
      }),
      { numRuns: runs(100, 5000), endOnFailure: true },
    )
  })

  test('what we write reads back as written', () => {
    const word = fc.stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,15}$/)
    const value = fc
      .string({ minLength: 1, maxLength: 30, unit: 'grapheme' })
      .map(text => text.replace(/[\0-\x20\x85\u2028\u2029]/g, 'x'))
    fc.assert(
      fc.property(fc.array(fc.record({ name: word, value }), { minLength: 1, maxLength: 6 }), trailers => {
        expect(trailersIn(`Title\n\nBody of it.\n\n${trailerText(trailers)}`)).toEqual(trailers)
      }),
      { numRuns: runs(300, 10_000) },
    )
  })

  test('nothing makes it throw', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), text => {
        expect(Array.isArray(trailersIn(text))).toBe(true)
      }),
      { numRuns: runs(500, 10_000) },
    )
  })
})
