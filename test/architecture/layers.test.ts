import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { biomeOverrides } from './biome-overrides.ts'
import { KEEPERS, LAYERS, PIPELINE } from './layers.ts'
import { importsOf, modulesBelow } from './modules.ts'

const root = path.resolve(import.meta.dirname, '../..')
const layers = Object.keys(LAYERS)
const modules = modulesBelow(
  root,
  layers.filter(layer => existsSync(path.join(root, layer))),
)
const imports = modules.flatMap(module => importsOf(root, module))

function layerOf(module: string): string {
  const layer = layers.find(name => module === name || module.startsWith(`${name}/`))
  if (layer === undefined) throw new Error(`${module} lies in no room`)
  return layer
}

describe('who may import whom', () => {
  test('the walk sees the house: a gate that passes by being blind is worse than none', () => {
    expect(modules.length).toBeGreaterThan(150)
    expect(imports.length).toBeGreaterThan(2 * modules.length)
    for (const layer of layers) expect(modules.filter(module => layerOf(module) === layer).length, layer).toBeGreaterThan(0)
  })

  test('rooms import only the rooms that their row names', () => {
    const wrong = imports.filter(({ from, to }) => {
      if (to === undefined) return false
      const layer = layerOf(from)
      return ![layer, ...(LAYERS[layer]?.imports ?? [])].some(allowed => to === allowed || to.startsWith(`${allowed}/`))
    })
    expect(wrong.map(({ from, to }) => `${from} -> ${to}`)).toEqual([])
  })

  test('rooms import only the packages that their row names', () => {
    const wrong = imports.filter(({ from, specifier, to }) => {
      if (to !== undefined) return false
      return !(LAYERS[layerOf(from)]?.packages ?? []).some(name => matches(name, specifier))
    })
    expect(wrong.map(({ from, specifier }) => `${from} -> ${specifier}`)).toEqual([])
  })

  test('inside core the pipeline is the import order', () => {
    const step = (module: string) => PIPELINE.indexOf(module.split('/')[1] as (typeof PIPELINE)[number])
    const inner = imports.filter(({ from, to }) => from.startsWith('core/') && to?.startsWith('core/'))
    expect(inner.length).toBeGreaterThan(100)
    const wrong = inner.filter(({ from, to }) => step(to as string) > step(from) || step(from) < 0 || step(to as string) < 0)
    expect(wrong.map(({ from, to }) => `${from} -> ${to}`)).toEqual([])
  })

  test('interop and reports stay apart', () => {
    const wrong = imports.filter(({ from, to }) => from.startsWith('core/reports/') && to?.startsWith('core/interop/'))
    expect(wrong).toEqual([])
  })

  test('one folder owns a library', () => {
    const wrong = imports.filter(({ from, specifier, to }) => {
      const keeper =
        to === undefined ? Object.keys(KEEPERS).find(name => specifier === name || specifier.startsWith(`${name}/`)) : undefined
      const exact = Object.hasOwn(KEEPERS, specifier) ? specifier : keeper
      return exact !== undefined && !KEEPERS[exact]?.some(folder => from.startsWith(`${folder}/`) || from === folder)
    })
    expect(wrong.map(({ from, specifier }) => `${from} -> ${specifier}`)).toEqual([])
  })

  test('only judge.ts makes a GatePass, and only evaluate.ts asks it to', () => {
    const makers = modules.filter(
      module => module.startsWith('core/') && /as (unknown as )?GatePass/.test(readFileSync(path.join(root, module), 'utf8')),
    )
    expect(makers).toEqual(['core/gate/judge.ts'])
    const askers = modules.filter(module =>
      /import[^;\n]*\bjudge\b[^;\n]*judge\.ts'/.test(readFileSync(path.join(root, module), 'utf8')),
    )
    expect(askers).toEqual(['core/gate/evaluate.ts'])
  })

  test('the linter enforces the same table', () => {
    const biome = JSON.parse(readFileSync(path.join(root, 'biome.json'), 'utf8')) as { overrides: unknown[] }
    expect(biome.overrides).toEqual(expect.arrayContaining([...biomeOverrides()]))
  })
})

function matches(allowed: string, specifier: string): boolean {
  if (allowed.endsWith('*')) return specifier.startsWith(allowed.slice(0, -1))
  return specifier === allowed || specifier.startsWith(`${allowed}/`)
}
