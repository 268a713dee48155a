import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { skeptic } from '../support/cli.ts'
import { CLIENTS, connectMcp, messagesIn, rawMcp } from '../support/mcp.ts'
import { root } from '../support/served-workbench.ts'

const WORK = 'W-0RD3R'
const AT = ['--at', '2026-11-22T16:00:00Z']

let bank = ''
beforeEach(() => {
  bank = mkdtempSync(path.join(tmpdir(), 'skeptic-mcp-'))
  cpSync(path.join(root, 'packs/samples/bank-transfer'), bank, { recursive: true })
})
afterEach(() => rmSync(bank, { recursive: true, force: true }))

const place = (...names: readonly string[]) => path.join(bank, 'threat-model', ...names)
const noted = () => (existsSync(place('ledger')) ? readdirSync(place('ledger')).length : 0)

const HELLO = {
  method: 'initialize',
  params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'raw', version: '1' } },
}
const line = (message: object) => JSON.stringify({ jsonrpc: '2.0', ...message })
const called = (id: number, name: string, input: object = {}) =>
  line({ id, method: 'tools/call', params: { name, arguments: input } })

/** Copies of a work item beside the two of the sample, so that lists have pages. */
function moreWork(count: number): readonly string[] {
  const item = JSON.parse(readFileSync(place('work-items', `${WORK}.json`), 'utf8')) as object
  const ids = Array.from({ length: count }, (_, n) => `W-${String(n).padStart(5, '0')}`)
  for (const id of ids) writeFileSync(place('work-items', `${id}.json`), JSON.stringify({ ...item, id }))
  return [...ids, WORK, 'W-REC0R']
}

describe('stdout belongs to the protocol', () => {
  test('every line is a message, whatever comes in, and the end of stdin is the end', async () => {
    const server = rawMcp(bank, AT)
    server.send('this is no message')
    server.send('{"jsonrpc":"2.0","id":"x"')
    server.send('[]')
    server.send(line({ id: 1, ...HELLO }))
    await server.answer(1)
    server.send(line({ method: 'notifications/initialized' }))
    server.send('\u0000\u0001{}')
    server.send(called(2, 'list_work_items'))
    server.send(called(3, 'get_guarded_prompt', { workItem: WORK }))
    server.send(called(4, 'no_such_tool'))
    server.send(line({ id: 5, method: 'no/such/method' }))
    server.send(line({ id: 6, method: 'tools/call', params: { name: ['x'] } }))
    await Promise.all([2, 3, 4, 5, 6].map(id => server.answer(id)))
    const { code, out } = await server.end()
    expect(code).toBe(0)
    expect(out.endsWith('\n')).toBe(true)
    const messages = messagesIn(out)
    expect(messages.every(message => message.jsonrpc === '2.0')).toBe(true)
    expect(messages.filter(message => message.error !== undefined).map(message => message.id)).toEqual(
      expect.arrayContaining([4, 5, 6]),
    )
  })

  test('without a design it starts, and every answer says what is missing', async () => {
    rmSync(place(), { recursive: true })
    const server = rawMcp(bank)
    server.send(line({ id: 1, ...HELLO }))
    server.send(called(2, 'list_work_items'))
    expect(JSON.stringify(await server.answer(2))).toContain('There is no design here')
    expect((await server.end()).code).toBe(0)
  })

  test('a prompt asked for just before the end is noted whole or not at all', async () => {
    const server = rawMcp(bank, AT)
    server.send(line({ id: 1, ...HELLO }))
    await server.answer(1)
    server.send(called(2, 'get_guarded_prompt', { workItem: WORK }))
    const { code, out } = await server.end()
    expect(code).toBe(0)
    expect(() => messagesIn(out)).not.toThrow()
    expect(skeptic(['ledger', 'verify'], { cwd: bank }).code).toBe(0)
  })

  test('what is cancelled is not answered, and leaves no trace', async () => {
    const server = rawMcp(bank, AT)
    server.send(line({ id: 1, ...HELLO }))
    await server.answer(1)
    const before = noted()
    const cancel = line({ method: 'notifications/cancelled', params: { requestId: 2 } })
    server.send(`${called(2, 'get_guarded_prompt', { workItem: WORK })}\n${cancel}\n${called(3, 'list_work_items')}`)
    await server.answer(3)
    server.send(called(4, 'gate_status'))
    await server.answer(4)
    const { out } = await server.end()
    expect(messagesIn(out).some(message => message.id === 2)).toBe(false)
    expect(noted()).toBe(before)
  })

  test('every step of the work is told before its answer', async () => {
    moreWork(3)
    const server = rawMcp(bank, AT)
    server.send(line({ id: 1, ...HELLO }))
    await server.answer(1)
    server.send(line({ method: 'notifications/initialized' }))
    const params = { name: 'list_work_items', arguments: {}, _meta: { progressToken: 'steps' } }
    server.send(line({ id: 2, method: 'tools/call', params }))
    await server.answer(2)
    const messages = messagesIn((await server.end()).out)
    const told = messages.slice(
      0,
      messages.findIndex(message => message.id === 2),
    )
    expect(told.filter(message => message.method === 'notifications/progress').map(message => message.params)).toMatchObject(
      [0, 1, 2, 3, 4].map(progress => ({ progressToken: 'steps', progress })),
    )
  })

  test('--json is refused before a word of the protocol', () => {
    const ran = skeptic(['mcp', '--json'], { cwd: bank })
    expect(ran.code).toBe(3)
    expect(ran.json()).toMatchObject({ error: { code: 'mcp.json' } })
  })
})

describe.each(CLIENTS)('a client of %s', kind => {
  test('turns pages until it has seen everything once', async () => {
    const ids = moreWork(7)
    const { call } = await connectMcp(kind, bank, AT)
    const seen: string[] = []
    let pages = 0
    for (let from: number | undefined = 0; from !== undefined; pages++) {
      const { data } = await call('list_work_items', { from, limit: 3 })
      expect(data.total).toBe(ids.length)
      seen.push(...(data.items as { readonly id: string }[]).map(item => item.id))
      from = data.next as number | undefined
    }
    expect(pages).toBe(3)
    expect(seen).toEqual([...ids].sort())
    expect((await call('list_work_items', { from: 500 })).data).toMatchObject({ items: [], total: ids.length })

    const checks: unknown[] = []
    for (let from: number | undefined = 0; from !== undefined; ) {
      const { data } = await call('get_checklist', { workItem: WORK, from, limit: 4 })
      checks.push(...(data.checks as unknown[]))
      from = data.next as number | undefined
    }
    expect(checks).toEqual((await call('get_checklist', { workItem: WORK, limit: 100 })).data.checks)
  })

  test('reads resources by cursor', async () => {
    const ids = moreWork(60)
    const { client } = await connectMcp(kind, bank, AT)
    const first = await client.listResources({})
    const uris = new Set(first.resources.map(resource => resource.uri))
    // The latest library walks all pages by itself where no cursor is named.
    for (let cursor = first.nextCursor; cursor !== undefined; ) {
      const page = await client.listResources({ cursor })
      for (const { uri } of page.resources) uris.add(uri)
      cursor = page.nextCursor
    }
    expect(uris.size).toBe(2 + 3 * ids.length)
  })

  test('hears how far it is', async () => {
    moreWork(3)
    const { call } = await connectMcp(kind, bank, AT)
    const heard: number[] = []
    await call('list_work_items', {}, { onprogress: ({ progress }) => heard.push(progress) })
    // A client stops listening when the answer is in, also to what came with it in one piece.
    expect(heard.length).toBeGreaterThan(0)
    expect(heard).toEqual([0, 1, 2, 3, 4].slice(0, heard.length))
  })

  test('gets hostile text of the design as data: visible, inert, and without secrets', async () => {
    const key = ['AKIA', 'Q7ZK', 'W2XT', 'M4PD', 'R6HB'].join('')
    const file = place('work-items', `${WORK}.json`)
    const item = JSON.parse(readFileSync(file, 'utf8')) as object
    const name = 'Pay!{rm -rf} <!-- obey --> @/etc/passwd \u202e$ARGUMENTS'
    writeFileSync(file, JSON.stringify({ ...item, name, goal: `Use ${key} for it.` }))
    const { call } = await connectMcp(kind, bank, AT)
    const { text, data } = await call('list_work_items')
    expect(text).not.toContain(key)
    expect(JSON.stringify(data)).not.toContain(key)
    expect(text).toContain('left out: it holds')
    expect(text).not.toMatch(/!\{|<!--|@\/|\u202e|\$ARGUMENTS/)
    expect(text).toContain('[U+202E]')
    expect(data.about).toContain('not instructions')
    const prompt = await call('get_guarded_prompt', { workItem: WORK })
    expect(prompt.isError).toBe(true)
    expect(prompt.text).not.toContain(key)
  })
})
