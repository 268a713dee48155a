import type { Command } from '../../commands/command.ts'
import { openImport } from '../../commands/definitions/import.ts'
import { TOOLS } from '../../commands/definitions/model-keys.ts'
import { useRun } from '../../state/use-commands.ts'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import panel from '../../ui/panel.module.css'
import { t } from '../../words/translate.ts'
import styles from './model-view.module.css'

/** What stands on the canvas before anything is drawn. */
export function EmptyCanvas() {
  const run = useRun()
  const [process] = TOOLS as readonly [Command, ...Command[]]
  return (
    <div className={styles.empty}>
      <Empty title={t('Nothing is drawn yet.')}>
        <p>
          {t(
            'Draw the first process, then what talks to it. Keys: P process, S store, E external entity, B boundary, C connect.',
          )}
        </p>
        <div className={panel.actions}>
          <Button look="primary" onPress={() => run(process)}>
            {t('Draw process')}
          </Button>
          <Button onPress={() => run(openImport)}>{t('Import a model…')}</Button>
        </div>
      </Empty>
    </div>
  )
}
