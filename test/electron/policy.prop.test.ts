import fc from 'fast-check'
import { expect, test } from 'vitest'
import { argvMeaning, folderMeant } from '../../electron/argv.ts'
import { isOurUrl, mayNavigate, mayRequest, OUR_ORIGIN, whereMayOpen } from '../../electron/policy.ts'

const scraps = fc.constantFrom(
  'app:',
  'https:',
  'http:',
  'javascript:',
  'data:',
  'blob:',
  'file:',
  '//',
  '/',
  '\\',
  '@',
  ':',
  '.',
  '#',
  '?',
  '%2f',
  '%00',
  'skeptic',
  'evil.example',
  'user',
  '\u0430',
  '\u202e',
  '\u3002',
  ' ',
  '\t',
)
const address = fc.oneof(
  fc.array(scraps, { maxLength: 9 }).map(parts => parts.join('')),
  fc.webUrl(),
  fc.string(),
)
const runs = { numRuns: 2000 }

test('an address of ours means the same to a parser that knows no standard schemes and to one that does', () => {
  const likely = fc.oneof(
    address,
    address.map(rest => `${OUR_ORIGIN}/${rest}`),
  )
  let ours = 0
  fc.assert(
    fc.property(likely, url => {
      if (!isOurUrl(url)) return
      ours++
      const asNode = new URL(url)
      const asChromium = new URL(url.replace(/^app:/, 'https:'))
      expect([asNode.protocol, asNode.host, asNode.username]).toEqual(['app:', 'skeptic', ''])
      expect([asChromium.host, asChromium.username, asChromium.port]).toEqual(['skeptic', '', ''])
    }),
    runs,
  )
  expect(ours).toBeGreaterThan(100)
})

test('what opens is https, shows its host, hides no credentials, and is understood the same a second time', () => {
  const likely = fc.oneof(
    address,
    address.map(rest => `https://${rest}`),
  )
  let opened = 0
  fc.assert(
    fc.property(likely, given => {
      const opening = whereMayOpen(given)
      if (opening.kind === 'nowhere') return
      opened++
      const url = new URL(opening.url)
      expect([url.protocol, url.host, url.username, url.password]).toEqual(['https:', opening.host, '', ''])
      expect(opening.host).toMatch(/^[\x21-\x7e]+$/)
      expect(whereMayOpen(opening.url)).toEqual(opening)
    }),
    runs,
  )
  expect(opened).toBeGreaterThan(100)
})

test('nothing off our origin is navigated to or requested, whatever it looks like', () => {
  fc.assert(
    fc.property(address, url => {
      for (const isMainFrame of [true, false]) expect(mayNavigate({ url, isMainFrame })).toBe(false)
      if (mayRequest(url)) expect(url).toMatch(/^(app:\/\/skeptic\/|blob:app:\/\/skeptic\/|data:)/)
    }),
    runs,
  )
})

const words = fc.oneof(
  fc.string(),
  fc.string().map(text => `--${text}`),
  fc.tuple(fc.constantFrom('skeptic', 'http', 'file', 'ms-x'), fc.string()).map(([scheme, text]) => `${scheme}:${text}`),
  fc.constantFrom('\\\\server\\share', '//server/share', '\\\\.\\C:', '--inspect', '--no-sandbox', 'C:\\x', './x', '..', '/x'),
)

test('a command line opens an absolute folder or nothing', () => {
  fc.assert(
    fc.property(fc.array(words, { maxLength: 4 }), fc.constantFrom('linux' as const, 'win32' as const), (given, platform) => {
      const folder = platform === 'win32' ? 'C:\\work' : '/work'
      const meaning = argvMeaning(given, { folder, platform })
      if (meaning.kind === 'refused') expect(meaning.word).toMatch(/^[\x20-\x7e]{0,83}$/)
      if (meaning.kind !== 'open') return
      expect(meaning.folder).toMatch(platform === 'win32' ? /^[A-Za-z]:\\/ : /^\//)
      expect(meaning.folder).not.toMatch(/^[\\/]{2}|\p{Cc}/u)
      expect(folderMeant(meaning.folder, { folder, platform })).toBe(meaning.folder)
    }),
    runs,
  )
})
