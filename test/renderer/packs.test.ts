import { describe, expect, it } from 'vitest'
import { applyChanges } from '../../core/model/change.ts'
import type { Design } from '../../core/model/types.ts'
import { builtinPacks } from '../../packs/builtin.ts'
import { firstRules } from '../../packs/start.ts'
import { chooseDefaultPacks, readPacksAgain, togglePack } from '../../renderer/commands/definitions/packs.ts'
import { factsOf } from '../../renderer/state/facts.ts'
import { packLines, packProblemsIn } from '../../renderer/views/scope/packs-model.ts'
import { smallDesign } from '../support/small-design.ts'
import { overlappingPacks } from './overlapping.ts'
import { AT, contextWith } from './support.ts'

const packs = overlappingPacks()
const optional = builtinPacks.rules.filter(pack => pack.optional).map(pack => pack.id)

function toggled(design: Design, pack: string, isUsed: boolean): Design {
  const planned = togglePack.plan(contextWith(design), { pack, isUsed })
  if (!planned.ok) throw new Error(planned.problems[0].message)
  return applyChanges(
    design,
    planned.value.flatMap(effect => (effect.kind === 'write' ? effect.changes : [])),
  )
}

function naming(ids: readonly string[]): Design {
  const packs = Object.fromEntries(ids.map(id => [id, true]))
  return applyChanges(smallDesign(), [{ kind: 'patch', table: 'settings', id: 'design', fields: { packs } }])
}

describe('choosing rule packs', () => {
  it('names all that stay when one is left out, and nothing once the usual ones are chosen again', () => {
    const without = toggled(smallDesign(), 'ai', false)
    const named = Object.keys(without.settings.design?.packs ?? {})
    expect(named).not.toContain('ai')
    expect(named).toHaveLength(builtinPacks.rules.length - optional.length - 1)
    expect(toggled(without, 'ai', true).settings.design).toEqual(smallDesign().settings.design)
  })

  it('takes an optional pack in beside the usual ones, and lets go of it again', () => {
    const [extra = ''] = optional
    const more = toggled(smallDesign(), extra, true)
    expect(Object.keys(more.settings.design?.packs ?? {})).toHaveLength(builtinPacks.rules.length)
    expect(toggled(more, extra, false).settings.design?.packs).toBeUndefined()
  })

  it('writes key by key, so that what another person chose at the same time stays', () => {
    const planned = togglePack.plan(contextWith(naming(['ai', 'client'])), { pack: 'ai', isUsed: false })
    const write = planned.ok ? planned.value.find(effect => effect.kind === 'write') : undefined
    expect(write?.changes).toEqual([
      { kind: 'patch', table: 'settings', id: 'design', fields: { 'packs/ai': undefined, 'packs/client': true } },
    ])
  })

  it('never leaves a design without any rule', () => {
    expect(togglePack.plan(contextWith(naming(['ai'])), { pack: 'ai', isUsed: false }).ok).toBe(false)
  })

  it('goes back to the usual ones at once, where others are named', () => {
    expect(chooseDefaultPacks.plan(contextWith(), undefined).ok).toBe(false)
    const planned = chooseDefaultPacks.plan(contextWith(naming(['ai', 'lost'])), undefined)
    const write = planned.ok ? planned.value.find(effect => effect.kind === 'write') : undefined
    expect(applyChanges(naming(['ai', 'lost']), write?.changes ?? []).settings.design?.packs).toBeUndefined()
  })
})

describe('the list of packs', () => {
  const findings = factsOf(smallDesign(), AT, packs).findings()
  const given = { packs: packs.rules, builtin: firstRules, findings }

  it('counts the rules and what each finds, the team last', () => {
    const lines = packLines(smallDesign(), given)
    expect(lines.map(line => [line.id, line.isTeam, line.isUsed])).toEqual([
      ['stride-interaction', false, true],
      ['team-again', true, true],
    ])
    expect(lines.reduce((sum, line) => sum + line.findings, 0)).toBe(findings.length)
    expect(lines.every(line => line.rules === 36 && line.now > 0 && line.now <= line.findings)).toBe(true)
  })

  it('shows what is not used without findings, and what is named and nowhere', () => {
    const lines = packLines(naming(['team-again', 'lost']), given)
    expect(lines.map(line => [line.id, line.isUsed, line.isMissing])).toEqual([
      ['stride-interaction', false, false],
      ['team-again', true, false],
      ['lost', true, true],
    ])
    expect(lines[0]?.findings).toBe(0)
  })

  it('gathers what is wrong with packs, and nothing else', () => {
    const problem = (code: string, at: string) => ({ code, at, severity: 'error', message: '.' }) as const
    const found = packProblemsIn([
      problem('pack.entry', 'packs/own.json:/rules/3'),
      problem('rule.broken', 'ai/AI-1'),
      problem('json.syntax', 'packs/own.json'),
      problem('flow.looseEnd', 'F-00001'),
    ])
    expect(found.map(({ code }) => code)).toEqual(['pack.entry', 'rule.broken', 'json.syntax'])
  })

  it('takes in what the host reads again, the packs of the program kept', () => {
    const planned = readPacksAgain.plan(contextWith(), undefined)
    const asked = planned.ok ? planned.value[0] : undefined
    if (asked?.kind !== 'ask') throw new Error('it asks the host')
    const [team] = packs.rules.slice(1)
    const effects = asked.answered({ rules: [team], controls: [], words: [], problems: [] } as never)
    expect(effects).toMatchObject([
      { set: { packs: { rules: [...builtinPacks.rules, team] }, packProblems: [] } },
      { text: '1 team pack read.' },
    ])
  })
})
