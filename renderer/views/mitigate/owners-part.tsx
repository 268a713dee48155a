import { useState } from 'react'
import { ownerships } from '../../../core/mitigations/owners.ts'
import { giveTo } from '../../commands/definitions/mitigate.ts'
import { useRun } from '../../state/use-commands.ts'
import { useDesign } from '../../state/workbench.ts'
import { Chips } from '../../ui/chip.tsx'
import { DraftField } from '../../ui/draft-field.tsx'
import { Fold } from '../../ui/fold.tsx'
import panel from '../../ui/panel.module.css'
import { t } from '../../words/translate.ts'
import { knownPeople } from './mitigate-model.ts'
import styles from './owners-part.module.css'

/** Who answers for what; when somebody leaves, one line gives everything to another. */
export function OwnersPart() {
  const design = useDesign()
  const run = useRun()
  const [isOpen, setOpen] = useState(false)
  const { owners, unowned } = ownerships(design)
  const people = knownPeople(design)
  if (owners.length === 0 && unowned.length === 0) return null
  return (
    <section aria-label={t('Owners')} className={panel.card}>
      <div className={styles.head}>
        <Fold isOpen={isOpen} onToggle={() => setOpen(!isOpen)}>
          {t('Owners')}
        </Fold>
        <span className={panel.count}>
          {[
            t('{{count}} people', { count: owners.length }),
            ...(unowned.length > 0 ? [t('{{count}} mitigations without an owner', { count: unowned.length })] : []),
          ].join(', ')}
        </span>
      </div>
      {isOpen ? (
        <ul className={styles.owners}>
          {unowned.length > 0 ? (
            <li className={styles.owner}>
              <span className={styles.nobody}>{t('Nobody yet')}</span>
              <Chips ids={unowned} />
              <GiveTo
                label={t('Give all that nobody owns to')}
                people={people}
                onGive={to => run(giveTo, { ids: unowned, to })}
              />
            </li>
          ) : null}
          {owners.map(one => (
            <li key={one.owner} className={styles.owner}>
              <strong>{one.owner}</strong>
              <Chips ids={[...one.mitigations, ...one.acceptances]} />
              <GiveTo
                label={t('Give all of {{owner}} to', { owner: one.owner })}
                people={people}
                onGive={to => run(giveTo, { ids: [...one.mitigations, ...one.acceptances], to })}
              />
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  )
}

type GiveToProps = { readonly label: string; readonly people: readonly string[]; readonly onGive: (to: string) => void }

function GiveTo({ label, people, onGive }: GiveToProps) {
  return (
    <div className={styles.give}>
      <DraftField
        label={label}
        hideLabel
        value=""
        placeholder={t('Give all to…')}
        list={people}
        onCommit={to => (to.trim() ? onGive(to) : undefined)}
      />
    </div>
  )
}
