import { applyChanges } from '../model/change.ts'
import { policyOf } from '../model/lookup.ts'
import { rowsOf } from '../model/table.ts'
import type { Design, Policy, Zone } from '../model/types.ts'
import { memoLast } from '../support/memo.ts'
import { evaluateGate } from './evaluate.ts'
import { defaultZone, PRESETS, ZONE_OBLIGATIONS } from './floors.ts'
import type { GatePacks } from './links.ts'
import { decide, type Obligations } from './policy.ts'
import { choosePreset } from './policy-edits.ts'

/** A starting point a team can choose; its own makes no fourth. */
export type Preset = Exclude<Policy['preset'], 'own'>

/** What a preset would mean for one work item. */
export type PresetEffect = {
  readonly workItem: string
  readonly zone: { readonly before: Zone; readonly after: Zone }
  readonly open: { readonly before: boolean; readonly after: boolean }
}

/** What choosing a preset would change here. */
export type PresetPreview = {
  readonly preset: Preset
  readonly isChosen: boolean
  /** Zone of anything no rule names. */
  readonly zone: Zone
  readonly obligations: Obligations
  /** Work items whose zone or gate would be another. */
  readonly effects: readonly PresetEffect[]
}

/** Every preset with what it would change, computed on this design. */
export function presetPreviews(design: Design, packs: GatePacks, at: string): readonly PresetPreview[] {
  return previews(design, packs.rules, packs.controls, at)
}

const previews = memoLast((design: Design, rules: GatePacks['rules'], controls: GatePacks['controls'], at: string) => {
  const packs = { rules, controls }
  const stamp = { at, by: 'assumed', random: () => 0 }
  const items = rowsOf(design.workItems).map(item => item.id)
  const before = items.map(id => stateOf(design, packs, { id, at }))
  return (Object.keys(PRESETS) as Preset[]).map((preset): PresetPreview => {
    const made = choosePreset(design, { preset }, stamp)
    const after = made.ok ? applyChanges(design, made.value) : design
    const effects = items.flatMap((workItem, i): readonly PresetEffect[] => {
      const was = before[i]
      const is = stateOf(after, packs, { id: workItem, at })
      if (!was || (was.zone === is.zone && was.open === is.open)) return []
      return [{ workItem, zone: { before: was.zone, after: is.zone }, open: { before: was.open, after: is.open } }]
    })
    const zone = PRESETS[preset]
    const isChosen = policyOf(design).preset === preset && defaultZone(policyOf(design)) === zone
    return { preset, isChosen, zone, obligations: obligationsOf(zone), effects }
  })
})

function stateOf(design: Design, packs: GatePacks, { id, at }: { readonly id: string; readonly at: string }) {
  return {
    zone: decide(design, packs, { workItem: id, at }).level,
    open: evaluateGate(design, packs, { at, workItem: id }).open,
  }
}

function obligationsOf(zone: Zone): Obligations {
  return { reviewers: 0, roles: [], tests: [], scans: [], ...ZONE_OBLIGATIONS[zone] }
}
