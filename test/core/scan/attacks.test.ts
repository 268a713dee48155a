import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { CARRIER_RULES } from '../../../core/scan/carriers.ts'
import { linearEngine } from '../../../core/scan/linear.ts'
import { findingsOf, look } from '../../../core/scan/rule.ts'

const root = path.resolve(import.meta.dirname, '../../..')
const corpus = path.join(root, '../shared/corpus/models')

/** Files below a folder whose name ends so. */
function filesBelow(dir: string, ends: RegExp): readonly string[] {
  return readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter(name => ends.test(name) && !name.includes('generated'))
    .map(name => path.join(dir, name))
    .sort()
}

function textsIn(value: unknown): readonly string[] {
  // A picture inside a file is no text that anybody could put into a prompt.
  if (typeof value === 'string') return value.startsWith('data:image/') ? [] : [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

/** The texts of a file: the values of JSON, the lines of anything else. */
function textsOf(file: string): readonly string[] {
  const text = readFileSync(file, 'utf8')
  if (!file.endsWith('.json')) return text.split('\n')
  try {
    return textsIn(JSON.parse(text))
  } catch {
    return []
  }
}

function alarmsIn(files: readonly string[]): { readonly texts: number; readonly alarms: readonly string[] } {
  let texts = 0
  const alarms = files.flatMap(file =>
    textsOf(file).flatMap(text => {
      texts++
      const looked = look(text)
      return CARRIER_RULES.flatMap(rule => findingsOf(rule, looked, linearEngine)).map(
        ({ rule, start, end }) =>
          `${path.relative(root, file)}: ${rule}: ${JSON.stringify(text.slice(Math.max(0, start - 20), Math.min(end, start + 60)))}`,
      )
    }),
  )
  return { texts, alarms }
}

describe('texts that describe attacks carry none', () => {
  test('our own packs', () => {
    const { texts, alarms } = alarmsIn(filesBelow(path.join(root, 'packs'), /\.json$/))
    expect(texts).toBeGreaterThan(2000)
    expect(alarms).toEqual([])
  })

  test.skipIf(!existsSync(corpus))('the models of others', () => {
    const { texts, alarms } = alarmsIn(filesBelow(corpus, /\.(?:json|ya?ml|md|hcl)$/))
    expect(texts).toBeGreaterThan(10_000)
    // The one description that does bring a payload along, encoded.
    expect(alarms.map(alarm => alarm.replace(/.*\/(?=[^/]+: scan)/, '').slice(0, 35))).toEqual([
      'pytm-threatlib-114.json: scan.blob:',
    ])
  })
})
