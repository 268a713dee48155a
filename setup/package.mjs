// npm run package: an unpacked desktop app for this machine in release/, from the built files and an Electron that is already here.
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { findElectron } from './electron-available.mjs'
import { isProgram, root } from './root.mjs'

/** What every packaged program must carry, by the names of @electron/fuses; a fuse that is not in this list stops the release. */
export const FUSES = {
  RunAsNode: false,
  EnableCookieEncryption: true,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  EnableEmbeddedAsarIntegrityValidation: true,
  OnlyLoadAppFromAsar: true,
  LoadBrowserProcessSpecificV8Snapshot: false,
  GrantFileProtocolExtraPrivileges: false,
  WasmTrapHandlers: true,
}

const MADE = {
  linux: { folder: /^linux(-\w+)?-unpacked$/, program: 'skeptic', resources: 'resources' },
  win32: { folder: /^win(-\w+)?-unpacked$/, program: 'Skeptic.exe', resources: 'resources' },
  darwin: { folder: /^mac(-\w+)?$/, program: 'Skeptic.app/Contents/MacOS/Skeptic', resources: 'Skeptic.app/Contents/Resources' },
}

/** The packaged program of this machine below `folder`, if there is one, and the archive beside it. */
export function findPackage(folder = root) {
  const release = path.join(folder, 'release')
  const made = MADE[process.platform]
  const name = made && existsSync(release) && readdirSync(release).find(one => made.folder.test(one))
  if (!name) return undefined
  return { binary: path.join(release, name, made.program), asar: path.join(release, name, made.resources, 'app.asar') }
}

/** Packages the built project in `folder` around the Electron in `dist`; never reaches for the network. Answers what was made. */
export async function packageDesktop({ folder = root, dist, version = electronVersion() }) {
  const { build, Platform } = await import('electron-builder')
  rmSync(path.join(folder, 'release'), { recursive: true, force: true })
  await build({
    projectDir: folder,
    targets: Platform.current().createTarget('dir'),
    config: {
      extends: path.join(folder, 'electron-builder.yml'),
      electronDist: dist,
      electronVersion: version,
      afterExtract: ({ appOutDir }) => leaveStockApplication(appOutDir),
    },
  })
  const made = findPackage(folder)
  if (made === undefined) throw new Error(`electron-builder made nothing for this machine in ${path.join(folder, 'release')}`)
  return made
}

/** An unpacked Electron brings an application of its own, which runs whatever it is told to: it must not travel with ours. */
function leaveStockApplication(folder) {
  const places = ['resources', 'Electron.app/Contents/Resources']
  for (const place of places) rmSync(path.join(folder, place, 'default_app.asar'), { force: true })
}

/** Fuses of a packaged program that are not as FUSES says, read back from the program itself. */
export async function wrongFuses(binary) {
  const { FuseV1Options, getCurrentFuseWire } = await import('@electron/fuses')
  const { version, resetAdHocDarwinSignature, strictlyRequireAllFuses, ...wire } = await getCurrentFuseWire(binary)
  const found = Object.fromEntries(
    Object.entries(wire).map(([index, state]) => [FuseV1Options[index] ?? index, String.fromCharCode(state)]),
  )
  const names = new Set([...Object.keys(FUSES), ...Object.keys(found)])
  return [...names].filter(name => found[name] !== (FUSES[name] === undefined ? undefined : FUSES[name] ? '1' : '0'))
}

function electronVersion() {
  return JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).devDependencies.electron
}

async function main() {
  const found = findElectron()
  if (!found.available)
    return stop(3, `Nothing was packaged: ${found.reason}. Fetch it with "npx install-electron", or name one in ELECTRON_DIST.`)
  const { ensureBuild, ensureDependencies } = await import('./ready.mjs')
  await ensureDependencies()
  await ensureBuild()
  const { binary } = await packageDesktop({ dist: found.dist })
  const wrong = await wrongFuses(binary)
  if (wrong.length > 0) return stop(1, `The packaged program is not hardened: ${wrong.join(', ')}.`)
  process.stdout.write(`${path.relative(root, binary)}\n`)
}

function stop(code, text) {
  process.stderr.write(`${text}\n`)
  process.exitCode = code
}

if (isProgram(import.meta.url)) await main()
