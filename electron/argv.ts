import path from 'node:path'

/** What the words behind the program's name ask for. `refused` names the word at fault, shortened and printable. */
export type Meaning =
  | { readonly kind: 'start' }
  | { readonly kind: 'version' }
  | { readonly kind: 'open'; readonly folder: string }
  | { readonly kind: 'bundle'; readonly file: string }
  | { readonly kind: 'unsandboxed' }
  | { readonly kind: 'refused'; readonly word: string }

export type Platform = 'linux' | 'darwin' | 'win32'
export type Place = { readonly folder: string; readonly platform: Platform }

const LONGEST_PATH = 4096

/** What an AppImage's own start script adds where programs may have no user namespaces. It gets a reason and a cure, never a window. */
const NO_SANDBOX = '--no-sandbox'

/** A whole design in one file, as `skeptic export` writes it. */
const BUNDLE = /[^\\/]\.skeptic\.json$/i

/** Switches that only choose how the window is shown. Every other one could weaken the sandbox or open a debugger. */
const SHOWING = [
  /^--ozone-platform(-hint)?=(auto|x11|wayland)$/,
  /^--force-device-scale-factor=\d(\.\d{1,2})?$/,
  /^--lang=[A-Za-z]{2,3}(-[A-Za-z]{2,4})?$/,
  /^--disable-gpu$/,
  /^-psn_\d+_\d+$/,
]

/** The words that are meant for us: in development the program is Electron itself and the first plain word is our own folder. */
export function ownWords(argv: readonly string[], isPackaged: boolean): readonly string[] {
  if (isPackaged) return argv.slice(1)
  const application = argv.findIndex((word, index) => index > 0 && !word.startsWith('-'))
  return application < 0 ? [] : argv.slice(application + 1)
}

/** What a command line means. Anyone can write one (a link, a shortcut, another program), so what is not known is refused. */
export function argvMeaning(words: readonly string[], place: Place): Meaning {
  const rest = words.filter(word => !SHOWING.some(form => form.test(word)))
  const [first, second] = rest
  if (rest.includes(NO_SANDBOX)) return { kind: 'unsandboxed' }
  if (first === undefined) return { kind: 'start' }
  if (second !== undefined) return refused(first.startsWith('-') ? first : second)
  if (first === '--version') return { kind: 'version' }
  const file = bundleMeant(first, place)
  if (file !== undefined) return { kind: 'bundle', file }
  const folder = folderMeant(first, place)
  return folder === undefined ? refused(first) : { kind: 'open', folder }
}

/** An absolute bundle on this machine, by its path or by the `file:` address that a desktop entry hands over, or none. */
export function bundleMeant(word: string, place: Place): string | undefined {
  const path = /^file:/i.test(word) ? pathOf(word, place) : word
  return path !== undefined && BUNDLE.test(path) ? folderMeant(path, place) : undefined
}

/** The path in a local `file:` address, only where it can be read in one way: no host, no query, no hidden slash. */
function pathOf(word: string, { platform }: Place): string | undefined {
  if (platform === 'win32' || word.length > 3 * LONGEST_PATH) return undefined
  if (!/^file:\/\/\/[^?#\\]*$/i.test(word) || /%(2f|5c|00)/i.test(word)) return undefined
  try {
    return decodeURIComponent(word.slice('file://'.length))
  } catch {
    return undefined
  }
}

/** An absolute folder on this machine, or none: no switches, addresses, devices, shares or control characters. */
export function folderMeant(word: string, { folder, platform }: Place): string | undefined {
  if (word === '' || word.length > LONGEST_PATH || word.startsWith('-') || /\p{Cc}/u.test(word)) return undefined
  if (/^[a-z][a-z0-9+.-]+:/i.test(word) || /^[\\/]{2}/.test(word)) return undefined
  const { isAbsolute, resolve } = platform === 'win32' ? path.win32 : path.posix
  if (!isAbsolute(folder)) return undefined
  const meant = resolve(folder, word)
  return /^[\\/]{2}/.test(meant) ? undefined : meant
}

function refused(word: string): Meaning {
  const printable = word.replace(/[^\x20-\x7e]/g, '?')
  return { kind: 'refused', word: printable.length > 80 ? `${printable.slice(0, 80)}...` : printable }
}
