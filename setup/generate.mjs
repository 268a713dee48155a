// Makes everything that is made from something else: types, validators, templates.
import path from 'node:path'
import { runnerImport } from 'vite'
import { isProgram, root } from './root.mjs'

export async function generate() {
  const load = async file => (await runnerImport(path.join(root, file), { root, configFile: false, logLevel: 'error' })).module
  ;(await load('schemas/generate.ts')).generate(path.join(root, 'schemas'))
  ;(await load('templates/precompile.ts')).precompile(path.join(root, 'templates'))
}

if (isProgram(import.meta.url)) await generate()
