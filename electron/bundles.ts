import path from 'node:path'
import { app, dialog } from 'electron'
import { readBundle, unpackBundle } from '../host/node/import/unpack-bundle.ts'
import { timeNow } from '../host/node/rooms.ts'
import { person } from './host-port.ts'
import { startProcess } from './import-apart.ts'

/** Has a person say where the design of a bundle is to live, and makes its folder there; nothing when they do not, or it cannot be. */
export async function unpackFor(file: string): Promise<string | undefined> {
  const stamp = { at: timeNow(), by: person() }
  const read = await readBundle(file, startProcess, stamp)
  if (!read.ok) return tell(file, read)
  const { name } = read.value
  const { canceled, filePaths } = await dialog.showOpenDialog({
    title: `Where shall the design "${name}" be kept?`,
    message: `Skeptic makes a folder "${name}" in the one you choose. The file stays as it is.`,
    buttonLabel: 'Keep it here',
    defaultPath: path.dirname(file),
    properties: ['openDirectory', 'createDirectory', 'dontAddToRecent'],
  })
  const [around] = filePaths
  if (canceled || around === undefined) return undefined
  const made = await unpackBundle(around, read.value, stamp)
  return made.ok ? made.value : tell(file, made)
}

type Refused = Extract<Awaited<ReturnType<typeof unpackBundle>>, { readonly ok: false }>

function tell(file: string, { problems }: Refused): undefined {
  const [{ message, at, cure }] = problems
  const lines = [file, ...(at === undefined || at === file ? [] : [at]), `${message}${cure ? ` ${cure}` : ''}`]
  dialog.showErrorBox('The bundle was not opened', lines.join('\n\n'))
}

const UNSANDBOXED = `Skeptic does not run without the sandbox around its windows, so it refuses "--no-sandbox".

An AppImage adds that word by itself where the system lets programs have no user namespaces. Use the Debian package there, which sets up what the sandbox needs, or allow them.`

/** Ends the program with what to do about it. Who pressed an icon sees no stderr, so an AppImage shows it; no page is ever made. */
export function leaveUnsandboxed(env: NodeJS.ProcessEnv = process.env): void {
  process.stderr.write(`${UNSANDBOXED}\n`)
  if (!env.APPIMAGE || !(env.DISPLAY || env.WAYLAND_DISPLAY)) app.exit(3)
  else
    void app.whenReady().then(() => {
      dialog.showErrorBox('Skeptic was not started', UNSANDBOXED)
      app.exit(3)
    })
}
