import { test } from 'vitest'
import { evaluateGate } from '/work/main/core/gate/evaluate.ts'
import { makePrompt } from '/work/main/core/prompts/make.ts'
import * as templates from '/work/main/templates/generated/templates.js'
import { AT, ID, PACKS, TRANSFERS, UNDECIDED } from '/work/main/test/core/gate/transfers.ts'
test('x', () => {
  const gate = evaluateGate(TRANSFERS, PACKS, { at: AT, workItem: ID.work })
  console.log(JSON.stringify(gate, null, 1))
  const whole = evaluateGate(UNDECIDED, PACKS, { at: AT })
  console.log(whole.problems.map(p => `${p.effort} ${p.code} ${p.at} ${p.message}`).join('\n'))
  for (const target of ['markdown', 'skill']) {
  const p = makePrompt(TRANSFERS, PACKS, templates, { workItem: ID.work, target, at: AT, pass: gate.pass ?? 'draft' })
  if (!p.ok) console.log(p.problems)
  else { for (const f of p.value.files) console.log('=====', f.path, '\n' + f.text)
   console.log(JSON.stringify({...p.value, text: '', files: []}, null, 1)) }
  }
})
