import { readFileSync, writeFileSync } from 'node:fs'
import Module, { createRequire } from 'node:module'
import path from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { Script } from 'node:vm'

// Half of a short run would be compiling and collecting garbage (decision 0003). The build leaves V8's code cache beside the
// program; another version of Node refuses it and compiles as usual. A larger nursery holds a whole short run.
setFlagsFromString('--min-semi-space-size=8')

const file = path.join(__dirname, 'main.cjs')
const cache = path.join(__dirname, 'main.cache')

type Loaded = { readonly require: NodeJS.Require; readonly exports: object; filename: string }

/** Runs main.cjs as Node would, with the code cache when it fits. */
function launch(): void {
  const source = `(function (exports, require, module, __filename, __dirname) {${readFileSync(file, 'utf8')}\n})`
  const cachedData = readCache()
  const script = new Script(source, cachedData ? { filename: file, cachedData } : { filename: file })
  const loaded = new Module(file) as unknown as Loaded
  loaded.filename = file
  ;(Module as unknown as { _cache: Record<string, unknown> })._cache[file] = loaded // the parts find it there
  script.runInThisContext()(loaded.exports, createRequire(file), loaded, file, __dirname)
  if (process.env.SKEPTIC_WRITE_CACHE === cache) process.on('exit', () => writeFileSync(cache, script.createCachedData()))
}

function readCache(): Buffer | undefined {
  try {
    return readFileSync(cache)
  } catch {
    return undefined
  }
}

launch()
