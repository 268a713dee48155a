import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { SaxesParser } from 'saxes'
import { expect, test } from 'vitest'
import { writeDocx } from '../../../host/node/reports/docx.ts'
import { sizeOfSvg } from '../../../host/node/reports/svg-size.ts'
import { A_REPORT } from './a-report.ts'
import { runQuietly } from './run-quietly.ts'

const parts = async () => {
  const files = unzipSync(await writeDocx(A_REPORT))
  return { files, document: strFromU8(files['word/document.xml'] ?? new Uint8Array()) }
}
const wordsIn = (xml: string) =>
  xml
    .replace(/<\/w:p>/g, '\n')
    .replace(/<[^>]+>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')

test('every part is well-formed, and everything the report says stands in it', async () => {
  const { files, document } = await parts()
  for (const [name, bytes] of Object.entries(files))
    if (/\.(xml|rels)$/.test(name)) new SaxesParser().write(strFromU8(bytes)).close()
  const words = wordsIn(document)
  for (const said of [
    'Threat model: Bank transfers',
    'Stale: W-0RD3R was prompted from an older state.',
    'The ledger is broken at its third entry.',
    'T-DEB1T has no answer.',
    'A customer debits [U+0000] another: grave & <b>real</b>, x < y',
    'Statement number 59',
    'No waiver stands.',
    'STRIDE by element',
    'Data-flow diagram',
  ])
    expect(words).toContain(said)
})

test('heads of tables repeat, rows stay whole, ids lead to their place, the picture says what it shows', async () => {
  const { files, document } = await parts()
  expect(document.match(/<w:tblHeader\/>/g)).toHaveLength(2)
  expect(document.match(/<w:cantSplit\/>/g)?.length).toBeGreaterThan(60)
  const places = new Set([...document.matchAll(/<w:bookmarkStart w:name="([^"]+)"/g)].map(found => found[1]))
  const leads = [...document.matchAll(/w:anchor="([^"]+)"/g)].map(found => found[1])
  expect(leads.length).toBeGreaterThan(60)
  for (const lead of leads) expect(places).toContain(lead)
  expect(document).toContain('descr="Customer sends an order to the transfer service."')
  expect(Object.keys(files).filter(name => name.endsWith('.svg'))).toHaveLength(1)
})

test('the same report gives the same bytes, and another time another', async () => {
  const [one, two] = [await writeDocx(A_REPORT), await writeDocx(A_REPORT)]
  expect(Buffer.from(one).equals(Buffer.from(two))).toBe(true)
  const later = await writeDocx({ ...A_REPORT, stamp: { ...A_REPORT.stamp, at: '2026-11-23T16:00:00Z' } })
  expect(Buffer.from(one).equals(Buffer.from(later))).toBe(false)
})

test('no part of it leads out of the document', async () => {
  const { files } = await parts()
  for (const [name, bytes] of Object.entries(files))
    if (name.endsWith('.rels')) expect(strFromU8(bytes)).not.toContain('TargetMode="External"')
})

test.each([
  ['<svg width="300" height="200px">', 300, 200],
  ['<svg viewBox="0 0 900 300">', 900, 300],
  ['<svg viewBox="0,0,10,20" width="100%">', 10, 20],
  ['no picture', 480, 480],
])('%s is %i by %i', (svg, width, height) => {
  expect(sizeOfSvg(svg)).toEqual({ width, height })
})

const OFFICE = ['/usr/bin/soffice', '/usr/bin/libreoffice', '/Applications/LibreOffice.app/Contents/MacOS/soffice'].find(place =>
  existsSync(place),
)

test.skipIf(OFFICE === undefined)('LibreOffice opens it and prints all of it', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'skeptic-office-'))
  try {
    writeFileSync(path.join(folder, 'report.docx'), await writeDocx(A_REPORT))
    await runQuietly(OFFICE ?? '', [
      `-env:UserInstallation=file://${folder}/profile`,
      '--headless',
      '--convert-to',
      'txt:Text',
      '--outdir',
      folder,
      path.join(folder, 'report.docx'),
    ])
    const text = readFileSync(path.join(folder, 'report.txt'), 'utf8')
    for (const said of ['Threat model: Bank transfers', 'Statement number 59', 'No waiver stands.', 'T-DEB1T has no answer.'])
      expect(text).toContain(said)
    await runQuietly(OFFICE ?? '', [
      `-env:UserInstallation=file://${folder}/profile`,
      '--headless',
      '--convert-to',
      'pdf',
      '--outdir',
      folder,
      path.join(folder, 'report.docx'),
    ])
    expect(readFileSync(path.join(folder, 'report.pdf')).subarray(0, 5).toString()).toBe('%PDF-')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
