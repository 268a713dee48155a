import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { lockerService } from '../src/lockers.js'
import { server } from '../src/server.js'

function made() {
  const opened = []
  const lines = []
  const clock = { at: Date.parse('2026-01-01T00:00:00Z') }
  const parcels = new Map([
    ['12345678', { bank: 'B1', locker: 7 }],
    ['87654321', { bank: 'B2', locker: 2 }],
  ])
  const enter = lockerService({ parcels, log: line => lines.push(line), open: one => opened.push(one), now: () => clock.at })
  const wrong = (bank, times) => Array.from({ length: times }, () => enter({ bank, code: '00000000' }).result)
  return { enter, wrong, opened, lines, clock }
}

test('RKC8H1 a valid code opens the locker that holds the parcel, once', () => {
  const { enter, opened } = made()
  assert.equal(enter({ bank: 'B1', code: '12345678' }).result, 'opened')
  assert.equal(enter({ bank: 'B1', code: '12345678' }).result, 'refused')
  assert.deepEqual(opened, [{ bank: 'B1', locker: 7 }])
})

test('R0TT3A five wrong codes at one bank pause it for fifteen minutes', () => {
  const { enter, wrong, clock } = made()
  wrong('B1', 5)
  assert.equal(enter({ bank: 'B1', code: '12345678' }).result, 'paused')
  clock.at += 15 * 60_000
  assert.equal(enter({ bank: 'B1', code: '12345678' }).result, 'opened')
})

test('RD1TJR each attempt is logged with bank, time and result, and not the code', () => {
  const { enter, lines } = made()
  enter({ bank: 'B1', code: '12345678' })
  assert.deepEqual(JSON.parse(lines[0]), { bank: 'B1', at: '2026-01-01T00:00:00.000Z', result: 'opened' })
})

test('T4GM37_MK7F1E TS0D8B_MR3XAM over the limit is refused, another bank is still served', () => {
  const { enter, wrong } = made()
  wrong('B1', 5)
  assert.deepEqual(wrong('B1', 3), ['paused', 'paused', 'paused'])
  assert.equal(enter({ bank: 'B2', code: '87654321' }).result, 'opened')
})

test('T79AGP_M8QSD9 no log line holds a code, with success and with failure', () => {
  const { enter, lines } = made()
  for (const code of ['12345678', '99999999', 'marked-secret']) enter({ bank: 'B1', code })
  for (const line of lines) assert.doesNotMatch(line, /12345678|99999999|marked-secret/)
})

test('TEGZWG_MA548W a code of another bank opens nothing, and there is one route', async () => {
  const { enter, opened } = made()
  assert.equal(enter({ bank: 'B1', code: '87654321' }).result, 'refused')
  assert.deepEqual(opened, [])
  const listening = server(enter).listen(0)
  await once(listening, 'listening')
  const { port } = listening.address()
  for (const [method, path] of [
    ['GET', '/pick-up'],
    ['POST', '/open'],
    ['DELETE', '/pick-up'],
  ])
    assert.equal((await fetch(`http://127.0.0.1:${port}${path}`, { method })).status, 404)
  listening.close()
})

test('whatever is entered opens no locker without a code of that bank', () => {
  const { enter, opened } = made()
  for (const code of [undefined, null, 0, {}, [], '', '1234567', '123456789', '__proto__', '\u0000'.repeat(8)])
    enter({ bank: 'B2', code })
  assert.deepEqual(opened, [])
})
