import { labelOf } from '../../../core/model/lookup.ts'
import { rowsOf } from '../../../core/model/table.ts'
import type { Flow, Ternary } from '../../../core/model/types.ts'
import { editObject, removeObjects, renameObject } from '../../commands/definitions/model.ts'
import { FLOW_QUESTIONS } from '../../state/attribute-words.ts'
import { useRun } from '../../state/use-commands.ts'
import { useDesign } from '../../state/workbench.ts'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { DraftField } from '../../ui/draft-field.tsx'
import { TernaryField } from '../../ui/ternary-field.tsx'
import { t } from '../../words/translate.ts'
import styles from './inspector.module.css'
import { LinkChecks } from './link-checks.tsx'
import { Part } from './part.tsx'

const PROTOCOLS = ['HTTPS', 'HTTP', 'gRPC', 'SQL', 'mTLS', 'AMQP', 'Kafka', 'SSH', 'WebSocket', 'File', 'In process']
const ASKED = Object.keys(FLOW_QUESTIONS) as (keyof typeof FLOW_QUESTIONS)[]

/** A data flow: from where to where, how it is protected, what it carries. */
export function FlowPanel({ flow }: { readonly flow: Flow }) {
  const design = useDesign()
  const run = useRun()
  const { id } = flow
  const set = (label: string, fields: Readonly<Record<string, unknown>>) => run(editObject, { id, fields, label })
  const known = (value: Ternary) => (value === 'unknown' ? undefined : value)
  return (
    <div className={styles.fields}>
      <DraftField label={t('Name')} value={flow.name} onCommit={name => run(renameObject, { id, name })} />
      <dl className={styles.facts}>
        <dt>{t('From')}</dt>
        <dd>
          {flow.source === undefined ? t('Loose end') : <Chip id={flow.source} named label={labelOf(design, flow.source)} />}
        </dd>
        <dt>{t('To')}</dt>
        <dd>
          {flow.target === undefined ? t('Loose end') : <Chip id={flow.target} named label={labelOf(design, flow.target)} />}
        </dd>
      </dl>
      <DraftField
        label={t('Protocol')}
        focus={`field ${id} protocol`}
        value={flow.protocol ?? ''}
        placeholder={t('Unknown')}
        list={PROTOCOLS}
        onCommit={text => set(t('protocol'), { protocol: text || undefined })}
      />
      {ASKED.map(field => (
        <TernaryField
          key={field}
          focus={`field ${id} ${field}`}
          label={FLOW_QUESTIONS[field]}
          value={flow[field]}
          onPick={value => set(t('“{{statement}}”', { statement: FLOW_QUESTIONS[field] }), { [field]: known(value) })}
        />
      ))}
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={flow.bidirectional === true}
          onChange={event => set(t('direction'), { bidirectional: event.target.checked ? true : undefined })}
        />
        {t('Runs both ways')}
      </label>
      <Part title={t('Data it carries')}>
        <LinkChecks
          label={t('Data')}
          rows={rowsOf(design.data).map(row => ({ id: row.id, name: row.name, more: row.class }))}
          linked={flow.data}
          onToggle={(data, linked) => set(t('data'), { [`data/${data}`]: linked ? true : undefined })}
          empty={t('Data assets are named in step 1.')}
        />
      </Part>
      <div className={styles.buttons}>
        <Button look="danger" onPress={() => run(removeObjects, [id])}>
          {t('Remove flow')}
        </Button>
      </div>
    </div>
  )
}
