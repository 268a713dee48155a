import path from 'node:path'
import { app, session } from 'electron'
import { argvMeaning, bundleMeant, folderMeant, ownWords, type Platform } from './argv.ts'
import { leaveUnsandboxed, unpackFor } from './bundles.ts'
import { hideMenu } from './menu.ts'
import { type Files, registerScheme, serveFiles } from './protocol.ts'
import { fieldsOf } from './read.ts'
import { guardAllContents, guardSession } from './window.ts'
import { closeAll, hasWindows, openWorkbench, whenLinkIsClicked } from './workbench.ts'

/** Written into the program when it is built, by setup/build-electron.mjs. */
declare const __FILES__: Files

const place = { folder: process.cwd(), platform: process.platform as Platform }
const meaning = argvMeaning(ownWords(process.argv, app.isPackaged), place)

/** What is to be opened: a folder with a design, a bundle that gets one, or whatever is open already. */
type Wanted = { readonly folder?: string | undefined; readonly bundle?: string | undefined }

if (meaning.kind === 'version') leave(0, app.getVersion())
else if (meaning.kind === 'unsandboxed') leaveUnsandboxed()
else if (meaning.kind === 'refused')
  leave(3, `Skeptic does not take "${meaning.word}". Name one folder that holds a design, one .skeptic.json bundle, or nothing.`)
else if (meaning.kind === 'bundle') start({ bundle: meaning.file })
else start(meaning.kind === 'open' ? { folder: meaning.folder } : {})

/** Everything that must be settled before a page can exist is settled before the app is ready. */
function start(wanted: Wanted): void {
  app.enableSandbox()
  registerScheme()
  hideMenu()
  guardAllContents(whenLinkIsClicked)
  if (app.requestSingleInstanceLock(wanted)) hold(wanted)
  else app.quit()
}

/** The first instance: it shows every window, also those that later instances ask for. */
function hold(first: Wanted): void {
  const pressed: Wanted[] = []
  let isReady = false
  // What another instance understood of its own words comes over a socket: it is read again as if it had been typed.
  app.on('second-instance', (_event, _argv, _directory, data) => show(readAgain(data)))
  // macOS hands over what was double-clicked by an event, the first time before the app is ready.
  app.on('open-file', (event, file) => {
    event.preventDefault()
    const wanted = meantBy(file)
    if (wanted === undefined) return
    if (isReady) show(wanted)
    else pressed.push(wanted)
  })
  app.on('window-all-closed', () => app.quit())
  app.on('will-quit', event => {
    event.preventDefault()
    closeAll().then(() => app.exit())
  })
  app.whenReady().then(() => {
    guardSession(session.defaultSession)
    serveFiles(path.join(import.meta.dirname, '../renderer'), __FILES__)
    isReady = true
    for (const wanted of pressed.length > 0 ? pressed : [first]) show(wanted)
  })
}

/** Without a folder that came of a bundle there may be no window at all, and then nobody could end the program. */
function show({ folder, bundle }: Wanted): void {
  if (bundle === undefined) openWorkbench(folder)
  else
    void unpackFor(bundle).then(made => {
      if (made !== undefined) openWorkbench(made)
      else if (!hasWindows()) app.quit()
    })
}

function readAgain(data: unknown): Wanted {
  const { folder, bundle } = fieldsOf(data)
  if (typeof bundle === 'string') return { bundle: bundleMeant(bundle, place) }
  return { folder: typeof folder === 'string' ? folderMeant(folder, place) : undefined }
}

function meantBy(file: string): Wanted | undefined {
  const meant = argvMeaning([file], place)
  if (meant.kind === 'bundle') return { bundle: meant.file }
  return meant.kind === 'open' ? { folder: meant.folder } : undefined
}

function leave(code: number, text: string): void {
  process[code === 0 ? 'stdout' : 'stderr'].write(`${text}\n`)
  app.exit(code)
}
