import path from 'node:path'
import { type BrowserWindow, dialog, shell } from 'electron'
import type { Handles } from './handles.ts'
import { whereMayOpen } from './policy.ts'
import { fieldsOf, isWords } from './read.ts'
import type { ShellCalls, ShellWords } from './shell.ts'

/** The words for our two questions, if every one of them is fit to be shown. */
export function readWords(value: unknown): ShellWords | undefined {
  const { chooseDesign, openLink } = fieldsOf(value)
  const { title, button } = fieldsOf(chooseDesign)
  const { question, open, cancel } = fieldsOf(openLink)
  if (!isWords(title) || !isWords(button) || !isWords(question) || !isWords(open) || !isWords(cancel)) return undefined
  return { chooseDesign: { title, button }, openLink: { question, open, cancel } }
}

/** Lets the person choose a folder; the page learns its name and a handle, never where it lies. */
export async function chooseDesign(
  window: BrowserWindow,
  words: ShellWords,
  handles: Handles,
): Promise<ShellCalls['design.choose']['output']> {
  const { title, button } = words.chooseDesign
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title,
    buttonLabel: button,
    properties: ['openDirectory', 'createDirectory', 'dontAddToRecent'],
  })
  const [folder] = filePaths
  return canceled || folder === undefined ? null : { handle: handles.grant(folder), name: path.basename(folder) }
}

/** Opens a link in the person's own browser, once they have seen its host and said yes. "No" is where the keyboard starts. */
export async function openLink(window: BrowserWindow, words: ShellWords, given: unknown): Promise<boolean> {
  const opening = whereMayOpen(typeof given === 'string' ? given : '')
  if (opening.kind === 'nowhere') return false
  const { question, open, cancel } = words.openLink
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: question,
    detail: `${opening.host}\n\n${opening.url}`,
    buttons: [open, cancel],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  })
  if (response !== 0) return false
  return shell.openExternal(opening.url).then(
    () => true,
    () => false,
  )
}
