import { Siren } from 'lucide-react'
import type { ThreatState } from '../../../core/mitigations/derive.ts'
import type { Category, PrivacyCategory, Threat } from '../../../core/model/types.ts'
import { confirmOneThreat, editOneThreat, setCategory } from '../../commands/definitions/mitigate.ts'
import { showWatch } from '../../commands/definitions/monitoring.ts'
import { useRun } from '../../state/use-commands.ts'
import { CATEGORIES, CATEGORY_NAMES, PRIVACY_CATEGORIES, PRIVACY_NAMES } from '../../state/words.ts'
import { useDesign } from '../../state/workbench.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Chips } from '../../ui/chip.tsx'
import { DraftField } from '../../ui/draft-field.tsx'
import panel from '../../ui/panel.module.css'
import { t } from '../../words/translate.ts'
import { AddMitigation } from './add-mitigation.tsx'
import { Answer } from './answer.tsx'
import { EstimatePart } from './estimate-part.tsx'
import { aboutOf } from './mitigate-model.ts'
import styles from './mitigate-view.module.css'
import { MitigationRow } from './mitigation-row.tsx'
import { RiskChange } from './risk-change.tsx'

/** One threat: what it says, what is done about it, what remains. */
export function ThreatDetail({ state }: { readonly state: ThreatState }) {
  const design = useDesign()
  const run = useRun()
  const { threat } = state
  const set = (fields: Readonly<Record<string, unknown>>) => run(editOneThreat, { threat: threat.id, fields })
  const isUnconfirmed = threat.provenance.kind === 'ai' && threat.provenance.confirmedBy === undefined
  return (
    <article aria-label={t('Threat {{id}}', { id: threat.id })} className={panel.card}>
      <div className={styles.detailHead}>
        <DraftField
          label={t('Threat')}
          hideLabel
          bare
          multiline
          value={threat.statement}
          onCommit={statement => set({ statement })}
        />
        <div className={styles.facts}>
          {(Object.keys(threat.categories) as Category[]).map(category => (
            <Badge key={category} tone="accent">
              {CATEGORY_NAMES[category]}
            </Badge>
          ))}
          {(Object.keys(threat.privacy ?? {}) as PrivacyCategory[]).map(category => (
            <Badge key={category} tone="info">
              {t('Privacy: {{category}}', { category: PRIVACY_NAMES[category] })}
            </Badge>
          ))}
          {Object.keys(threat.cwe ?? {}).map(cwe => (
            <Badge key={cwe}>{cwe}</Badge>
          ))}
          <Chips ids={aboutOf(design, state)} named />
          <Chips ids={Object.keys(threat.findings ?? {})} />
          <Button small look="quiet" icon={<Siren size={13} aria-hidden />} onPress={() => run(showWatch, threat.id)}>
            {t('What would show it')}
          </Button>
        </div>
        <RiskChange state={state} named />
        {isUnconfirmed ? (
          <div className={styles.facts}>
            <Badge tone="warn">{t('Proposed by AI')}</Badge>
            <span className={panel.sub}>{t('It counts as open until a person confirms it.')}</span>
            <Button small onPress={() => run(confirmOneThreat, threat.id)}>
              {t('Confirm')}
            </Button>
          </div>
        ) : null}
      </div>
      <EstimatePart state={state} />
      <section aria-label={t('Mitigations')} className={styles.part}>
        <h2 className={styles.partTitle}>
          {t('Mitigations')}
          {state.mitigations.length > 0 && !state.verifiable ? <Badge tone="warn">{t('Not verifiable yet')}</Badge> : null}
        </h2>
        {state.mitigations.length > 0 ? (
          <ul className={styles.mitigations}>
            {state.mitigations.map(mitigation => (
              <MitigationRow key={mitigation.id} mitigation={mitigation} />
            ))}
          </ul>
        ) : null}
        <AddMitigation state={state} />
      </section>
      <Answer state={state} />
      {Object.keys(threat.findings ?? {}).length === 0 ? <Categories threat={threat} /> : null}
    </article>
  )
}

/** A threat written by hand says itself which categories it belongs to; privacy stands beside STRIDE. */
function Categories({ threat }: { readonly threat: Threat }) {
  const run = useRun()
  const set = (of: 'categories' | 'privacy', category: Category | PrivacyCategory) => (holds: boolean) =>
    run(setCategory, { threat: threat.id, of, category, holds })
  return (
    <div className={styles.part}>
      <fieldset>
        <legend className={styles.legend}>STRIDE</legend>
        <div className={styles.ticks}>
          {CATEGORIES.map(category => (
            <Tick
              key={category}
              name={CATEGORY_NAMES[category]}
              holds={threat.categories[category] === true}
              onSet={set('categories', category)}
            />
          ))}
        </div>
      </fieldset>
      <fieldset>
        <legend className={styles.legend}>{t('Privacy')}</legend>
        <div className={styles.ticks}>
          {PRIVACY_CATEGORIES.map(category => (
            <Tick
              key={category}
              name={PRIVACY_NAMES[category]}
              holds={threat.privacy?.[category] === true}
              onSet={set('privacy', category)}
            />
          ))}
        </div>
      </fieldset>
    </div>
  )
}

type TickProps = { readonly name: string; readonly holds: boolean; readonly onSet: (holds: boolean) => void }

function Tick({ name, holds, onSet }: TickProps) {
  return (
    <label className={styles.category}>
      <input type="checkbox" checked={holds} onChange={event => onSet(event.target.checked)} />
      {name}
    </label>
  )
}
