import { controlOf } from '../../../core/model/lookup.ts'
import type { Packs, Rule } from '../../../core/model/types.ts'
import type { Explanation, Suppressor } from '../../../core/threats/explain.ts'
import { inWords } from '../../state/attribute-words.ts'
import { t } from '../../words/translate.ts'

/** What would keep a finding back, and how far it holds. */
export type KeepsBack = {
  readonly control: string
  readonly title: string
  readonly state: string
  readonly holds: boolean
  readonly sentences: readonly string[]
}

/** The suppressions of a rule as a person reads them. */
export function keepsBack(why: Explanation, packs: Packs): readonly KeepsBack[] {
  return why.suppressions.map(({ control, holds, facts }) => ({
    control,
    title: controlOf(packs.controls, control)?.title ?? control,
    state: stateOf({ holds, facts }),
    holds,
    sentences: facts.map(fact => inWords(fact.sentence)),
  }))
}

function stateOf({ holds, facts }: Pick<Suppressor, 'holds' | 'facts'>): string {
  if (holds) return t('holds, so it is kept back')
  const met = facts.filter(fact => fact.holds).length
  return met > 0 ? t('{{met}} of {{all}} hold', { met, all: facts.length }) : t('does not hold')
}

/** A catalogue and what of it a rule names. */
export type Reference = { readonly catalogue: string; readonly entries: readonly string[] }

/** Where else a rule's threat is described; catalogues it does not name are left out. */
export function referencesOf({ cwe, capec, attack, asvs, references }: Rule): readonly Reference[] {
  const all: readonly (readonly [string, readonly string[] | undefined])[] = [
    [t('Weakness'), cwe],
    [t('Attack pattern'), capec],
    ['ATT&CK', attack],
    ['ASVS 5', asvs],
    [t('Also'), references],
  ]
  return all.flatMap(([catalogue, entries = []]) => (entries.length > 0 ? [{ catalogue, entries }] : []))
}
