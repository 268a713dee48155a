// Whether a desktop window can open here. Looks only at files and the environment: loading the electron package would download it.
import { existsSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { root } from './root.mjs'

/** The folder of an Electron for this machine and the program in it, or why there is none. ELECTRON_DIST names another folder. */
export function findElectron({ folder = root, env = process.env, platform = process.platform } = {}) {
  const home = path.join(folder, 'node_modules', 'electron')
  const program = read(path.join(home, 'path.txt')) ?? PROGRAMS[platform]
  if (program === undefined) return { available: false, reason: `there is no Electron for ${platform}` }
  const dist = env.ELECTRON_DIST ? path.resolve(folder, env.ELECTRON_DIST) : path.join(home, 'dist')
  const binary = path.join(dist, program)
  if (!existsSync(binary)) return { available: false, reason: `Electron's program is not at ${path.relative(folder, binary)}` }
  return { available: true, dist, binary }
}

/** Whether `npm start` can open the desktop app, with its program; otherwise the reason, fit to stand in a sentence. */
export function desktopAvailable(machine = {}) {
  const { env = process.env, platform = process.platform } = machine
  const found = findElectron(machine)
  if (!found.available) return found
  if (platform !== 'linux') return found
  if (!env.DISPLAY && !env.WAYLAND_DISPLAY)
    return { available: false, reason: 'no screen: neither DISPLAY nor WAYLAND_DISPLAY is set' }
  const reason = whyNoSandbox(found.dist, machine)
  return reason === undefined ? found : { available: false, reason }
}

const PROGRAMS = { linux: 'electron', win32: 'electron.exe', darwin: 'Electron.app/Contents/MacOS/Electron' }

/** Chromium refuses to start as root, and needs either its set-uid helper or user namespaces. We never start it without its sandbox. */
function whyNoSandbox(dist, { uid = process.getuid?.(), kernel = '/proc/sys' } = {}) {
  if (uid === 0) return 'Electron keeps its sandbox on and does not run as root'
  if (isSetUidRoot(path.join(dist, 'chrome-sandbox'))) return undefined
  const off =
    read(path.join(kernel, 'kernel/unprivileged_userns_clone')) === '0' ||
    read(path.join(kernel, 'kernel/apparmor_restrict_unprivileged_userns')) === '1' ||
    read(path.join(kernel, 'user/max_user_namespaces')) === '0'
  return off ? 'this system keeps user namespaces from programs, which the sandbox of Electron needs' : undefined
}

function isSetUidRoot(file) {
  const found = statSync(file, { throwIfNoEntry: false })
  return found !== undefined && found.uid === 0 && (found.mode & 0o4000) !== 0
}

function read(file) {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    return undefined
  }
}
