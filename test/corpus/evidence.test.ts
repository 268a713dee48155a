import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, test } from 'vitest'
import { readEvidence } from '../../core/evidence/read.ts'
const corpus = path.resolve(import.meta.dirname, '../../../shared/corpus/evidence')
describe.skipIf(!existsSync(corpus))('x', () => {
  test('p', () => {
    for (const f of ['sarif','junit','fuzz','junit-other','npm-audit','zap','coverage','ctrf']) for (const n of readdirSync(path.join(corpus,f)).sort()) {
      const r = readEvidence(n, readFileSync(path.join(corpus,f,n),'utf8'))
      if (!r.ok) { console.log(f, n, 'REFUSED', r.problems[0].at, r.problems[0].message); continue }
      const e = r.value
      if (e.format === 'sarif') console.log(f, n, e.facts.runs.map(x=>[x.tool,x.category,x.rules.length,x.cwe.length,x.succeeded,x.hasResults,x.resultCount,x.artifacts.length,x.troubles.length,x.revisions].join('|')).join(' ; '), JSON.stringify(e.facts.results.reduce((a:any,x)=>{a[x.level]=(a[x.level]??0)+1;if(x.suppressed)a.sup=(a.sup??0)+1;if(x.cwe.length)a.cwe=(a.cwe??0)+1;a['k'+x.kind]=(a['k'+x.kind]??0)+1;return a},{})))
      else console.log(f, n, e.facts.cases.length, JSON.stringify(e.facts.cases.reduce((a:any,x)=>{a[x.status]=(a[x.status]??0)+1;return a},{})), JSON.stringify(e.facts.disagreements), e.facts.cases[0]?.pointer, e.facts.cases[0]?.id)
    }
  })
})
