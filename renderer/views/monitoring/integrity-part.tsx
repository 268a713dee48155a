import { useMemo } from 'react'
import { integrityParts, type IntegrityPart as Part, SECRET_FILES } from '../../../core/monitoring/integrity.ts'
import { lookAtMonitoring } from '../../commands/definitions/monitoring.ts'
import { placesNow } from '../../commands/monitoring-plans.ts'
import { useSession } from '../../state/session.ts'
import { useRun } from '../../state/use-commands.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Chip, Chips } from '../../ui/chip.tsx'
import { DraftField } from '../../ui/draft-field.tsx'
import panel from '../../ui/panel.module.css'
import { t } from '../../words/translate.ts'
import { Lines } from './lines.tsx'
import { leftOut } from './monitoring-model.ts'
import styles from './monitoring-view.module.css'
import type { Derived } from './use-hand-off.ts'

/** Program and configuration of each component: where they lie, what of a change is told, and what is left out. */
export function IntegrityPart({ derived: { handOff, facts } }: { readonly derived: Derived }) {
  const run = useRun()
  const places = useSession(session => session.monitoring.places)
  const parts = useMemo(() => integrityParts(facts.design, handOff, placesNow(places, handOff)), [facts.design, handOff, places])
  const missing = parts.filter(part => part.places.length === 0).length
  const out = leftOut(facts.design)
  return (
    <>
      <section aria-label={t('Watched')} className={panel.card}>
        <div className={`${panel.cardHead} ${styles.cardHead}`}>
          <h2 className={panel.cardTitle}>{t('Program and configuration')}</h2>
          {missing > 0 ? <Badge tone="warn">{t('{{missing}} to fill in', { missing })}</Badge> : null}
          <span className={panel.grow} />
          <Button
            small
            onPress={() =>
              run(lookAtMonitoring, { shown: { part: 'files', format: 'integrity', file: undefined }, focus: 'monitoring file' })
            }
          >
            {t('Show the files')}
          </Button>
        </div>
        <p className={styles.note}>
          {t(
            'The design does not say where a component lies on a machine. What you say here stays in this window and goes into the files; what you leave empty stands in them as a remark to fill in.',
          )}
        </p>
        {parts.length === 0 ? <p className={styles.note}>{t('No process or data store of ours is drawn.')}</p> : null}
        <Lines of={parts}>{part => <Component key={part.service.element.id} part={part} />}</Lines>
      </section>
      <section aria-label={t('Left out')} className={panel.card}>
        <div className={panel.cardHead}>
          <h2 className={panel.cardTitle}>{t('Left out')}</h2>
        </div>
        <ul className={styles.out}>
          <li>{t('Data files: they change all the time.')}</li>
          <li>
            {t('What changed in files that may hold secrets; their names contain:')}{' '}
            <span className={styles.keys}>
              {SECRET_FILES.split('|').map(name => (
                <code key={name}>{name.replace('$', '')}</code>
              ))}
            </span>
          </li>
          <li>
            {out.length === 0 ? (
              t('Nothing of others, nothing out of scope: none is drawn.')
            ) : (
              <>
                {t('What belongs to others or is out of scope:')} <Chips ids={out.map(({ id }) => id)} named />
              </>
            )}
          </li>
        </ul>
      </section>
    </>
  )
}

function Component({ part: { service, places, holdsSecrets, threats } }: { readonly part: Part }) {
  const run = useRun()
  const said = useSession(session => session.monitoring.places)
  const { id, name } = service.element
  const place = said?.[id] ?? ''
  function commit(typed: string) {
    const { [id]: _, ...others } = said ?? {}
    const next = typed.trim()
    run(lookAtMonitoring, { shown: { places: next === '' ? others : { ...others, [id]: next } } })
  }
  const isWrong = place !== '' && places.length === 0
  return (
    <li className={`${styles.row} ${styles.component}`}>
      <div>
        <div className={styles.threatHead}>
          <Chip id={id} />
          <span>{name}</span>
          {threats.length > 0 ? <Chips ids={threats.map(threat => threat.id)} /> : null}
        </div>
        <p className={styles.sub}>
          {holdsSecrets
            ? t('Tells that a file changed, never what in it: it may hold secrets.')
            : t('Tells that a file changed and what in it.')}
        </p>
      </div>
      <DraftField
        label={t('Directory of {{name}}', { name })}
        hideLabel
        value={place}
        placeholder={t('Directory, as {{place}}', { place: '/opt/billing' })}
        onCommit={commit}
        {...(isWrong
          ? { note: t('This is no full path of a directory with letters, digits, spaces and . _ - + @ only. It is left out.') }
          : {})}
      />
    </li>
  )
}
