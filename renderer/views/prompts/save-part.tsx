import { FolderInput } from 'lucide-react'
import type { Output } from '../../../host/contract.ts'
import { saveToProject } from '../../commands/definitions/prompt-files.ts'
import { useSession } from '../../state/session.ts'
import { useRun } from '../../state/use-commands.ts'
import { Button } from '../../ui/button.tsx'
import { t } from '../../words/translate.ts'
import styles from './prompt-side.module.css'

/** Writes the files of the prompt where the coding tool looks for them, and says what became of each. */
export function SavePart({ workItem, isDraft }: { readonly workItem: string; readonly isDraft: boolean }) {
  const run = useRun()
  const target = useSession(session => session.target)
  const saved = useSession(({ savedFiles: one }) => (one?.workItem === workItem && one.target === target ? one : undefined))
  return (
    <div className={styles.template}>
      <div>
        <Button icon={<FolderInput size={14} aria-hidden />} data-focus="save to project" onPress={() => run(saveToProject)}>
          {isDraft ? t('Save draft to project (recorded)') : t('Save to project')}
        </Button>
      </div>
      {saved ? (
        <section aria-label={t('Saved files')}>
          <p className={styles.mute}>{t('Below {{folder}}:', { folder: saved.folder })}</p>
          <ul className={styles.saved}>
            {saved.files.map(({ path, kind }) => (
              <li key={path}>
                <code>{path}</code> <span className={styles.mute}>{kindWords(kind)}</span>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  )
}

function kindWords(kind: Output<'prompt.save'>['files'][number]['kind']): string {
  switch (kind) {
    case 'created':
      return t('new')
    case 'updated':
      return t('updated')
    case 'left':
      return t('yours, left as it is')
    default:
      return t('unchanged')
  }
}
