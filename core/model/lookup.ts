import { rowAt } from './table.ts'
import { TABLE_NAMES, TABLES } from './tables.ts'
import type { AnyRow, Control, ControlPack, Design, Policy, Rule, RulePack, Settings, Table, TableName } from './types.ts'

/** The table an id belongs to by its prefix. */
export function tableOf(id: string): TableName | undefined {
  const end = id.indexOf('-')
  return BY_PREFIX.get(end < 0 ? id : id.slice(0, end))
}

const BY_PREFIX: ReadonlyMap<string, TableName> = new Map([
  ...TABLE_NAMES.flatMap(name => (TABLES[name].prefix === undefined ? [] : [[TABLES[name].prefix, name] as const])),
  ['N', 'triage'],
])

/** Any entity by its id. */
export function entityOf(design: Design, id: string): AnyRow | undefined {
  const table = tableOf(id)
  return table && rowAt(design[table] as Table<AnyRow>, id)
}

/** What a person calls an entity: its name, else its statement or goal, else its id. */
export function labelOf(design: Design, id: string): string {
  const row = entityOf(design, id) as { readonly name?: string; readonly statement?: string } | undefined
  return row?.name ?? row?.statement ?? id
}

export function settingsOf(design: Design): Settings | undefined {
  return design.settings.design
}

export const DEFAULT_POLICY: Policy = { id: 'policy', preset: 'team', default: 'assisted' }

export function policyOf(design: Design): Policy {
  return design.policy.policy ?? DEFAULT_POLICY
}

export function controlOf(packs: readonly ControlPack[], id: string | undefined): Control | undefined {
  for (const pack of packs) for (const control of pack.controls) if (control.id === id) return control
  return undefined
}

export function ruleOf(packs: readonly RulePack[], id: string): Rule | undefined {
  for (const pack of packs) for (const rule of pack.rules) if (rule.id === id) return rule
  return undefined
}
