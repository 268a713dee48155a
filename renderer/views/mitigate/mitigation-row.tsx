import { X } from 'lucide-react'
import { useState } from 'react'
import { controlOf } from '../../../core/model/lookup.ts'
import type { Mitigation } from '../../../core/model/types.ts'
import { confirmOne } from '../../commands/definitions/gate.ts'
import {
  addOwnCheck,
  editStatement,
  giveTo,
  removeAnswer,
  removeOwnCheck,
  setStatus,
} from '../../commands/definitions/mitigate.ts'
import { useFacts, useRun } from '../../state/use-commands.ts'
import { useDesign } from '../../state/workbench.ts'
import { AddLine } from '../../ui/add-line.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { DraftField } from '../../ui/draft-field.tsx'
import { Fold } from '../../ui/fold.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Pick } from '../../ui/pick.tsx'
import { t } from '../../words/translate.ts'
import { knownPeople } from './mitigate-model.ts'
import styles from './mitigation-row.module.css'

/** One mitigation: its words, its control, how far it is, who sees to it, and the checks that can show it. */
export function MitigationRow({ mitigation }: { readonly mitigation: Mitigation }) {
  const run = useRun()
  const design = useDesign()
  const control = controlOf(useFacts().packs.controls, mitigation.control)
  const { id } = mitigation
  const waits = mitigation.provenance.kind === 'ai' && mitigation.provenance.confirmedBy === undefined
  return (
    <li className={styles.row}>
      <div className={styles.head}>
        <Chip id={id} />
        <div className={styles.words}>
          <DraftField
            label={t('Statement of {{id}}', { id })}
            hideLabel
            bare
            multiline
            value={mitigation.statement}
            focus={`object ${id}`}
            onCommit={statement => run(editStatement, { mitigation: id, statement })}
          />
        </div>
        <IconButton label={t('Remove {{id}}', { id })} onPress={() => run(removeAnswer, id)}>
          <X size={14} aria-hidden />
        </IconButton>
      </div>
      {waits ? (
        <div className={styles.waits}>
          <Badge tone="warn">{t('Proposed by AI')}</Badge>
          <span>{t('It counts for nothing until a person confirms it.')}</span>
          <Button small aria-label={t('Confirm {{id}}', { id })} onPress={() => run(confirmOne, id)}>
            {t('Confirm')}
          </Button>
        </div>
      ) : null}
      <div className={styles.facts}>
        <span className={styles.control}>
          {control ? t('Control: {{control}}', { control: control.title }) : t('In own words')}
        </span>
        <div className={styles.owner}>
          <DraftField
            label={t('Owner of {{id}}', { id })}
            hideLabel
            bare
            value={mitigation.owner ?? ''}
            placeholder={t('No owner')}
            list={knownPeople(design)}
            onCommit={to => (to.trim() ? run(giveTo, { ids: [id], to }) : undefined)}
          />
        </div>
        <div className={styles.status}>
          <Pick
            label={t('Status of {{id}}', { id })}
            hideLabel
            value={mitigation.status}
            choices={[
              { value: 'planned', label: t('Planned') },
              { value: 'implemented', label: t('Implemented') },
              { value: 'verified', label: t('Verified') },
            ]}
            onPick={status => run(setStatus, { mitigation: id, status })}
          />
        </div>
      </div>
      <Checks mitigation={mitigation} ofControl={control?.checks ?? []} />
    </li>
  )
}

type ChecksProps = {
  readonly mitigation: Mitigation
  readonly ofControl: readonly { readonly key: string; readonly statement: string }[]
}

/** What would show that it is there. Without any, it is named for what it is. */
function Checks({ mitigation, ofControl }: ChecksProps) {
  const run = useRun()
  const [isOpen, setOpen] = useState(false)
  const own = Object.entries(mitigation.checks ?? {})
  const count = own.length + ofControl.length
  const add = (
    <AddLine
      label={t('New check of {{id}}', { id: mitigation.id })}
      placeholder={t('What would show it, in one sentence')}
      onAdd={statement => run(addOwnCheck, { mitigation: mitigation.id, statement })}
    />
  )
  if (count === 0)
    return (
      <div className={styles.hope}>
        <Badge tone="warn">{t('Not verifiable yet')}</Badge>
        <div className={styles.grow}>{add}</div>
      </div>
    )
  return (
    <div className={styles.checks}>
      <Fold isOpen={isOpen} onToggle={() => setOpen(!isOpen)}>
        {t('{{count}} checks can show it', { count })}
      </Fold>
      {isOpen ? (
        <>
          <ul className={styles.checkList}>
            {ofControl.map(check => (
              <li key={check.key} className={styles.check}>
                <span>{check.statement}</span>
                <code>
                  {mitigation.control}/{check.key}
                </code>
              </li>
            ))}
            {own.map(([key, check]) => (
              <li key={key} className={styles.check}>
                <span>{check.statement}</span>
                <IconButton
                  label={t('Remove the check {{check}}', { check: check.statement })}
                  onPress={() => run(removeOwnCheck, { mitigation: mitigation.id, key })}
                >
                  <X size={13} aria-hidden />
                </IconButton>
              </li>
            ))}
          </ul>
          {add}
        </>
      ) : null}
    </div>
  )
}
