import { describe, expect, test } from 'vitest'
import { answer } from '../../electron/protocol.ts'
import { appCsp, MERMAID_PAGE, mermaidCsp } from '../../host/node/csp.ts'

const files = {
  '/index.html': { file: 'index.html', type: 'text/html; charset=utf-8' },
  [MERMAID_PAGE]: { file: 'frame.html', type: 'text/html; charset=utf-8' },
  '/assets/worker.js': { file: 'assets/worker.js', type: 'text/javascript; charset=utf-8' },
  '/gone.js': { file: 'gone.js', type: 'text/javascript; charset=utf-8' },
}

async function read(name: string): Promise<Uint8Array> {
  if (name === 'gone.js') throw new Error('ENOENT')
  return new TextEncoder().encode(name)
}

const ask = (url: string, method = 'GET') => answer({ url, method }, files, read)

describe('what is served', () => {
  test.each([
    ['app://skeptic/index.html', 'index.html', 'text/html; charset=utf-8'],
    ['app://skeptic/index.html?x=1', 'index.html', 'text/html; charset=utf-8'],
    ['app://skeptic/assets/worker.js', 'assets/worker.js', 'text/javascript; charset=utf-8'],
    ['app://skeptic/assets/../index.html', 'index.html', 'text/html; charset=utf-8'],
  ])('%s', async (url, body, type) => {
    const response = await ask(url)
    expect([response.status, await response.text(), response.headers.get('content-type')]).toEqual([200, body, type])
    expect(response.headers.get('content-security-policy')).toBe(appCsp())
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  })
  test('the diagram page, under its own policy', async () => {
    expect((await ask(`app://skeptic${MERMAID_PAGE}`)).headers.get('content-security-policy')).toBe(mermaidCsp())
  })
})

describe('what is not served still carries the policy', () => {
  test.each([
    ['app://skeptic/'],
    ['app://skeptic/nothing.html'],
    ['app://skeptic/gone.js'],
    ['app://skeptic/../../etc/passwd'],
    ['app://skeptic/%2e%2e/%2e%2e/etc/passwd'],
    ['app://skeptic/..%2f..%2fetc/passwd'],
    ['app://skeptic/assets'],
    ['app://skeptic/Index.html'],
    ['app://skeptic//index.html'],
    ['app://skeptic/index.html/'],
    ['app://skeptic/__proto__'],
    ['app://skeptic/constructor'],
    ['app://other/index.html'],
    ['app://user@skeptic/index.html'],
    ['https://skeptic/index.html'],
    ['not an address'],
    ['app://skeptic/index.html', 'POST'],
    ['app://skeptic/index.html', 'HEAD'],
  ])('%s %s', async (url, method = 'GET') => {
    const response = await ask(url, method)
    expect([response.status, await response.text()]).toEqual([404, ''])
    expect(response.headers.get('content-security-policy')).toBe(appCsp())
  })
})
