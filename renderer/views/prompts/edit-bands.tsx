import type { PromptEdit } from '../../../core/model/types.ts'
import type { EditedBy } from '../../../core/prompts/make.ts'
import { backToGenerated, leaveEditing, showEdit, stopEditing } from '../../commands/definitions/prompt-edit.ts'
import { useRun } from '../../state/use-commands.ts'
import { Button } from '../../ui/button.tsx'
import { Keys } from '../../ui/keys.tsx'
import { t } from '../../words/translate.ts'
import styles from './bands.module.css'
import { dayAndTime } from './day-and-time.ts'

/** While the text is typed in: what stays as it is, and the two ways out. */
export function EditingBand() {
  const run = useRun()
  return (
    <div className={`${styles.band} ${styles.old}`}>
      <span>{t('Editing by hand. Lines in grey are filled in when the prompt is made, and stay.')}</span>
      <Button small look="primary" onPress={() => run(stopEditing)}>
        {t('Stop editing')} <Keys chord="Mod+Enter" />
      </Button>
      <Button small look="quiet" onPress={() => run(leaveEditing)}>
        {t('Stop without keeping')}
      </Button>
    </div>
  )
}

type Props = {
  readonly edit: PromptEdit
  /** What became of the edit; undefined where no prompt can be made with it. */
  readonly edited: EditedBy | undefined
  /** The edit is in view, with what can be done about it. */
  readonly isShown: boolean
}

/** An edited text is never mistaken for the generated one. */
export function EditedBand({ edit, edited, isShown }: Props) {
  return (
    <div className={`${styles.band} ${styles.stale}`}>
      <span>
        <strong>{t('Edited by hand')}</strong>{' '}
        {edited
          ? t('by {{who}}, {{when}}: {{count}} lines. No approval of the generated text covers it.', {
              who: edit.by,
              when: dayAndTime(edit.at),
              count: edited.lines,
            })
          : t('by {{who}}, {{when}}.', { who: edit.by, when: dayAndTime(edit.at) })}
        {edited?.isMerged ? ` ${t('The generated text changed since; the edit fits.')}` : null}
      </span>
      {isShown ? null : <Deeds isMerged={edited?.isMerged === true} />}
    </div>
  )
}

function Deeds({ isMerged }: { readonly isMerged: boolean }) {
  const run = useRun()
  return (
    <>
      <Button small onPress={() => run(showEdit)}>
        {isMerged ? t('Review the merge') : t('Show the edit')}
      </Button>
      <Button small onPress={() => run(backToGenerated)}>
        {t('Back to the generated text')}
      </Button>
    </>
  )
}
