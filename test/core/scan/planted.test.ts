import { describe, expect, test } from 'vitest'
import { type Engine, plainEngine } from '../../../core/scan/engine.ts'
import { linearEngine } from '../../../core/scan/linear.ts'
import { doesBlock } from '../../../core/scan/problems.ts'
import { scanText } from '../../../core/scan/scan.ts'
import { innocentTexts, plantedTexts } from './planted.ts'

const SEEDS = ['one', 'two', 'three']

/** Something that keeps the text back lies over what was planted. */
function isSeen(engine: Engine, text: string, value: string): boolean {
  const start = text.includes(value) ? text.indexOf(value) : 0
  return scanText(text, { engine }).some(found => doesBlock(found) && found.start < start + value.length && found.end > start)
}

describe.each<[string, Engine]>([
  ['plain', plainEngine],
  ['linear', linearEngine],
])('the planted corpus, %s engine', (_name, engine) => {
  test.each(SEEDS)('seed %s: finds at least 98 of 100', seed => {
    const planted = plantedTexts(seed)
    expect(planted.length).toBeGreaterThanOrEqual(300)
    const missed = planted.filter(({ text, value }) => !isSeen(engine, text, value))
    expect(missed.length / planted.length, missed.map(({ kind, text }) => `${kind}: ${text}`).join('\n')).toBeLessThanOrEqual(
      0.02,
    )
  })

  test.each(SEEDS)('seed %s: at most 2 of 100 innocents alarm', seed => {
    const innocents = innocentTexts(seed)
    expect(innocents.length).toBeGreaterThanOrEqual(300)
    const alarms = innocents.filter(text => scanText(text, { engine }).length > 0)
    const words = alarms.map(text => `${text}: ${scanText(text, { engine }).map(found => found.rule)}`)
    expect(alarms.length / innocents.length, words.join('\n')).toBeLessThanOrEqual(0.02)
  })
})

test('both engines find the same', () => {
  const texts = [...plantedTexts('same').map(one => one.text), ...innocentTexts('same')]
  for (const text of texts) expect(scanText(text, { engine: linearEngine })).toEqual(scanText(text, { engine: plainEngine }))
})
