import path from 'node:path'
import { app, session } from 'electron'
import { argvMeaning, folderMeant, ownWords, type Platform } from './argv.ts'
import { hideMenu } from './menu.ts'
import { type Files, registerScheme, serveFiles } from './protocol.ts'
import { guardAllContents, guardSession } from './window.ts'
import { closeAll, openWorkbench, whenLinkIsClicked } from './workbench.ts'

/** Written into the program when it is built, by setup/build-electron.mjs. */
declare const __FILES__: Files

const place = { folder: process.cwd(), platform: process.platform as Platform }
const meaning = argvMeaning(ownWords(process.argv, app.isPackaged), place)

if (meaning.kind === 'version') leave(0, app.getVersion())
else if (meaning.kind === 'refused')
  leave(3, `Skeptic does not take "${meaning.word}". Name one folder that holds a design, or nothing.`)
else start(meaning.kind === 'open' ? meaning.folder : undefined)

/** Everything that must be settled before a page can exist is settled before the app is ready. */
function start(folder: string | undefined): void {
  app.enableSandbox()
  registerScheme()
  hideMenu()
  guardAllContents(whenLinkIsClicked)
  if (app.requestSingleInstanceLock({ folder })) hold(folder)
  else app.quit()
}

/** The first instance: it shows every window, also those that later instances ask for. */
function hold(folder: string | undefined): void {
  // What another instance understood of its own words comes over a socket: it is read again as if it had been typed.
  app.on('second-instance', (_event, _argv, _directory, data) => {
    const given = (data as { readonly folder?: unknown } | null)?.folder
    openWorkbench(typeof given === 'string' ? folderMeant(given, place) : undefined)
  })
  app.on('window-all-closed', () => app.quit())
  app.on('will-quit', event => {
    event.preventDefault()
    closeAll().then(() => app.exit())
  })
  app.whenReady().then(() => {
    guardSession(session.defaultSession)
    serveFiles(path.join(import.meta.dirname, '../renderer'), __FILES__)
    openWorkbench(folder)
  })
}

function leave(code: number, text: string): void {
  process[code === 0 ? 'stdout' : 'stderr'].write(`${text}\n`)
  app.exit(code)
}
