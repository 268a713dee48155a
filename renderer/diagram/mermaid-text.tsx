import { Copy } from 'lucide-react'
import { useMemo } from 'react'
import { toMermaid } from '../../core/dfd/to-mermaid.ts'
import { copyMermaid } from '../commands/definitions/model-keys.ts'
import { useRun } from '../state/use-commands.ts'
import { useDesign } from '../state/workbench.ts'
import { Button } from '../ui/button.tsx'
import { t } from '../words/translate.ts'
import styles from './mermaid-text.module.css'

/** The diagram as Mermaid text, to paste where Markdown is read. */
export function MermaidText({ diagram }: { readonly diagram: string | undefined }) {
  const design = useDesign()
  const run = useRun()
  const text = useMemo(() => toMermaid(design, diagram), [design, diagram])
  return (
    <div className={styles.pane}>
      <div className={styles.bar}>
        <p>{t('Made from the model; changes there show here at once.')}</p>
        <Button icon={<Copy size={14} aria-hidden />} onPress={() => run(copyMermaid)}>
          {t('Copy Mermaid')}
        </Button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a text that scrolls must be reachable by keyboard */}
      <section aria-label={t('Mermaid text')} className={styles.text} tabIndex={0}>
        <pre>{text}</pre>
      </section>
    </div>
  )
}
