import type { Target } from '../../../core/model/types.ts'
import { chooseTarget, nextTarget } from '../../commands/definitions/prompts.ts'
import { chordFor } from '../../commands/registry.ts'
import { limitWords, toolWords } from '../../state/target-words.ts'
import { useRun } from '../../state/use-commands.ts'
import { Keys } from '../../ui/keys.tsx'
import { Pick } from '../../ui/pick.tsx'
import { t } from '../../words/translate.ts'
import styles from './target-part.module.css'

type Props = { readonly targets: readonly Target[]; readonly chosen: Target | undefined }

/** For which tool, and in which of its formats: what it may hold at most, and every file that it comes to. */
export function TargetPart({ targets, chosen }: Props) {
  const run = useRun()
  const tools = [...new Set(targets.map(target => target.tool))]
  const formats = targets.filter(target => target.tool === chosen?.tool)
  const first = (tool: string) => targets.find(target => target.tool === tool)?.name
  return (
    <section className={styles.part} aria-label={t('Target')}>
      <div className={styles.tool}>
        <Pick
          label={t('For')}
          value={chosen?.tool ?? ''}
          choices={tools.map(tool => ({ value: tool, label: toolWords(tool) }))}
          onPick={tool => run(chooseTarget, first(tool) ?? tool)}
        />
        <Keys chord={chordFor(nextTarget) ?? ''} />
      </div>
      <fieldset className={styles.formats}>
        <legend className="visually-hidden">{t('Format')}</legend>
        {formats.map(one => (
          <Format key={one.name} target={one} isChosen={one === chosen} />
        ))}
      </fieldset>
    </section>
  )
}

function Format({ target, isChosen }: { readonly target: Target; readonly isChosen: boolean }) {
  const run = useRun()
  const limits = limitWords(target)
  return (
    <label className={styles.format}>
      <input type="radio" name="target" checked={isChosen} onChange={() => run(chooseTarget, target.name)} />
      <span>
        {target.title}
        {limits === undefined ? null : <span className={styles.note}>{limits}</span>}
        {isChosen && target.note !== undefined ? <span className={styles.note}>{target.note}</span> : null}
        {isChosen
          ? target.files.map(file => (
              <span key={file.path} className={styles.path}>
                {file.path}
              </span>
            ))
          : null}
      </span>
    </label>
  )
}
