import { Check, Copy, RotateCcw } from 'lucide-react'
import { useMemo, useState } from 'react'
import { changesFromMermaid } from '../../core/dfd/from-mermaid.ts'
import { randomFrom } from '../../core/model/identity.ts'
import { applyMermaid, mermaidOf, saidOf } from '../commands/definitions/mermaid.ts'
import { copyMermaid } from '../commands/definitions/model-keys.ts'
import { useSession } from '../state/session.ts'
import { useRun } from '../state/use-commands.ts'
import { useDesign } from '../state/workbench.ts'
import { Button } from '../ui/button.tsx'
import { Keys } from '../ui/keys.tsx'
import { t } from '../words/translate.ts'
import styles from './mermaid-text.module.css'
import { Picture } from './picture.tsx'
import { SourceEditor } from './source-editor.tsx'

/** The diagram as Mermaid text, beside its picture. Typing changes the text only; applying it changes the model, as one step. */
export function MermaidText({ diagram }: { readonly diagram: string | undefined }) {
  const design = useDesign()
  const now = useSession(session => session.now)
  const run = useRun()
  const told = useMemo(() => mermaidOf(design, diagram), [design, diagram])
  const [draft, setDraft] = useState<string | undefined>(undefined)
  const text = draft ?? told
  const isEdited = draft !== undefined && draft !== told
  const read = useMemo(
    () => changesFromMermaid(design, { text, diagram }, { at: now, by: 'preview', random: randomFrom('preview') }),
    [design, text, diagram, now],
  )
  const apply = () => {
    if (!isEdited) return
    run(applyMermaid, text)
    setDraft(undefined)
  }
  return (
    <div className={styles.pane}>
      <div className={styles.bar}>
        <p role="status" className={read.ok ? styles.said : styles.wrong}>
          {!read.ok
            ? `${read.problems[0].message} ${read.problems[0].cure ?? ''}`
            : isEdited
              ? saidOf(read.value)
              : t('Two ways: changes of the model show here at once, and text you apply changes the model.')}
        </p>
        <span className={styles.actions}>
          {isEdited ? (
            <Button look="quiet" icon={<RotateCcw size={14} aria-hidden />} onPress={() => setDraft(undefined)}>
              {t('Discard')}
            </Button>
          ) : null}
          <Button icon={<Copy size={14} aria-hidden />} onPress={() => run(copyMermaid)}>
            {t('Copy Mermaid')}
          </Button>
          <Button look="primary" icon={<Check size={14} aria-hidden />} isDisabled={!isEdited || !read.ok} onPress={apply}>
            {t('Apply to the model')} <Keys chord="Mod+Enter" />
          </Button>
        </span>
      </div>
      <div className={styles.halves}>
        <SourceEditor
          label={t('Mermaid text')}
          text={text}
          remarks={read.ok ? read.value.kept : []}
          onChange={setDraft}
          onApply={apply}
        />
        <section className={styles.preview} aria-label={t('Picture of the text')}>
          <Picture text={text} label={t('Picture of the Mermaid text; the outline says the same in words.')} />
        </section>
      </div>
    </div>
  )
}
