// Makes everything that is made from something else: types, validators, templates.
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { runnerImport } from 'vite'
import { isProgram, root } from './root.mjs'

export async function generate() {
  const load = async file => (await runnerImport(path.join(root, file), { root, configFile: false, logLevel: 'error' })).module
  ;(await load('schemas/generate.ts')).generate(path.join(root, 'schemas'))
  ;(await load('templates/precompile.ts')).precompile(path.join(root, 'templates'))
  const [{ guardOf }, { moreRules }] = [await load('core/threats/guard.ts'), await load('packs/more-rules.ts')]
  mkdirSync(path.join(root, 'packs/generated'), { recursive: true })
  const guard = guardOf(moreRules.filter(pack => !pack.optional).flatMap(pack => pack.rules))
  writeFileSync(path.join(root, 'packs/generated/guard.json'), JSON.stringify(guard))
}

if (isProgram(import.meta.url)) await generate()
