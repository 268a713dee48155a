import type { LedgerState } from '../../../core/model/ledger.ts'
import type { WorkItem } from '../../../core/model/types.ts'
import { promptVersions } from '../../../core/prompts/versions.ts'
import { showWorkItem } from '../../commands/definitions/prompts.ts'
import { ownNow, promptSliceNow } from '../../state/prompt-now.ts'
import { useSession } from '../../state/session.ts'
import { useFacts, useRun } from '../../state/use-commands.ts'
import { useDesign } from '../../state/workbench.ts'
import { Badge } from '../../ui/badge.tsx'
import { t } from '../../words/translate.ts'
import { type ItemState, itemStateOf } from './prompts-model.ts'
import styles from './prompts-view.module.css'

type Props = {
  readonly items: readonly WorkItem[]
  readonly shown: string | undefined
  readonly ledger: LedgerState | undefined
}

/** The work items, each with its gate and with what became of its prompt. */
export function WorkItemList({ items, shown, ledger }: Props) {
  const design = useDesign()
  const facts = useFacts()
  const run = useRun()
  const team = useSession(session => session.teamTemplates)
  return (
    <ul aria-label={t('Work items')} className={styles.items}>
      {items.map(item => {
        const gate = facts.gateFor(item.id)
        const last = ledger ? promptVersions(item.id, ledger).at(-1) : undefined
        const asked = last && { workItem: item.id, target: last.target, at: facts.at, own: ownNow(last.template, team) }
        const slice = asked && promptSliceNow(design, facts.packs, asked)
        return (
          <li key={item.id}>
            <button
              type="button"
              className={styles.item}
              data-focus={`object ${item.id}`}
              aria-current={item.id === shown}
              onClick={() => run(showWorkItem, item.id)}
            >
              <span className={styles.itemName}>{item.name}</span>
              <span className={styles.itemMore}>
                <code>{item.id}</code>
                <StateWord state={itemStateOf(last, slice)} version={last?.number} />
                {gate.open ? (
                  <Badge tone="good">{t('Gate open')}</Badge>
                ) : (
                  <Badge tone="bad">{t('{{count}} blocking', { count: gate.problems.length })}</Badge>
                )}
              </span>
            </button>
          </li>
        )
      })}
    </ul>
  )
}

function StateWord({ state, version = 0 }: { readonly state: ItemState; readonly version: number | undefined }) {
  switch (state) {
    case 'none':
      return <span className={styles.itemState}>{t('not copied')}</span>
    case 'draft':
      return <span className={styles.itemState}>{t('v{{version}} draft', { version })}</span>
    case 'fresh':
      return <span className={styles.itemState}>{t('v{{version}} fresh', { version })}</span>
    default:
      return <span className={`${styles.itemState} ${styles.itemStale}`}>{t('v{{version}} stale', { version })}</span>
  }
}
