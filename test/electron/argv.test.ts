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
  ])('%j on Linux', (words, meaning) => expect(argvMeaning(words, linux)).toEqual(meaning))

  test.each([
    [['design'], { kind: 'open', folder: 'C:\\Users\\me\\design' }],
    [['D:\\x y\\design'], { kind: 'open', folder: 'D:\\x y\\design' }],
    [['c:/x'], { kind: 'open', folder: 'c:\\x' }],
  ])('%j on Windows', (words, meaning) => expect(argvMeaning(words, windows)).toEqual(meaning))

  test.each([
    '--inspect',
    '--inspect-brk=9229',
    '--remote-debugging-port=9222',
    '--remote-debugging-pipe',
    '--no-sandbox',
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
