import { expect, type Page, test } from '@playwright/test'
import { type Served, serveWorkbench } from '../support/served-workbench.ts'
import { axeFindings, watchedPage } from '../support/watched-page.ts'

let served: Served
test.beforeEach(async () => {
  served = await serveWorkbench(['--sample'])
})
test.afterEach(() => served.stop())

const said = (page: Page) => page.getByRole('contentinfo').getByRole('status')
const box = (page: Page, name: string) => page.locator('.react-flow__node-element', { hasText: name }).first()
const boundary = (page: Page, name: string) => page.locator('.react-flow__node-boundary', { hasText: name }).first()
const nameField = (page: Page) => page.locator('.react-flow__node').getByRole('textbox', { name: 'Name' })

async function openCanvas(page: Page) {
  await page.keyboard.press('g')
  await page.keyboard.press('2')
  await expect(box(page, 'Customer')).toBeVisible()
  // The view settles around everything before anything is measured.
  await page.waitForTimeout(300)
}

type Spot = { readonly x: number; readonly y: number }
type Rect = Spot & { readonly width: number; readonly height: number }

async function rectOf(page: Page, name: string): Promise<Rect> {
  const rect = await box(page, name).boundingBox()
  if (!rect) throw new Error(`${name} is not on screen`)
  return rect
}

async function drag(page: Page, from: Spot, to: Spot) {
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move(from.x + 12, from.y + 12, { steps: 3 })
  await page.mouse.move(to.x, to.y, { steps: 8 })
  await page.mouse.up()
}

const middle = ({ x, y, width, height }: Rect) => ({ x: x + width / 2, y: y + height / 2 })

test('whoever comes to the model can use its single keys at once', async ({ context }) => {
  const { page, troubles } = await watchedPage(context, served.address)
  const armed = (name: string) => page.getByRole('button', { name }).and(page.locator('[aria-pressed="true"]'))
  const drawing = page.locator('[data-focus="canvas"]')

  await test.step('by G 2, whose focus is on the drawing', async () => {
    await page.keyboard.press('g')
    await page.keyboard.press('1')
    await page.keyboard.press('g')
    await page.keyboard.press('2')
    await expect(drawing).toBeFocused()
    await page.keyboard.press('p')
    await expect(said(page)).toHaveText('Process: click where it belongs, or press Enter.')
    await expect(armed('Draw process')).toHaveCount(1)
    await page.keyboard.press('Escape')
  })

  await test.step('from the palette, by undo and by going back', async () => {
    await box(page, 'Ledger').focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('g')
    await page.keyboard.press('5')
    await page.keyboard.press('Control+k')
    await page.keyboard.type('go to: 2 model')
    await page.keyboard.press('Enter')
    await expect(drawing).toBeFocused()
    await page.keyboard.press('g')
    await page.keyboard.press('3')
    await page.keyboard.press('Control+z')
    await expect(page).toHaveURL(/#\/model/)
    await expect(drawing).toBeFocused()
    await page.keyboard.press('s')
    await expect(said(page)).toHaveText('Data store: click where it belongs, or press Enter.')
    await page.keyboard.press('Escape')
  })

  await test.step('and on the outline while that is shown', async () => {
    await page.keyboard.press('o')
    await page.keyboard.press('g')
    await page.keyboard.press('1')
    await page.keyboard.press('g')
    await page.keyboard.press('2')
    await expect(page.getByRole('treeitem').first()).toBeFocused()
    await page.keyboard.press('o')
    await expect(drawing).toBeFocused()
  })

  await test.step('what is typed in a field stays there', async () => {
    await box(page, 'Ledger').click()
    const name = page.getByTestId('inspector').getByRole('textbox', { name: 'Name' })
    await name.focus()
    await name.press('End')
    await page.keyboard.type('g2')
    await expect(name).toBeFocused()
    await expect(name).toHaveValue('Ledgerg2')
  })

  expect(await troubles()).toEqual([])
})

test('drawing with the mouse', async ({ context }) => {
  const { page, troubles } = await watchedPage(context, served.address)
  await openCanvas(page)

  await test.step('a drag from a grip onto empty space asks for the shape and makes both', async () => {
    const customer = await rectOf(page, 'Customer')
    const ground = { x: customer.x + 60, y: customer.y + 230 }
    await box(page, 'Customer').hover()
    await drag(page, { x: customer.x + customer.width / 2, y: customer.y + customer.height }, ground)
    const picker = page.getByRole('menu', { name: 'What does the flow lead to?' })
    await expect(picker.getByRole('menuitem').first()).toBeFocused()
    expect(await axeFindings(page)).toEqual([])
    await picker.getByRole('menuitem', { name: 'External entity' }).click()
    await expect(said(page)).toHaveText('External entity added with a data flow from Customer. Type its name.')
    await nameField(page).fill('Support desk')
    await page.keyboard.press('Enter')
    await expect(page.locator('.react-flow__edge[aria-label^="Data flow Customer to Support desk"]')).toHaveCount(1)
  })

  await test.step('two clicks on empty ground make a process, also inside a boundary', async () => {
    const rect = await rectOf(page, 'Support desk')
    await page.mouse.dblclick(rect.x + rect.width + 190, rect.y + rect.height / 2)
    await expect(nameField(page)).toHaveValue('New process')
    await nameField(page).fill('Mailer')
    await page.keyboard.press('Enter')
    const bank = await boundary(page, 'Bank network').boundingBox()
    await page.mouse.dblclick((bank?.x ?? 0) + 60, (bank?.y ?? 0) + 70)
    await nameField(page).fill('Limits')
    await page.keyboard.press('Enter')
    await expect(page.getByTestId('inspector').getByRole('combobox', { name: 'Trust boundary' })).toHaveValue(/^B-/)
  })

  await test.step('a tool used on an element puts the new one beside it, in the same boundary', async () => {
    await box(page, 'Transfer service').focus()
    await page.keyboard.press('s')
    await box(page, 'Transfer service').click()
    await expect(said(page)).toHaveText('Data store added beside Transfer service. Type its name.')
    await expect(nameField(page)).toBeFocused()
    await nameField(page).fill('Quotas')
    await page.keyboard.press('Enter')
    await expect(box(page, 'Quotas')).toHaveClass(/selected/)
    await expect(page.getByTestId('inspector').getByRole('combobox', { name: 'Trust boundary' })).toHaveValue('B-BANK1')
    const [made, service] = [await rectOf(page, 'Quotas'), await rectOf(page, 'Transfer service')]
    expect(
      made.x + made.width <= service.x ||
        service.x + service.width <= made.x ||
        made.y + made.height <= service.y ||
        service.y + service.height <= made.y,
    ).toBe(true)
    await page.keyboard.press('Delete')
  })

  await test.step('a drop inside a boundary makes membership and says so; undo takes it back and leads there', async () => {
    const mailer = await rectOf(page, 'Mailer')
    const audit = await rectOf(page, 'Audit log')
    await drag(page, middle(mailer), { x: middle(audit).x, y: audit.y - 40 })
    await expect(said(page)).toHaveText('Mailer is now in Records zone.')
    await page.keyboard.press('g')
    await page.keyboard.press('1')
    await page.keyboard.press('Control+z')
    await expect(page).toHaveURL(/#\/model/)
    await expect(said(page)).toHaveText('Undid: move Mailer.')
    await expect(page.getByTestId('inspector').getByRole('combobox', { name: 'Trust boundary' })).toHaveValue('B-BANK1')
  })

  await test.step('Shift adds to what is selected, and a box takes what it covers', async () => {
    await box(page, 'Customer').click()
    await box(page, 'Ledger').click({ modifiers: ['Shift'] })
    await expect(page.locator('.react-flow__node.selected')).toHaveCount(2)
    const pane = await page.locator('.react-flow').boundingBox()
    await page.keyboard.press('Escape')
    await page.keyboard.down('Shift')
    await drag(
      page,
      { x: (pane?.x ?? 0) + 60, y: (pane?.y ?? 0) + 60 },
      { x: (pane?.x ?? 0) + (pane?.width ?? 0) - 30, y: (pane?.y ?? 0) + (pane?.height ?? 0) - 150 },
    )
    await page.keyboard.up('Shift')
    await expect(boundary(page, 'Bank network')).toHaveClass(/selected/)
    expect(await page.evaluate(() => getSelection()?.toString())).toBe('')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+a')
    await expect(said(page)).toHaveText(/^1\d things selected\.$|^2\d things selected\.$/)
  })

  expect(await troubles()).toEqual([])
})

test('the same with the keyboard alone, and what only colours say', async ({ context }) => {
  const { page, troubles } = await watchedPage(context, served.address)
  await openCanvas(page)
  await box(page, 'Transfer service').focus()

  await test.step('C makes a new element with its flow', async () => {
    await page.keyboard.press('c')
    await page.keyboard.type('new data')
    await page.keyboard.press('Enter')
    await expect(said(page)).toHaveText('Data store added with a data flow from Transfer service. Type its name.')
    await expect(nameField(page)).toBeFocused()
    await page.keyboard.press('Control+a')
    await page.keyboard.type('Limits')
    await page.keyboard.press('Enter')
    await expect(box(page, 'Limits')).toBeFocused()
  })

  await test.step('arrows move it, Shift faster, M puts it into a boundary', async () => {
    const before = await rectOf(page, 'Limits')
    await page.keyboard.press('ArrowDown')
    await expect(page.getByRole('button', { name: 'Undo move Limits' })).toBeEnabled()
    const slow = await rectOf(page, 'Limits')
    await page.keyboard.press('Shift+ArrowDown')
    await expect.poll(async () => (await rectOf(page, 'Limits')).y - slow.y).toBeGreaterThan((slow.y - before.y) * 2)
    await page.keyboard.press('m')
    await page.keyboard.type('records')
    await page.keyboard.press('Enter')
    await expect(said(page)).toHaveText('Limits is now in Records zone.')
  })

  await test.step('A adds to the selection, and brackets size a boundary', async () => {
    await box(page, 'Customer').focus()
    await page.keyboard.press('a')
    await page.keyboard.type('partner')
    await page.keyboard.press('Enter')
    await expect(said(page)).toHaveText('Partner bank added; 2 things selected.')
    await expect(page.locator('.react-flow__node.selected')).toHaveCount(2)
    await boundary(page, 'Records zone').focus()
    await page.keyboard.press(']')
    await expect(page.getByRole('button', { name: 'Undo resize Records zone' })).toBeEnabled()
    await page.keyboard.press('Control+z')
    await expect(said(page)).toHaveText('Undid: resize Records zone.')
  })

  await test.step('copy and paste, with the decisions left out unless asked for', async () => {
    await box(page, 'Transfer service').focus()
    await page.keyboard.press('Control+c')
    await expect(said(page)).toHaveText('Copied 1 thing.')
    await page.keyboard.press('Control+v')
    const dialog = page.getByRole('dialog', { name: 'Paste: what about the decisions?' })
    await expect(dialog.getByRole('button', { name: 'Paste without decisions' })).toBeFocused()
    await expect(dialog.getByRole('checkbox', { name: /Carry the decisions over/ })).not.toBeChecked()
    expect(await axeFindings(page)).toEqual([])
    await page.keyboard.press('Enter')
    await expect(said(page)).toHaveText('Pasted 1 thing.')
    await expect(box(page, 'Transfer service 2')).toBeVisible()
    await page.keyboard.press('Control+v')
    await expect(dialog).toBeVisible()
    await dialog.getByRole('checkbox').focus()
    await page.keyboard.press('Space')
    await page.keyboard.press('Enter')
    await expect(said(page)).toHaveText('Pasted 1 thing with their decisions.'.replace('their', 'its'))
    await page.keyboard.press('Control+z')
    await expect(said(page)).toHaveText('Undid: paste 1 thing.')
    await page.keyboard.press('Control+z')
    await expect(box(page, 'Transfer service 2')).toHaveCount(0)
  })

  await test.step('each heat has a legend that says it in words and numbers', async () => {
    for (const [typed, name] of [
      ['heat: open', 'Open threats'],
      ['heat: highest', 'Highest severity'],
      ['heat: data', 'Data class'],
      ['heat: not looked', 'Not looked at yet'],
    ] as const) {
      await page.keyboard.press('Control+k')
      await page.keyboard.type(typed)
      await expect(page.getByRole('listbox', { name: 'Results' }).getByRole('option', { selected: true })).toContainText(
        name.toLowerCase(),
      )
      await page.keyboard.press('Enter')
      await expect(page.getByRole('region', { name: `Legend: ${name}` })).toBeVisible()
      expect(await axeFindings(page)).toEqual([])
    }
    await page.getByLabel('Heat', { exact: true }).selectOption('data')
    await expect(page.getByRole('region', { name: 'Legend: Data class' })).toContainText('restricted')
    await expect(box(page, 'Ledger')).toContainText('D3')
  })

  await test.step('the minimap can be put away, and stays away', async () => {
    await expect(page.getByRole('img', { name: /^Minimap/ })).toBeVisible()
    await page.getByRole('button', { name: 'Minimap' }).focus()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('img', { name: /^Minimap/ })).toHaveCount(0)
    await page.reload()
    await openCanvas(page)
    await expect(page.getByRole('img', { name: /^Minimap/ })).toHaveCount(0)
  })

  expect(await troubles()).toEqual([])
})

test('one undo for drawing, text and tables, and it leads there', async ({ context }) => {
  const { page, troubles } = await watchedPage(context, served.address)
  await openCanvas(page)
  await box(page, 'Ledger').focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('g')
  await page.keyboard.press('1')
  const statement = page.getByRole('textbox', { name: /^Statement of R-/ }).first()
  await statement.fill('The service shall book each order once.')
  await statement.blur()
  await page.keyboard.press('g')
  await page.keyboard.press('3')
  await page.getByRole('tab', { name: /^Not applicable/ }).click()
  await page
    .getByRole('row', { name: /, not applicable/i })
    .first()
    .click()
  await page.keyboard.press('s')
  await expect(said(page)).toHaveText(/undecided/)
  await page.keyboard.press('g')
  await page.keyboard.press('5')
  await page.keyboard.press('Control+z')
  await expect(page).toHaveURL(/#\/threats/)
  await expect(said(page)).toHaveText(/^Undid: .*undecided/)
  await page.keyboard.press('Control+z')
  await expect(page).toHaveURL(/#\/scope/)
  await expect(said(page)).toHaveText(/^Undid: /)
  await page.keyboard.press('Control+z')
  await expect(page).toHaveURL(/#\/model/)
  await expect(said(page)).toHaveText('Undid: move Ledger.')
  await expect(box(page, 'Ledger')).toHaveClass(/selected/)
  await page.keyboard.press('Control+Shift+z')
  await expect(said(page)).toHaveText('Did again: move Ledger.')
  expect(await troubles()).toEqual([])
})

test('the sides of what is selected: info, threats, comments and history, kept from object to object', async ({ context }) => {
  const { page, troubles } = await watchedPage(context, served.address)
  await openCanvas(page)
  const inspector = page.getByTestId('inspector')
  const tab = (name: RegExp) => inspector.getByRole('tab', { name })
  await box(page, 'Transfer service').focus()
  await expect(tab(/^Info/)).toHaveAttribute('aria-selected', 'true')

  await test.step('by keyboard: threats with where they stand, and what the rules found', async () => {
    await tab(/^Info/).focus()
    await page.keyboard.press('ArrowRight')
    await expect(tab(/^Threats/)).toBeFocused()
    await expect(
      inspector
        .getByRole('region', { name: /^Threats \([1-9]/ })
        .getByRole('listitem')
        .first(),
    ).toContainText(/T-/)
    await expect(inspector.getByRole('region', { name: /^Findings \([1-9]/ })).toBeVisible()
    expect(await axeFindings(page)).toEqual([])
    await box(page, 'Audit log').click()
    await expect(tab(/^Threats/)).toHaveAttribute('aria-selected', 'true')
    await boundary(page, 'Records zone').focus()
    await expect(tab(/^Info/)).toHaveAttribute('aria-selected', 'true')
    await box(page, 'Transfer service').click()
    await expect(tab(/^Threats/)).toHaveAttribute('aria-selected', 'true')
  })

  await test.step('a comment is written and resolved', async () => {
    await page.keyboard.press('Control+k')
    await page.keyboard.type('inspector: comments')
    await page.keyboard.press('Enter')
    await expect(inspector.getByRole('textbox', { name: 'New comment' })).toBeFocused()
    await page.keyboard.type('Who may read it at night?')
    await page.keyboard.press('Enter')
    const note = inspector.getByRole('list', { name: 'Comments' }).getByRole('listitem')
    await expect(note).toContainText('Who may read it at night?')
    await expect(note).toContainText('architect')
    expect(await axeFindings(page)).toEqual([])
    await note.getByRole('button', { name: 'Resolve' }).click()
    await expect(note).toContainText('Resolved')
    await expect(note.getByRole('button', { name: 'Open again' })).toBeVisible()
  })

  await test.step('its history, the latest first', async () => {
    await tab(/^History/).click()
    const happenings = inspector.getByRole('list', { name: 'History' }).getByRole('listitem')
    await expect(happenings.filter({ hasText: /^(Added|Imported)/ })).toHaveCount(1)
    await expect(happenings.filter({ hasText: 'N-' }).first()).toContainText(/Real|Not applicable|Duplicate/)
    expect(await happenings.count()).toBeGreaterThan(2)
    expect(await axeFindings(page)).toEqual([])
  })

  expect(await troubles()).toEqual([])
})
