import { ChevronLeft, ChevronRight, Columns2, FileDiff, Pencil, Rows2 } from 'lucide-react'
import type { WorkItem } from '../../../core/model/types.ts'
import type { PromptVersion } from '../../../core/prompts/versions.ts'
import { editByHand } from '../../commands/definitions/prompt-edit.ts'
import { compareVersions, newerVersion, olderVersion, setSideBySide, versionName } from '../../commands/definitions/prompts.ts'
import { chordFor } from '../../commands/registry.ts'
import { useSession } from '../../state/session.ts'
import { useRun } from '../../state/use-commands.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { Seal, type SealState } from '../../ui/seal.tsx'
import { t } from '../../words/translate.ts'
import styles from './prompt-head.module.css'

type Props = {
  readonly item: WorkItem
  readonly digest: string | undefined
  readonly state: SealState
  readonly versions: readonly PromptVersion[]
  readonly shown: PromptVersion | undefined
  readonly canCompare: boolean
  readonly isEditing: boolean
  readonly onShowChanges: (() => void) | undefined
}

/** Which prompt, which version, made from which state of the design. */
export function PromptHead({ item, digest, state, versions, shown, canCompare, isEditing, onShowChanges }: Props) {
  const run = useRun()
  const compare = useSession(session => session.promptCompare)
  const sideBySide = useSession(session => session.promptSideBySide)
  const hasOlder = versions.length > 0 && shown?.number !== versions[0]?.number
  return (
    <header className={styles.head}>
      <div className={styles.names}>
        <h2 className={styles.title}>{item.name}</h2>
        <p className={styles.sub}>
          <code>{item.id.replace('W-', 'P-')}</code>
          {digest === undefined ? null : <Seal digest={digest} label={t('slice')} state={state} onShow={onShowChanges} />}
        </p>
      </div>
      <fieldset className={styles.tools} aria-label={t('Go through versions')}>
        <IconButton
          label={t('Edit by hand')}
          chord={chordFor(editByHand)}
          pressed={isEditing}
          isDisabled={shown !== undefined}
          onPress={() => run(editByHand)}
        >
          <Pencil size={15} aria-hidden />
        </IconButton>
        {compare ? (
          <IconButton label={sideBySide ? t('One column') : t('Side by side')} onPress={() => run(setSideBySide, !sideBySide)}>
            {sideBySide ? <Rows2 size={15} aria-hidden /> : <Columns2 size={15} aria-hidden />}
          </IconButton>
        ) : null}
        <IconButton
          label={t('Compare with the version before')}
          chord={chordFor(compareVersions)}
          pressed={compare}
          isDisabled={!canCompare && !compare}
          onPress={() => run(compareVersions)}
        >
          <FileDiff size={15} aria-hidden />
        </IconButton>
        <IconButton
          label={t('Older version')}
          chord={chordFor(olderVersion)}
          isDisabled={!hasOlder}
          onPress={() => run(olderVersion)}
        >
          <ChevronLeft size={16} aria-hidden />
        </IconButton>
        <span className={styles.version}>{versionName(shown?.number)}</span>
        <IconButton
          label={t('Newer version')}
          chord={chordFor(newerVersion)}
          isDisabled={shown === undefined}
          onPress={() => run(newerVersion)}
        >
          <ChevronRight size={16} aria-hidden />
        </IconButton>
      </fieldset>
    </header>
  )
}
