import { useState } from 'react'
import { GATE_RULES } from '../../../core/gate/gate-rules.ts'
import { type PresetPreview, presetPreviews } from '../../../core/gate/presets.ts'
import { policyOf } from '../../../core/model/lookup.ts'
import { choosePolicy, setOneRule } from '../../commands/definitions/gate.ts'
import { useFacts, useRun } from '../../state/use-commands.ts'
import { ZONE_NAMES } from '../../state/words.ts'
import { useDesign } from '../../state/workbench.ts'
import { Fold } from '../../ui/fold.tsx'
import { Pick } from '../../ui/pick.tsx'
import { t } from '../../words/translate.ts'
import { ApproversPart } from './approvers-part.tsx'
import { presetName, presetWords } from './gate-model.ts'
import styles from './policy-part.module.css'
import { PolicySimulation } from './policy-simulation.tsx'
import { ruleWords } from './rule-words.ts'

/** Three places to start from, in plain words, each with what it would change here; the rules one by one below. */
export function PolicyPart() {
  const design = useDesign()
  const { packs, at } = useFacts()
  const run = useRun()
  const [isOpen, setOpen] = useState(false)
  const previews = presetPreviews(design, packs, at)
  return (
    <div className={styles.policy}>
      <fieldset className={styles.presets}>
        <legend className="visually-hidden">{t('Policy')}</legend>
        {previews.map(preview => (
          <label key={preview.preset} className={styles.preset}>
            <input
              type="radio"
              name="policy-preset"
              className={styles.radio}
              checked={preview.isChosen}
              onChange={() => run(choosePolicy, preview.preset)}
            />
            <span className={styles.face}>
              <span className={styles.name}>{presetName(preview.preset)}</span>
              <span>{presetWords(preview.preset)}</span>
              <Effects preview={preview} />
            </span>
          </label>
        ))}
      </fieldset>
      <p className={styles.note}>
        {t('Rules, tools and waivers stay whichever you choose; a rule allows more than this zone only where it says so.')}
      </p>
      <PolicySimulation />
      <ApproversPart />
      <div>
        <Fold isOpen={isOpen} onToggle={() => setOpen(!isOpen)}>
          {t('What each rule does')}
        </Fold>
      </div>
      {isOpen ? <Rules /> : null}
    </div>
  )
}

function Effects({ preview: { isChosen, zone, effects } }: { readonly preview: PresetPreview }) {
  const closes = effects.filter(effect => effect.open.before && !effect.open.after)
  const opens = effects.filter(effect => !effect.open.before && effect.open.after)
  return (
    <span className={styles.effects}>
      <span>{ZONE_NAMES[zone]}</span>
      {isChosen ? (
        <strong>{t('In use')}</strong>
      ) : effects.length === 0 ? (
        <span>{t('Changes no work item of now.')}</span>
      ) : (
        <>
          <span>
            {t('Changes the zone of {{count}} work items.', {
              count: effects.filter(one => one.zone.before !== one.zone.after).length,
            })}
          </span>
          {closes.length > 0 ? (
            <span className={styles.closes}>
              {t('Closes the gate for {{items}}.', { items: closes.map(one => one.workItem).join(', ') })}
            </span>
          ) : null}
          {opens.length > 0 ? (
            <span className={styles.opens}>
              {t('Opens the gate for {{items}}.', { items: opens.map(one => one.workItem).join(', ') })}
            </span>
          ) : null}
        </>
      )}
    </span>
  )
}

/** Every rule that can be turned, and those that always block because without them a prompt would mean nothing. */
function Rules() {
  const policy = policyOf(useDesign())
  const run = useRun()
  return (
    <ul className={styles.rules}>
      {Object.entries(GATE_RULES).map(([code, rule]) => (
        <li key={code} className={styles.rule}>
          <span>
            {ruleWords(code)} <code className={styles.code}>{code}</code>
          </span>
          {rule.isLocked ? (
            <span className={styles.note}>{t('always blocks')}</span>
          ) : (
            <div className={styles.pick}>
              <Pick
                label={t('What {{rule}} does', { rule: ruleWords(code) })}
                hideLabel
                bare
                value={policy.gate?.[code] ?? rule.does}
                choices={[
                  { value: 'block', label: t('blocks') },
                  { value: 'warn', label: t('warns') },
                  { value: 'off', label: t('is off') },
                ]}
                onPick={does => run(setOneRule, { code, does })}
              />
            </div>
          )}
        </li>
      ))}
    </ul>
  )
}
