import { readFileSync, writeFileSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { Script } from 'node:vm'

// A third of a short run would be compiling (decision 0006). The build leaves V8's code cache beside the program; another version
// of Node refuses it and compiles as usual. A run of a few milliseconds also ends before code that V8 optimises beside it is ready,
// and has too little to clean up for several threads; pace.ts gives both back. The cache is for exactly these flags.
setFlagsFromString('--no-opt')
setFlagsFromString('--no-parallel-scavenge')

const file = `${__dirname}/main.cjs`
const cache = `${__dirname}/main.cache`

type Loaded = { exports: object; filename: string }

/** Runs main.cjs as Node would, with the code cache when it fits. It lies in this folder, so our own require finds its parts. */
function launch(): void {
  // The build writes ASCII only, which needs no decoding.
  const source = `(function (exports, require, module, __filename, __dirname) {${readFileSync(file, 'latin1')}\n})`
  const cachedData = readCache()
  const script = new Script(source, cachedData ? { filename: file, cachedData } : { filename: file })
  const loaded = new (module.constructor as new (id: string) => Loaded)(file)
  loaded.filename = file
  ;(require.cache as Record<string, unknown>)[file] = loaded // the parts find it there
  script.runInThisContext()(loaded.exports, require, loaded, file, __dirname)
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
