import { describe, expect, test } from 'vitest'
import { argvMeaning, ownWords } from '../../electron/argv.ts'

const linux = { folder: '/home/me', platform: 'linux' as const }
const windows = { folder: 'C:\\Users\\me', platform: 'win32' as const }

describe('which words are ours', () => {
  test.each([
    ['packaged', ['/opt/skeptic', 'design'], true, ['design']],
    ['packaged, nothing given', ['/opt/skeptic'], true, []],
    ['development', ['/x/electron', '.', 'design'], false, ['design']],
    ['development with switches for Electron', ['/x/electron', '--inspect=0', '.', 'design', '--x'], false, ['design', '--x']],
    ['development without an application', ['/x/electron', '--version'], false, []],
  ])('%s', (_what, argv, isPackaged, own) => expect(ownWords(argv, isPackaged)).toEqual(own))
})

describe('what they mean', () => {
  test.each([
    [[], { kind: 'start' }],
    [['--version'], { kind: 'version' }],
    [['design'], { kind: 'open', folder: '/home/me/design' }],
    [['../other/threat model'], { kind: 'open', folder: '/home/other/threat model' }],
    [['/srv/design/'], { kind: 'open', folder: '/srv/design' }],
    [['./skeptic:design'], { kind: 'open', folder: '/home/me/skeptic:design' }],
    [['--ozone-platform-hint=auto', '--lang=de-AT', 'design'], { kind: 'open', folder: '/home/me/design' }],
    [['-psn_0_12345'], { kind: 'start' }],
    [['bank.skeptic.json'], { kind: 'bundle', file: '/home/me/bank.skeptic.json' }],
    [['/srv/My Bank.SKEPTIC.JSON'], { kind: 'bundle', file: '/srv/My Bank.SKEPTIC.JSON' }],
    [['file:///srv/my%20bank%23.skeptic.json'], { kind: 'bundle', file: '/srv/my bank#.skeptic.json' }],
    [['/srv/.skeptic.json'], { kind: 'open', folder: '/srv/.skeptic.json' }],
    [['/srv/bank.json'], { kind: 'open', folder: '/srv/bank.json' }],
  ])('%j on Linux', (words, meaning) => expect(argvMeaning(words, linux)).toEqual(meaning))

  test.each([
    [['design'], { kind: 'open', folder: 'C:\\Users\\me\\design' }],
    [['D:\\x y\\design'], { kind: 'open', folder: 'D:\\x y\\design' }],
    [['c:/x'], { kind: 'open', folder: 'c:\\x' }],
    [['D:\\bank.skeptic.json'], { kind: 'bundle', file: 'D:\\bank.skeptic.json' }],
  ])('%j on Windows', (words, meaning) => expect(argvMeaning(words, windows)).toEqual(meaning))

  test.each([
    '--inspect',
    '--inspect-brk=9229',
    '--remote-debugging-port=9222',
    '--remote-debugging-pipe',
    '--disable-web-security',
    '--disable-site-isolation-trials',
    '--js-flags=--allow-natives-syntax',
    '--load-extension=/tmp/x',
    '--user-data-dir=/tmp/x',
    '--gpu-launcher=/bin/sh',
    '--renderer-cmd-prefix=/bin/sh',
    '--utility-cmd-prefix=sh',
    '--proxy-server=evil.example',
    '--host-rules=MAP * evil.example',
    '--require=/tmp/x.cjs',
    '--ozone-platform=x11 --no-sandbox',
    '--lang=../../x',
    '-e',
    '--',
    '--version=1',
    '--open-url=https://evil.example',
    'skeptic://open/?folder=/etc',
    'https://evil.example/',
    'file:///etc',
    'file://evil.example/share/x.skeptic.json',
    'file:////evil.example/share/x.skeptic.json',
    'file:///srv/x%2f..%2fy.skeptic.json',
    'file:///srv/x%00.skeptic.json',
    'file:///srv/x%ff.skeptic.json',
    'file:///srv/x%0a.skeptic.json',
    'file:///srv/x.skeptic.json?y',
    'file:srv/x.skeptic.json',
    'https://evil.example/x.skeptic.json',
    '\\\\evil.example\\share\\x.skeptic.json',
    '//evil.example/share/x.skeptic.json',
    '--x.skeptic.json',
    'javascript:alert(1)',
    'data:,x',
    'ms-settings:x',
    '\\\\evil.example\\share',
    '//evil.example/share',
    '\\\\?\\C:\\x',
    '\\\\.\\pipe\\x',
    '/\\evil.example\\share',
    'a\u0000b',
    'a\nb',
    '',
    'x'.repeat(5000),
  ])('%j is refused everywhere', word => {
    for (const place of [linux, windows]) {
      expect(argvMeaning([word], place).kind).toBe('refused')
      expect(argvMeaning(['design', word], place).kind).toBe('refused')
      expect(argvMeaning([word, 'design'], place).kind).toBe('refused')
    }
  })
  test('--no-sandbox has a meaning of its own, wherever it stands: an AppImage puts it before what was named', () => {
    for (const words of [['--no-sandbox'], ['--no-sandbox', 'design'], ['design', '--no-sandbox'], ['--no-sandbox', '--inspect']])
      for (const place of [linux, windows]) expect(argvMeaning(words, place)).toEqual({ kind: 'unsandboxed' })
  })
  test('a bundle and a folder are one too many', () => {
    expect(argvMeaning(['a', 'b.skeptic.json'], linux)).toEqual({ kind: 'refused', word: 'b.skeptic.json' })
  })
  test('two folders are one too many', () => {
    expect(argvMeaning(['a', 'b'], linux)).toEqual({ kind: 'refused', word: 'b' })
  })
  test('the refused word is shown short and printable', () => {
    expect(argvMeaning([`--\u001b[31m${'x'.repeat(200)}`], linux)).toEqual({
      kind: 'refused',
      word: `--?[31m${'x'.repeat(73)}...`,
    })
  })
})
