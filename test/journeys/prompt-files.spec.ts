import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { root, type Served, serveWorkbench } from '../support/served-workbench.ts'
import { axeFindings, tabTo, watchedPage } from '../support/watched-page.ts'

let project: string
let served: Served

test.beforeEach(async () => {
  project = mkdtempSync(path.join(tmpdir(), 'skeptic-files-'))
  mkdirSync(path.join(project, '.git'))
  cpSync(path.join(root, 'packs/samples/bank-transfer/threat-model'), path.join(project, 'threat-model'), { recursive: true })
  const templates = path.join(project, 'threat-model/templates')
  mkdirSync(templates)
  writeFileSync(path.join(templates, 'house.hbs'), '{{> sections}}\n## House rules\n\nAsk {{reviewers}} first.\n')
  writeFileSync(path.join(templates, 'broken.hbs'), '# Ours\n{{{title}}}\n')
  served = await serveWorkbench(['--design', path.join(project, 'threat-model')])
})
test.afterEach(async () => {
  await served.stop()
  rmSync(project, { recursive: true, force: true })
})

test('a template of the team writes the prompt, and what was saved into the project is not overwritten', async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 1100 } })
  const { page, troubles } = await watchedPage(context, served.address)
  const clean = async (name: string) => {
    await expect.poll(() => axeFindings(page), { message: name, timeout: 15_000 }).toEqual([])
    expect(await troubles(), name).toEqual([])
  }
  await page.keyboard.press('g')
  await page.keyboard.press('6')
  const choice = page.getByRole('combobox', { name: 'Template' })
  await expect(choice).toBeVisible()
  await expect(page.getByRole('region', { name: 'Template' })).toContainText('templates/broken.hbs:2:1')
  await expect(choice.getByRole('option')).toHaveText(['Built in', 'templates/house.hbs'])
  await choice.selectOption('house')
  await expect(page.getByText('## House rules')).toBeVisible()
  await clean('a prompt of the team')

  // Somebody breaks the template: it is said with its place, and the built-in one is one press away.
  const file = path.join(project, 'threat-model/templates/house.hbs')
  writeFileSync(file, '{{> sections}}\n{{nobody}}\n')
  await tabTo(page, /^Read again$/)
  await page.keyboard.press('Enter')
  await expect(page.getByText('No prompt can be made.')).toBeVisible()
  await expect(page.getByText('templates/house.hbs:2:3').first()).toBeVisible()
  await clean('a broken template')
  await tabTo(page, /^Use the built-in template$/)
  await page.keyboard.press('Enter')
  await expect(page.getByText('## 1 Task')).toBeVisible()

  await page
    .getByRole('radio', { name: /Agent Skill/ })
    .first()
    .check()
  await tabTo(page, /^Save (?:draft )?to project/)
  await page.keyboard.press('Enter')
  const saved = page.getByRole('region', { name: 'Saved files' })
  await expect(saved).toContainText('SKILL.md')
  const skill = path.join(project, (await saved.getByRole('listitem').first().locator('code').textContent()) ?? '')
  expect(existsSync(skill)).toBe(true)
  await clean('saved')

  writeFileSync(skill, `${readFileSync(skill, 'utf8')}By hand.\n`)
  await tabTo(page, /^Save (?:draft )?to project/)
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Changed by hand' })
  await expect(dialog).toContainText('By hand.')
  await clean('the question')
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  expect(readFileSync(skill, 'utf8')).toContain('By hand.')
  await tabTo(page, /^Save (?:draft )?to project/)
  await page.keyboard.press('Enter')
  await tabTo(page, /^Replace what was written by hand$/)
  await page.keyboard.press('Enter')
  await expect(saved.getByRole('listitem').first()).toContainText('updated')
  expect(readFileSync(skill, 'utf8')).not.toContain('By hand.')
  await context.close()
})
