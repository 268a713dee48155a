import { useMemo, useState } from 'react'
import { type Checklist, deriveChecklist } from '../../../core/checklists/derive.ts'
import { type ChecklistSince, checklistSince, lastChecklist } from '../../../core/checklists/since.ts'
import type { PolicySince } from '../../../core/gate/policy-since.ts'
import type { LedgerState } from '../../../core/model/ledger.ts'
import type { Check } from '../../../core/model/types.ts'
import { type PromptVersion, promptVersions } from '../../../core/prompts/versions.ts'
import { policySincePrompt } from '../../../core/verdict/policy-of-prompt.ts'
import { reviewSince, workItemShown } from '../../commands/definitions/prompts.ts'
import { promptSliceNow } from '../../state/prompt-now.ts'
import { useSession } from '../../state/session.ts'
import { useFacts, useRun } from '../../state/use-commands.ts'
import { useHostRead } from '../../state/use-host-read.ts'
import { useDesign } from '../../state/workbench.ts'
import { Empty } from '../../ui/empty.tsx'
import panel from '../../ui/panel.module.css'
import { ProblemList } from '../../ui/problem-list.tsx'
import { t } from '../../words/translate.ts'
import { policySinceSentence } from '../gate/policy-model.ts'
import { AddCheck } from './add-check.tsx'
import { CheckRow, GoneRow } from './check-row.tsx'
import { ChecklistHead } from './checklist-head.tsx'
import { type CheckHalf, checkHalves, checklistSeal } from './checklist-model.ts'
import styles from './checklist-view.module.css'

/** Step 7: what must be proven about the change, each check in one sentence with one way to decide it. */
export function ChecklistView() {
  const design = useDesign()
  const facts = useFacts()
  const run = useRun()
  const session = useSession()
  const workItem = workItemShown({ design, session })
  const read = useHostRead('ledger.read', {}, session.ledgerTurn)
  const ledger = read.kind === 'read' ? read.value : undefined
  const derived = workItem === undefined ? undefined : deriveChecklist(design, facts.packs, { workItem, at: facts.at })
  const checklist = derived?.ok ? derived.value : undefined
  const { last, since } = usePast(ledger, workItem, checklist)
  const isPromptStale = useIsStale(last, workItem)
  const stricter = useStricter(ledger, workItem)
  const [isOpen, setOpen] = useState(false)
  const show = since ? () => setOpen(!isOpen) : last ? () => run(reviewSince, last.target) : undefined
  return (
    <section aria-label={t('Checklist')} className={`${panel.page} ${styles.page}`}>
      <div className={panel.column}>
        <ChecklistHead
          workItem={workItem}
          checklist={checklist}
          state={checklistSeal(since, isPromptStale)}
          last={last}
          onShowChanges={show}
        />
        {workItem === undefined ? (
          <div className={panel.card}>
            <Empty title={t('A checklist belongs to a work item.')}>
              <p>
                <a href="#/prompts">{t('Add one in step 6')}</a>
              </p>
            </Empty>
          </div>
        ) : null}
        {stricter ? (
          <p role="status" className={styles.stricter}>
            {policySinceSentence(stricter)}
          </p>
        ) : null}
        {derived && !derived.ok ? <ProblemList problems={derived.problems} /> : null}
        {checklist ? <Body checklist={checklist} since={since} isOpen={isOpen && since !== undefined && !since.isSame} /> : null}
      </div>
    </section>
  )
}

/** The last prompt that went out, and how the checklist differs from the one that was last judged. */
function usePast(ledger: LedgerState | undefined, workItem: string | undefined, checklist: Checklist | undefined) {
  return useMemo(() => {
    if (!ledger || workItem === undefined) return { last: undefined, since: undefined }
    const past = lastChecklist(workItem, ledger)
    const since = past && checklist ? checklistSince(past, checklist) : undefined
    return { last: promptVersions(workItem, ledger).at(-1), since }
  }, [ledger, workItem, checklist])
}

function useIsStale(last: PromptVersion | undefined, workItem: string | undefined): boolean | undefined {
  const design = useDesign()
  const facts = useFacts()
  if (!last || workItem === undefined) return undefined
  return promptSliceNow(design, facts.packs, { workItem, target: last.target, at: facts.at }) !== last.slice
}

function useStricter(ledger: LedgerState | undefined, workItem: string | undefined): PolicySince | undefined {
  const design = useDesign()
  const { packs, at } = useFacts()
  return useMemo(
    () => (ledger && workItem !== undefined ? policySincePrompt(design, packs, { workItem, at, ledger }) : undefined),
    [design, packs, at, ledger, workItem],
  )
}

type BodyProps = { readonly checklist: Checklist; readonly since: ChecklistSince | undefined; readonly isOpen: boolean }

function Body({ checklist, since, isOpen }: BodyProps) {
  const { checks } = checklist
  const gone = since?.gone ?? []
  const mitigations = [...new Set(checks.flatMap(check => check.from.filter(id => id.startsWith('M-'))))]
  return (
    <>
      {isOpen && since ? <Changes since={since} /> : null}
      {checks.length === 0 ? (
        <div className={panel.card}>
          <Empty title={t('Nothing has to be proven yet.')}>
            <p>{t('Checks come from requirements, threats and the policy. Say what the work item touches.')}</p>
          </Empty>
        </div>
      ) : null}
      {checkHalves(checks).map(half => (
        <Half key={half.title} half={half} since={isOpen ? since : undefined} />
      ))}
      {gone.length > 0 ? (
        <section aria-label={t('Kept for history')} className={`${panel.card} ${styles.half} ${styles.noPrint}`}>
          <div className={panel.cardHead}>
            <h2 className={panel.cardTitle}>{t('Kept for history')}</h2>
            <span className={panel.count}>{gone.length}</span>
            <span className={panel.sub}>{t('Asked when the change was last judged; their source is gone.')}</span>
          </div>
          <ul>
            {gone.map(check => (
              <GoneRow key={check.id} check={check} />
            ))}
          </ul>
        </section>
      ) : null}
      <div className={`${panel.card} ${styles.half} ${styles.noPrint}`}>
        <AddCheck mitigations={mitigations} />
      </div>
    </>
  )
}

/** What became of the checks since the last verdict, in a sentence; the rows below carry the marks. */
function Changes({ since }: { readonly since: ChecklistSince }) {
  const { added, gone, reworded } = since
  const words = [
    ...(added.length > 0 ? [t('{{count}} new checks', { count: added.length })] : []),
    ...(reworded.length > 0 ? [t('{{count}} reworded checks', { count: reworded.length })] : []),
    ...(gone.length > 0 ? [t('{{count}} checks nothing asks for any more', { count: gone.length })] : []),
  ]
  return (
    <p className={`${styles.changes} ${styles.noPrint}`} role="status">
      {words.length > 0
        ? t('Since the last verdict: {{what}}.', { what: words.join(', ') })
        : t('The design changed since the last verdict; the words of these checks did not.')}
    </p>
  )
}

function Half({ half, since }: { readonly half: CheckHalf; readonly since: ChecklistSince | undefined }) {
  return (
    <section aria-label={half.title} className={`${panel.card} ${styles.half}`}>
      <div className={`${panel.cardHead} ${styles.halfHead}`}>
        <h2 className={panel.cardTitle}>{half.title}</h2>
        <span className={panel.count}>{half.checks.length}</span>
      </div>
      {half.groups.map(group => (
        <div key={group.title} className={styles.group}>
          <h3 className={styles.groupTitle}>
            {group.title} <span className={panel.count}>{group.checks.length}</span>
          </h3>
          <ul>
            {group.checks.map(check => (
              <CheckRow key={check.id} check={check} mark={markOf(check, since)} />
            ))}
          </ul>
        </div>
      ))}
    </section>
  )
}

function markOf(check: Check, since: ChecklistSince | undefined): Parameters<typeof CheckRow>[0]['mark'] {
  if (!since) return undefined
  if (since.added.some(one => one.id === check.id)) return { kind: 'added' }
  const reworded = since.reworded.find(one => one.now.id === check.id)
  return reworded ? { kind: 'reworded', before: reworded.before } : undefined
}
