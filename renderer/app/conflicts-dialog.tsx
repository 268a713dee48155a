import type { KeptConflict } from '../../host/contract.ts'
import { closeDialog } from '../commands/definitions/app.ts'
import { decideConflict } from '../commands/definitions/conflicts.ts'
import { useRun } from '../state/use-commands.ts'
import { useHostRead } from '../state/use-host-read.ts'
import { Button } from '../ui/button.tsx'
import { Modal, ModalEnd } from '../ui/modal.tsx'
import { ProblemList } from '../ui/problem-list.tsx'
import { t } from '../words/translate.ts'
import styles from './conflicts-dialog.module.css'

/** What was changed here and, differently, in the text files: both values, and which of them stands. */
export function ConflictsDialog({ turn }: { readonly turn: number }) {
  const run = useRun()
  const onClose = () => run(closeDialog)
  const read = useHostRead('conflicts.read', {}, turn)
  return (
    <Modal title={t('Changed here and in the files')} onClose={onClose} wide>
      <p className={styles.lead}>
        {t(
          'Somebody changed the text files while the same was changed here. The design holds ours until you decide; nothing is lost.',
        )}
      </p>
      {read.kind === 'refused' ? <ProblemList problems={read.problems} /> : null}
      {read.kind === 'reading' ? <p role="status">{t('Reading…')}</p> : null}
      {read.kind === 'read' ? (
        <ul className={styles.list}>
          {read.value.conflicts.map(conflict => (
            <OneConflict key={conflict.id} conflict={conflict} />
          ))}
        </ul>
      ) : null}
      <ModalEnd>
        <Button onPress={onClose}>{t('Later')}</Button>
      </ModalEnd>
    </Modal>
  )
}

function OneConflict({ conflict }: { readonly conflict: KeptConflict }) {
  const run = useRun()
  const { id, row, table, field, ours, theirs } = conflict
  const place = field === null ? `${table} ${row}` : `${row} ${field}`
  const decide = (take: 'ours' | 'theirs') => () => run(decideConflict, { id, take })
  return (
    <li className={styles.one}>
      <h3 className={styles.place}>
        <code>{place}</code>
      </h3>
      <dl className={styles.values}>
        <div>
          <dt>{t('Here')}</dt>
          <dd>{shown(ours)}</dd>
        </div>
        <div>
          <dt>{t('In the file')}</dt>
          <dd>{shown(theirs)}</dd>
        </div>
      </dl>
      <div className={styles.deeds}>
        <Button small onPress={decide('ours')} aria-label={t('Keep ours of {{place}}', { place })}>
          {t('Keep ours')}
        </Button>
        <Button small onPress={decide('theirs')} aria-label={t('Take the file’s of {{place}}', { place })}>
          {t('Take the file’s')}
        </Button>
      </div>
    </li>
  )
}

/** A value at a length that can be compared; null is none. */
function shown(value: unknown): string {
  if (value === null || value === undefined) return t('nothing')
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > 600 ? `${text.slice(0, 599)}…` : text
}
