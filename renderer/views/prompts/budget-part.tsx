import { Scissors } from 'lucide-react'
import { ROW_LIMIT } from '../../../core/gate/control-rows.ts'
import { labelOf } from '../../../core/model/lookup.ts'
import type { Design } from '../../../core/model/types.ts'
import { TOKEN_BUDGET, TOKEN_LIMIT } from '../../../core/prompts/lint/gp05-length.ts'
import type { Split, SplitPart } from '../../../core/prompts/split.ts'
import { splitOneWorkItem } from '../../commands/definitions/split.ts'
import { splitNow } from '../../state/prompt-now.ts'
import { useSession } from '../../state/session.ts'
import { useFacts, useRun } from '../../state/use-commands.ts'
import { useDesign } from '../../state/workbench.ts'
import { Button } from '../../ui/button.tsx'
import { numberWords } from '../../words/format.ts'
import { t } from '../../words/translate.ts'
import styles from './budget-part.module.css'

/** What a prompt carries whatever the tool, shown where it is more than that, and how the work item could be cut. */
export function BudgetPart({ workItem }: { readonly workItem: string }) {
  const design = useDesign()
  const { packs, at } = useFacts()
  const target = useSession(session => session.target)
  const split = splitNow(design, packs, workItem, target, at)
  return split.ok && split.value.isOver ? <Proposal split={split.value} design={design} /> : null
}

function Proposal({ split, design }: { readonly split: Split; readonly design: Design }) {
  const run = useRun()
  const { rows, tokens, parts, shared } = split
  const isRefused = rows > ROW_LIMIT || tokens > TOKEN_LIMIT
  const title = isRefused ? t('Too large for one prompt') : t('Long for one prompt')
  return (
    <section aria-label={title} className={styles.budget}>
      <h3 className={styles.title}>{title}</h3>
      <p className={styles.size}>
        {t('{{rows}} of {{most}} controls, about {{tokens}} of {{budget}} tokens.', {
          rows: numberWords(rows),
          most: numberWords(ROW_LIMIT),
          tokens: numberWords(tokens),
          budget: numberWords(TOKEN_BUDGET),
        })}{' '}
        {t('Past that, less of it is followed.')}
      </p>
      {parts.length === 0 ? (
        <p className={styles.size}>
          {t(
            'No cut between its flows helps. Draw the component as several processes, or shorten requirements and reference material.',
          )}
        </p>
      ) : (
        <>
          <ol className={styles.parts}>
            {parts.map(part => (
              <Part key={[...part.flows, ...part.elements].join(' ')} part={part} design={design} />
            ))}
          </ol>
          {shared.length > 0 ? (
            <p className={styles.size}>
              {t('In every part: {{ids}}.', { ids: shared.map(row => `${row.threat} ${row.mitigation}`).join(', ') })}
            </p>
          ) : null}
          <Button icon={<Scissors size={14} aria-hidden />} data-focus="split" onPress={() => run(splitOneWorkItem)}>
            {t('Split into {{count}} work items', { count: parts.length })}
          </Button>
        </>
      )}
    </section>
  )
}

function Part({ part, design }: { readonly part: SplitPart; readonly design: Design }) {
  const where = part.flows.length > 0 ? part.flows : part.elements
  return (
    <li data-over={!part.fits}>
      {where.map(id => labelOf(design, id)).join(', ')}
      <span className={styles.rows}>
        {t('{{rows}} controls, about {{tokens}} tokens', {
          rows: numberWords(part.rows.length),
          tokens: numberWords(part.tokens),
        })}
      </span>
    </li>
  )
}
