import { expect, test } from 'vitest'
import { emfOf } from '../../../host/node/reports/emf.ts'

const svg = (inner: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-10 -20 300 200" width="300" height="200">${inner}</svg>`

type Read = { readonly kind: number; readonly body: Buffer }

/** The records, as any reader walks over them. */
function recordsOf(emf: Uint8Array): readonly Read[] {
  const bytes = Buffer.from(emf)
  const records: Read[] = []
  for (let at = 0; at < bytes.length; ) {
    const size = bytes.readUInt32LE(at + 4)
    records.push({ kind: bytes.readUInt32LE(at), body: bytes.subarray(at + 8, at + size) })
    at += size
  }
  return records
}

const kindsOf = (inner: string) => recordsOf(emfOf(svg(inner))).map(({ kind }) => kind)
const textOf = ({ body }: Read) => body.toString('utf16le', 68, 68 + 2 * body.readUInt32LE(36))

test('the head says how long the file is, how many records and objects it has, and how large the picture is', () => {
  const emf = Buffer.from(emfOf(svg('<rect x="1" y="2" width="3" height="4" fill="#ff0000"/>')))
  expect(emf.readUInt32LE(0)).toBe(1)
  expect(emf.toString('latin1', 40, 44)).toBe(' EMF')
  expect(emf.readUInt32LE(48)).toBe(emf.length)
  expect(emf.readUInt32LE(52)).toBe(recordsOf(emf).length)
  expect([emf.readInt32LE(16), emf.readInt32LE(20)]).toEqual([300, 200])
  expect([emf.readInt32LE(32), emf.readInt32LE(36)]).toEqual([7938, 5292])
  expect(recordsOf(emf).at(-1)?.kind).toBe(14)
})

test('every record is a whole number of words long', () => {
  for (const { body } of recordsOf(emfOf(svg('<text x="1" y="2">odd</text><text x="1" y="2">even</text>'))))
    expect(body.length % 4).toBe(0)
})

test('texts stay words: entities are undone, tags left out, letters of every script kept', () => {
  const made = recordsOf(
    emfOf(
      svg(
        '<text x="5" y="6" text-anchor="middle" font-weight="600">A &amp; B &lt;c&gt; <tspan font-size="11">E-1</tspan></text><text x="1" y="1">口座 خدمة 👍</text>',
      ),
    ),
  ).filter(({ kind }) => kind === 84)
  expect(made.map(textOf)).toEqual(['A & B <c> E-1', '口座 خدمة 👍'])
  expect([made[0]?.body.readInt32LE(28), made[0]?.body.readInt32LE(32)]).toEqual([5 * 16, 6 * 16])
})

test('rectangles and paths become what they are', () => {
  expect(kindsOf('<rect x="0" y="0" width="9" height="9" fill="#ffffff" stroke="#000000"/>')).toContain(43)
  expect(kindsOf('<rect x="0" y="0" width="9" height="9" rx="2" fill="#ffffff" stroke="#000000"/>')).toEqual(
    expect.arrayContaining([59, 27, 54, 5, 61, 60, 63]),
  )
  expect(kindsOf('<path d="M0 0L5 5Q6 6 7 5" fill="none" stroke="#000000"/>')).toEqual(
    expect.arrayContaining([59, 27, 54, 5, 60, 64]),
  )
  expect(kindsOf('<path d="M0 0L5 5L5 0Z" fill="#000000"/>')).toEqual(expect.arrayContaining([61, 62]))
  expect(kindsOf('<path d="M0 6h9M0 3h9" fill="none" stroke="#000000"/>').filter(kind => kind === 54)).toHaveLength(2)
})

test('a colour that shines through is laid on white', () => {
  const brush = (opacity: string) =>
    recordsOf(emfOf(svg(`<rect x="0" y="0" width="9" height="9" fill="#000000"${opacity}/>`)))
      .find(({ kind }) => kind === 39)
      ?.body.readUInt32LE(8)
  expect(brush('')).toBe(0)
  expect(brush(' fill-opacity="0.5"')).toBe(0x808080)
})

test('the same picture gives the same bytes, and an empty one a whole file', () => {
  const one = svg('<text x="1" y="2">same</text>')
  expect(Buffer.from(emfOf(one)).equals(Buffer.from(emfOf(one)))).toBe(true)
  expect(recordsOf(emfOf('')).at(-1)?.kind).toBe(14)
})
