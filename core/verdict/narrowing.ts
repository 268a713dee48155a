import type { ChangedText } from './changed-lines.ts'
import { type TestFile, testsTouched } from './kept-tests.ts'
import { type ConfigTouch, configTouched } from './scanner-config.ts'
import { type Found, suppressionsAdded } from './suppressions.ts'

/** What a change does to those who watch over it: read from the text of its files, line by line. */
export type Narrowing = {
  readonly suppressions: readonly Found[]
  readonly configs: readonly ConfigTouch[]
  readonly tests: readonly TestFile[]
  /** Files of text that could not be read as such: anything may stand in them. */
  readonly unread: readonly string[]
}

export const NOTHING_NARROWED: Narrowing = { suppressions: [], configs: [], tests: [], unread: [] }

/** Looks at every changed file. One that only moved, byte for byte, from one place to another of the same kind changed nothing. */
export function narrowingOf(files: readonly ChangedText[]): Narrowing {
  const removed = new Set(files.flatMap(({ before, after }) => (before && !after ? [before.sha256] : [])))
  const tests = files.flatMap(file => testsTouched(file) ?? [])
  const arrived = new Set(tests.flatMap(({ before, after, sha256 }) => (after && !before && removed.has(sha256) ? [sha256] : [])))
  return {
    suppressions: files.filter(({ before, after }) => before || !after || !removed.has(after.sha256)).flatMap(suppressionsAdded),
    configs: replaced(files.flatMap(file => configTouched(file) ?? [])),
    tests: tests.filter(({ before, after, sha256 }) => (before && after) || !arrived.has(sha256)),
    unread: files.filter(isUnread).map(({ path }) => path),
  }
}

/** A configuration that is gone while another for the same kind of tool came was replaced; a machine cannot tell by what. */
function replaced(configs: readonly ConfigTouch[]): readonly ConfigTouch[] {
  const kept = new Set(configs.filter(({ how }) => how === 'touched').map(({ what }) => what))
  return configs.map(config => (config.how === 'gone' && kept.has(config.what) ? { ...config, how: 'touched' } : config))
}

/** Images and archives hold no words for a scanner; what was text, or is named like code, should. */
function isUnread({ path, before, after }: ChangedText): boolean {
  if (!after || after.text !== undefined) return false
  return before?.text !== undefined || !BINARY.test(path)
}

const BINARY =
  /\.(?:png|jpe?g|gif|webp|avif|ico|icns|bmp|tiff?|psd|pdf|zip|gz|tgz|bz2|xz|zst|7z|rar|jar|war|class|wasm|exe|dll|so|dylib|a|o|lib|woff2?|ttf|otf|eot|mp[34]|m4a|ogg|wav|flac|webm|mov|avi|bin|dat|db|sqlite3?|parquet|onnx|pt|pb|npy|npz|pkl|p12|pfx|der|keystore|jks|docx|xlsx|pptx|odt|ods|snap|lockb)$/i
