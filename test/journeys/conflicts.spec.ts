import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { type Served, serveWorkbench } from '../support/served-workbench.ts'
import { axeFindings, watchedPage } from '../support/watched-page.ts'
import { wideDesign } from '../support/wide-design.ts'

let folder: string
let served: Served | undefined
test.afterEach(async () => {
  await served?.stop()
  served = undefined
  rmSync(path.dirname(folder), { recursive: true, force: true })
})

/** What an editor and a window left behind that changed the same names, differently: the list that the host keeps. */
function withConflicts(): readonly string[] {
  folder = wideDesign(4)
  const files = readdirSync(path.join(folder, 'elements'))
    .filter(name => name.endsWith('.json'))
    .slice(0, 2)
  const rows = files.map(
    name => JSON.parse(readFileSync(path.join(folder, 'elements', name), 'utf8')) as { id: string; name: string },
  )
  const conflicts = rows.map(({ id, name }, at) => ({
    id: `000000000000000${at}`,
    at: '2026-11-22T16:00:00Z',
    ...{ table: 'elements', row: id, field: 'name', base: 'Before', ours: name, theirs: `Theirs ${at}` },
  }))
  mkdirSync(path.join(folder, '.skeptic'), { recursive: true })
  writeFileSync(path.join(folder, '.skeptic/conflicts.json'), JSON.stringify({ format: 1, conflicts }))
  return rows.map(({ id }) => id)
}

test('what was changed here and in the files waits in the status bar, and one of both values stands', async ({ browser }) => {
  const [first = '', second = ''] = withConflicts()
  served = await serveWorkbench(['--design', folder])
  const context = await browser.newContext()
  const { page, troubles } = await watchedPage(context, served.address)
  await page.getByRole('contentinfo').getByRole('button', { name: 'Decide…' }).press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Changed here and in the files' })
  await expect(dialog.getByRole('listitem')).toHaveCount(2)
  await expect.poll(() => axeFindings(page)).toEqual([])
  await dialog.getByRole('button', { name: `Take the file’s of ${first} name` }).press('Enter')
  await expect(dialog.getByRole('listitem')).toHaveCount(1)
  await expect(page.getByRole('contentinfo')).toContainText('1 conflict to decide')
  await dialog.getByRole('button', { name: `Keep ours of ${second} name` }).press('Enter')
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('contentinfo').getByRole('button', { name: 'Decide…' })).toHaveCount(0)
  const text = (id: string) => readFileSync(path.join(folder, 'elements', `${id}.json`), 'utf8')
  await expect.poll(() => text(first)).toContain('"Theirs 0"')
  expect(text(second)).not.toContain('Theirs')
  expect(await troubles()).toEqual([])
  await context.close()
})
