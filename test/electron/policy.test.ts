import { describe, expect, test } from 'vitest'
import {
  FRAME_URL,
  isOurUrl,
  isTrustedSender,
  mayDownload,
  mayGrantPermission,
  mayNavigate,
  mayRequest,
  OUR_ORIGIN,
  START_URL,
  whereMayOpen,
} from '../../electron/policy.ts'

/** Addresses that look like ours to a hurried reader or to one of two parsers. */
const NOT_OURS = [
  '',
  'app:',
  'app://',
  'app://skeptic',
  'app:skeptic/index.html',
  'app:/skeptic/index.html',
  'app:///skeptic/index.html',
  'APP://skeptic/',
  'app://Skeptic/',
  'app://skeptic.evil.example/',
  'app://skepticx/',
  'app://other/index.html',
  'app://skeptic:80/',
  'app://skeptic@evil.example/',
  'app://user:word@skeptic/',
  'app://evil.example\\@skeptic/',
  'app://skeptic\\@evil.example/',
  'app://skeptic/\\evil.example',
  ' app://skeptic/',
  'app://skeptic/\n',
  'app://skep\ttic/',
  'app://ske\u00adptic/',
  'app://skeptic/\u202ereversed',
  'app://\u0455keptic/',
  'app://skeptic\u3002evil/',
  'app:\u2215/skeptic/',
  'http://skeptic/',
  'https://skeptic/',
  'file:///skeptic/index.html',
  'javascript:app://skeptic/',
  'data:text/html,app://skeptic/',
  'blob:app://skeptic/1',
  'view-source:app://skeptic/',
  'about:blank',
  `app://skeptic/${'a'.repeat(3000)}`,
]

describe('whose address it is', () => {
  test.each([START_URL, FRAME_URL, `${OUR_ORIGIN}/`, `${OUR_ORIGIN}/assets/app-1.js?x=1#y`])('%s is ours', url => {
    expect(isOurUrl(url)).toBe(true)
  })
  test.each(NOT_OURS)('%j is not ours', url => {
    expect(isOurUrl(url)).toBe(false)
  })
})

describe('permissions', () => {
  test.each(['clipboard-sanitized-write', 'fullscreen'])('%s: our own page only', permission => {
    expect(mayGrantPermission({ permission, url: START_URL, isMainFrame: true })).toBe(true)
    expect(mayGrantPermission({ permission, url: FRAME_URL, isMainFrame: false })).toBe(false)
    for (const url of NOT_OURS) expect(mayGrantPermission({ permission, url, isMainFrame: true })).toBe(false)
  })
  test.each([
    'clipboard-read',
    'media',
    'geolocation',
    'notifications',
    'openExternal',
    'usb',
    'fileSystem',
    'local-fonts',
    'Fullscreen',
    '',
  ])('%j: never', permission => {
    expect(mayGrantPermission({ permission, url: START_URL, isMainFrame: true })).toBe(false)
  })
})

describe('senders', () => {
  const ours = { url: START_URL, origin: OUR_ORIGIN, isTop: true }
  test('the top frame of our page is trusted', () => expect(isTrustedSender(ours)).toBe(true))
  test.each([
    ['a frame that is gone', undefined],
    ['a frame inside our page', { ...ours, isTop: false }],
    ['a sandboxed frame with an opaque origin', { ...ours, origin: 'null' }],
    ['another origin under our address', { ...ours, origin: 'https://evil.example' }],
    ['our origin under another address', { ...ours, url: 'https://evil.example/' }],
    ['an origin that only starts like ours', { ...ours, origin: `${OUR_ORIGIN}.evil.example` }],
    ['a blank page', { ...ours, url: 'about:blank' }],
  ])('%s is not', (_what, sender) => expect(isTrustedSender(sender)).toBe(false))
})

describe('where a page may go and what it may load', () => {
  test('the window stays, or loads its page again; only the diagram page may stand in a frame', () => {
    expect(mayNavigate({ url: FRAME_URL, isMainFrame: false })).toBe(true)
    for (const url of [START_URL, `${START_URL}#/threats`]) expect(mayNavigate({ url, isMainFrame: true })).toBe(true)
    for (const url of [FRAME_URL, `${OUR_ORIGIN}/`, `${START_URL}?x`, `${START_URL}/#`, 'https://example.org/', ...NOT_OURS])
      expect(mayNavigate({ url, isMainFrame: true }), url).toBe(false)
    for (const url of [START_URL, `${FRAME_URL}?x`, `${FRAME_URL}#x`, 'https://example.org/', ...NOT_OURS])
      expect(mayNavigate({ url, isMainFrame: false }), url).toBe(false)
  })
  test.each([
    [START_URL, true],
    [`blob:${OUR_ORIGIN}/8d9f`, true],
    ['data:,', true],
    ['https://example.org/', false],
    ['http://127.0.0.1:9/', false],
    ['ws://localhost/', false],
    ['file:///etc/passwd', false],
    ['devtools://devtools/bundled/inspector.html', false],
    ['blob:https://evil.example/1', false],
    ['blob:app://skeptic.evil/1', false],
  ])('a request for %s: %s', (url, may) => expect(mayRequest(url)).toBe(may))
  test.each([
    [`blob:${OUR_ORIGIN}/8d9f`, true],
    [START_URL, false],
    ['https://example.org/setup.exe', false],
    ['data:application/octet-stream,x', false],
    ['file:///etc/passwd', false],
  ])('a download of %s: %s', (url, may) => expect(mayDownload(url)).toBe(may))
})

describe('where a link may open', () => {
  test.each([
    ['https://owasp.org/www-project', 'owasp.org', 'https://owasp.org/www-project'],
    ['HTTPS://OWASP.org', 'owasp.org', 'https://owasp.org/'],
    ['https://example.org:8443/a?b#c', 'example.org:8443', 'https://example.org:8443/a?b#c'],
    ['https://ex%41mple.org/', 'example.org', 'https://example.org/'],
    ['https://\u0430pple.example/', 'xn--pple-43d.example', 'https://xn--pple-43d.example/'],
    ['https://0x7f.1/', '127.0.0.1', 'https://127.0.0.1/'],
    ['https://[::1]/', '[::1]', 'https://[::1]/'],
  ])('%s shows %s', (given, host, url) => {
    expect(whereMayOpen(given)).toEqual({ kind: 'external', url, host })
  })
  test.each([
    '',
    'https:',
    'https://',
    'https:///evil.example',
    'https:evil.example',
    'https:/evil.example',
    'http://example.org/',
    'ftp://example.org/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'ms-msdt:/id',
    'smb://share/x',
    'mailto:a@b.example',
    'app://skeptic/index.html',
    'https://owasp.org@evil.example/',
    'https://user:word@evil.example/',
    'https://@evil.example/',
    'https:\\\\evil.example/',
    'https://evil.example\\@owasp.org/',
    'https://owasp.org/\u202eexe.pdf',
    'https://owasp.org\u200b.evil.example/',
    'https://owasp.org/ x',
    ' https://owasp.org/',
    'https://owasp.org/\r\nHost: x',
    'https://owasp.org/\u0000',
    'https://a b/',
    `https://owasp.org/${'a'.repeat(3000)}`,
  ])('%j opens nowhere', given => expect(whereMayOpen(given)).toEqual({ kind: 'nowhere' }))
})
