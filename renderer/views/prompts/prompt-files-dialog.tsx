import { lazy, Suspense } from 'react'
import type { ManagedConflict } from '../../../core/targets/managed.ts'
import { replaceInProject } from '../../commands/definitions/prompt-files.ts'
import { useRun } from '../../state/use-commands.ts'
import { Button } from '../../ui/button.tsx'
import { Modal, ModalEnd } from '../../ui/modal.tsx'
import { t } from '../../words/translate.ts'
import styles from './prompt-files-dialog.module.css'

const VersionDiff = lazy(() => import('./version-diff.tsx').then(({ VersionDiff: view }) => ({ default: view })))

type Props = { readonly folder: string; readonly conflicts: readonly ManagedConflict[]; readonly onClose: () => void }

/** Files that were changed by hand: both texts, and the question. Nothing is written until it is answered. */
export function PromptFilesDialog({ folder, conflicts, onClose }: Props) {
  const run = useRun()
  return (
    <Modal title={t('Changed by hand')} onClose={onClose} wide>
      <p>{t('Nothing was written to {{folder}}. Replacing takes what was written by hand out.', { folder })}</p>
      {conflicts.map(one => (
        <section key={one.path} aria-label={one.path} className={styles.file}>
          <h3 className={styles.path}>
            <code>{one.path}</code>
          </h3>
          <p className={styles.why}>
            {one.why === 'edited' ? t('Changed since Skeptic wrote it.') : t('Not written by Skeptic.')}
          </p>
          <section
            aria-label={t('Difference in {{path}}', { path: one.path })}
            className={styles.diff}
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a text that scrolls must be reachable by keyboard
            tabIndex={0}
          >
            <Suspense fallback={<p className={styles.why}>{t('Comparing…')}</p>}>
              <VersionDiff
                before={{ name: t('As it is'), text: one.before }}
                after={{ name: t('As it would be written'), text: one.after }}
              />
            </Suspense>
          </section>
        </section>
      ))}
      <ModalEnd>
        <Button onPress={onClose}>{t('Leave everything as it is')}</Button>
        <Button
          look="danger"
          onPress={() =>
            run(
              replaceInProject,
              conflicts.map(({ path, sha256 }) => ({ path, sha256 })),
            )
          }
        >
          {t('Replace what was written by hand')}
        </Button>
      </ModalEnd>
    </Modal>
  )
}
