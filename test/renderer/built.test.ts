import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'

const built = path.join(import.meta.dirname, '../../dist/renderer')
const textOf = (file: string) => readFileSync(path.join(built, file), 'utf8')

describe('the built window', () => {
  test('has none of the checks that React runs while an app is being developed', () => {
    const scripts = readdirSync(path.join(built, 'assets')).filter(file => file.endsWith('.js'))
    expect(scripts.length).toBeGreaterThan(10)
    const withChecks = scripts.filter(file => /jsxDEV|react-stack-bottom-frame/.test(textOf(`assets/${file}`)))
    expect(withChecks).toEqual([])
  })

  test('loads less than 350 kB of script, gzip, before it shows anything', () => {
    type Entry = { readonly file: string; readonly imports?: readonly string[] }
    const manifest = JSON.parse(textOf('.vite/manifest.json')) as Readonly<Record<string, Entry>>
    const files = new Set<string>()
    const waiting = ['index.html']
    for (const name of waiting) {
      const entry = manifest[name]
      if (!entry || files.has(entry.file)) continue
      files.add(entry.file)
      waiting.push(...(entry.imports ?? []))
    }
    const bytes = [...files].reduce((sum, file) => sum + gzipSync(textOf(file)).length, 0)
    expect(files.size).toBeGreaterThan(0)
    expect(bytes).toBeLessThan(350_000)
  })
})
