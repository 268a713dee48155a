import { test } from 'vitest'
import { read } from './imported.ts'
import { modelV2, threat } from './models.ts'
test('big', () => {
  const cell = (i: number) => ({ id: `c${i}`, shape: i % 2 ? 'trust-boundary-box' : 'process', position: { x: i % 997, y: i % 991 }, size: { width: 1 + (i % 900), height: 1 + (i % 900) }, data: { name: `Thing ${i}` } })
  const t = JSON.stringify(modelV2(Array.from({ length: 50_000 }, (_, i) => cell(i))))
  let s = performance.now(); const r = read(t); console.log('50k half boxes', r.ok, performance.now() - s, r.ok && r.value.summary.problems.length)
  const t2 = JSON.stringify(modelV2(Array.from({ length: 10 }, (_, i) => ({ shape: 'process', data: { threats: Array.from({ length: 10_000 }, () => threat({ mitigation: 'x' })) } }))))
  s = performance.now(); const r2 = read(t2); console.log('100k threats', r2.ok, performance.now() - s)
  const t3 = JSON.stringify(modelV2(Array.from({ length: 50_000 }, (_, i) => ({ ...cell(2 * i) }))))
  s = performance.now(); read(t3); console.log('50k elements', performance.now() - s)
}, 600_000)
