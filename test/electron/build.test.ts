import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildElectron, servedFiles } from '../../setup/build-electron.mjs'

const place = mkdtempSync(path.join(tmpdir(), 'skeptic-build-'))
afterAll(() => rmSync(place, { recursive: true, force: true }))

function put(folder: string, ...names: readonly string[]): string {
  for (const name of names) {
    mkdirSync(path.join(folder, path.dirname(name)), { recursive: true })
    writeFileSync(path.join(folder, name), name)
  }
  return folder
}

describe('which files the window may load', () => {
  test('every built file by its address, hidden ones left out, in one order', () => {
    const folder = put(path.join(place, 'renderer'), 'index.html', 'assets/b 1.css', 'assets/a.js', '.vite/manifest.json')
    expect(servedFiles(folder)).toEqual({
      '/assets/a.js': { file: 'assets/a.js', type: 'text/javascript; charset=utf-8' },
      '/assets/b%201.css': { file: 'assets/b 1.css', type: 'text/css; charset=utf-8' },
      '/index.html': { file: 'index.html', type: 'text/html; charset=utf-8' },
    })
  })
  test('a kind of file nobody named a type for stops the build', () => {
    expect(() => servedFiles(put(path.join(place, 'odd'), 'setup.exe'))).toThrow('no content type for setup.exe')
  })
})

describe('what is built', () => {
  const dist = path.join(place, 'dist')
  const text = (name: string) => readFileSync(path.join(dist, 'electron', name), 'utf8')
  beforeAll(async () => {
    put(path.join(dist, 'renderer'), 'index.html')
    await buildElectron({ dist })
  })

  test('three files', () => {
    expect(readdirSync(path.join(dist, 'electron')).sort()).toEqual(['importer.cjs', 'main.cjs', 'preload.cjs'])
  })
  test('everything is inside: main asks for Electron and for what Node brings, the preload for Electron alone', () => {
    const asked = (name: string) => [...text(name).matchAll(/\brequire\([`'"]([^`'"]+)[`'"]\)/g)].map(match => match[1] as string)
    const isForeign = (name: string) => !builtinModules.includes(name.replace(/^node:/, ''))
    expect(asked('main.cjs').filter(isForeign)).toEqual(['electron'])
    expect(asked('importer.cjs').filter(isForeign)).toEqual([])
    expect(asked('preload.cjs')).toEqual(['electron'])
  })
  test('no code is made from text, and no place of this machine is in it', () => {
    for (const name of ['main.cjs', 'importer.cjs', 'preload.cjs']) {
      // A method may be called eval: written down it has a body, and it is asked of an object.
      const withoutMethods = text(name).replace(/\beval\([\w,]*\)\{/g, '')
      expect(withoutMethods).not.toMatch(/(?<!\.)\beval\(|new Function\(/)
      expect(text(name)).not.toContain(path.resolve(import.meta.dirname, '../..'))
    }
  })
  test('main knows the files of the workbench', () => {
    expect(text('main.cjs')).toContain('"/index.html":{file:`index.html`')
  })
})
