import path from 'node:path'
import { app, BrowserWindow, type Session, type WebContents } from 'electron'
import { isOurUrl, mayDownload, mayGrantPermission, mayNavigate, mayRequest, START_URL } from './policy.ts'

/** A window that shows our page and can do nothing a page in a strict browser could not. */
export function openWindow(): BrowserWindow {
  const window = new BrowserWindow({
    width: 1360,
    height: 860,
    minWidth: 640,
    minHeight: 480,
    show: false,
    webPreferences: {
      preload: path.join(import.meta.dirname, 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    },
  })
  window.once('ready-to-show', () => window.show())
  revive(window.webContents)
  window.loadURL(START_URL).catch(() => {}) // cut short by a newer load; what cannot be loaded shows as such
  return window
}

/** A page that crashed is loaded again, for its work is in the host; one that crashes again at once is left for a person to see. */
function revive(contents: WebContents): void {
  let revivedAt = Number.NEGATIVE_INFINITY
  contents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || performance.now() - revivedAt < 10_000) return
    revivedAt = performance.now()
    contents.reload()
  })
}

/** Holds for every page that will ever exist, also for those nobody meant to make. */
export function guardAllContents(onLink: (contents: WebContents, url: string) => void): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-redirect', event => event.preventDefault())
    contents.on('will-attach-webview', event => event.preventDefault())
    contents.on('will-navigate', event => mayNavigate(event) || event.preventDefault())
    contents.on('will-frame-navigate', event => mayNavigate(event) || event.preventDefault())
    contents.setWindowOpenHandler(({ url }) => {
      onLink(contents, url)
      return { action: 'deny' }
    })
  })
}

/** Denies permissions, devices, the network and foreign downloads for the whole session. */
export function guardSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, decide, { isMainFrame, requestingUrl }) =>
    decide(mayGrantPermission({ permission, isMainFrame, url: requestingUrl })),
  )
  session.setPermissionCheckHandler((_contents, permission, origin, { isMainFrame, requestingUrl }) =>
    mayGrantPermission({
      permission,
      isMainFrame: isMainFrame && isOurUrl(`${origin.replace(/\/$/, '')}/`),
      url: requestingUrl ?? '',
    }),
  )
  session.setDevicePermissionHandler(() => false)
  session.webRequest.onBeforeRequest(({ url }, decide) => decide({ cancel: !mayRequest(url) }))
  session.on('will-download', (event, item) => {
    if (!mayDownload(item.getURL())) event.preventDefault()
  })
}
