import { ChevronRight } from 'lucide-react'
import type { AuditEvent } from '../../../core/model/types.ts'
import { FORBIDDEN_LAST } from '../../../core/monitoring/common-fields.ts'
import { ocsfClassOf } from '../../../core/monitoring/ocsf.ts'
import type { EventDemand } from '../../../core/monitoring/types.ts'
import { lookAtMonitoring } from '../../commands/definitions/monitoring.ts'
import { useSession } from '../../state/session.ts'
import { useRun } from '../../state/use-commands.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Chips } from '../../ui/chip.tsx'
import panel from '../../ui/panel.module.css'
import { CONTENT_LANGUAGE } from '../../words/content-language.ts'
import { t } from '../../words/translate.ts'
import { ChecksCard } from './checks-card.tsx'
import { commonFieldLines, type FieldLine, fieldLines } from './monitoring-model.ts'
import styles from './monitoring-view.module.css'
import { WEIGHT_NAMES, WEIGHT_TONES } from './monitoring-words.ts'
import type { Derived } from './use-hand-off.ts'

/** The events the software must write: what stands in each, what in none, and how long it is kept. */
export function EventsPart({ derived }: { readonly derived: Derived }) {
  const { demands } = derived.handOff
  return (
    <>
      <ChecksCard facts={derived.facts} />
      <section aria-label={t('Audit events')} className={panel.card}>
        <div className={`${panel.cardHead} ${styles.cardHead}`}>
          <h2 className={panel.cardTitle}>{t('Audit events')}</h2>
          <span className={panel.grow} />
          <span className={panel.count}>{t('one JSON object with flat keys on each line')}</span>
        </div>
        {demands.length === 0 ? (
          <p className={styles.detail}>{t('No detection follows from the threats, so no event is asked for.')}</p>
        ) : (
          <ul>
            {demands.map(demand => (
              <EventRow key={demand.event.name} demand={demand} />
            ))}
          </ul>
        )}
      </section>
      {demands[0] ? <InEvery event={demands[0].event} /> : null}
    </>
  )
}

function EventRow({ demand }: { readonly demand: EventDemand }) {
  const run = useRun()
  const { name, when, weight } = demand.event
  const isOpen = useSession(session => session.monitoring.open === name)
  return (
    <li className={`${styles.row} ${isOpen ? styles.opened : ''}`}>
      <button
        type="button"
        className={styles.rowHead}
        aria-expanded={isOpen}
        data-focus={`event ${name}`}
        onClick={() => run(lookAtMonitoring, { shown: { open: isOpen ? undefined : name } })}
      >
        <ChevronRight size={14} aria-hidden className={styles.arrow} />
        <code className={styles.eventName}>{name}</code>
        <span className={styles.when} lang={CONTENT_LANGUAGE}>
          when {when}
        </span>
        <Badge tone={WEIGHT_TONES[weight]}>{WEIGHT_NAMES[weight]}</Badge>
      </button>
      {isOpen ? <EventDetail demand={demand} /> : null}
    </li>
  )
}

function EventDetail({ demand: { event, services, threats } }: { readonly demand: EventDemand }) {
  const run = useRun()
  const { class: name, class_uid, activity_id, version } = ocsfClassOf(event)
  const file = { format: 'events', file: `events/${event.name}.schema.json` } as const
  return (
    <div className={styles.detail}>
      <dl className={styles.facts}>
        <div className={styles.fact}>
          <dt>{t('Written by')}</dt>
          <dd>
            {services.length > 0 ? <Chips ids={services.map(({ element }) => element.id)} named /> : t('each component that can')}
          </dd>
        </div>
        <div className={styles.fact}>
          <dt>{t('For threats')}</dt>
          <dd>
            <Chips ids={threats.map(({ id }) => id)} />
          </dd>
        </div>
        <div className={styles.fact}>
          <dt>{`OCSF ${version}`}</dt>
          <dd>
            {name} <code>class_uid {class_uid}</code> · <code>{`activity_id ${activity_id} (${event.activity})`}</code> ·{' '}
            <code>type_uid {class_uid * 100 + activity_id}</code>
          </dd>
        </div>
        <div className={styles.fact}>
          <dt>{t('Kept for')}</dt>
          <dd>{t('{{count}} days', { count: event.retentionDays })}</dd>
        </div>
        <div className={styles.fact}>
          <dt>{t('Never in it')}</dt>
          <dd>
            <Keys names={event.forbidden} />
          </dd>
        </div>
      </dl>
      <Fields label={t('Fields of {{name}}', { name: event.name })} fields={fieldLines(event)} />
      <div>
        <Button small onPress={() => run(lookAtMonitoring, { shown: { part: 'files', ...file }, focus: 'monitoring file' })}>
          {t('Show its JSON Schema')}
        </Button>
      </div>
    </div>
  )
}

/** What every event has, said once. */
function InEvery({ event }: { readonly event: AuditEvent }) {
  return (
    <section aria-label={t('In every event')} className={panel.card}>
      <div className={panel.cardHead}>
        <h2 className={panel.cardTitle}>{t('In every event')}</h2>
      </div>
      <div className={styles.detail}>
        <Fields label={t('Fields of every event')} fields={commonFieldLines(event)} />
        <p>
          {t('Never, whatever comes before the last dot:')} <Keys names={FORBIDDEN_LAST} />
        </p>
      </div>
    </section>
  )
}

function Keys({ names }: { readonly names: readonly string[] }) {
  return (
    <span className={styles.keys}>
      {names.map(name => (
        <code key={name}>{name}</code>
      ))}
    </span>
  )
}

function Fields({ label, fields }: { readonly label: string; readonly fields: readonly FieldLine[] }) {
  return (
    <ul aria-label={label} className={styles.fields}>
      {fields.map(({ name, what, values, ocsf }) => (
        <li key={name} className={styles.field}>
          <code className={styles.fieldName}>{name}</code>
          <span lang={CONTENT_LANGUAGE}>
            {what}
            {values.length > 0 ? <span className={styles.values}>{values.join(' | ')}</span> : null}
          </span>
          <span className={styles.ocsf} lang={CONTENT_LANGUAGE}>
            <span className="visually-hidden">{`OCSF: `}</span>
            {ocsf}
          </span>
        </li>
      ))}
    </ul>
  )
}
