import { lazy, Suspense, useMemo, useState } from 'react'
import type { LedgerState } from '../../../core/model/ledger.ts'
import type { WorkItem } from '../../../core/model/types.ts'
import { editOf } from '../../../core/prompts/edit-of.ts'
import type { Prompt } from '../../../core/prompts/make.ts'
import { promptSince } from '../../../core/prompts/since.ts'
import { type PromptVersion, versionBefore } from '../../../core/prompts/versions.ts'
import { chooseTemplate } from '../../commands/definitions/prompt-files.ts'
import { reviewSince, versionName } from '../../commands/definitions/prompts.ts'
import { promptToEditNow } from '../../state/prompt-now.ts'
import { type PromptDraft, useSession } from '../../state/session.ts'
import { useFacts, useRun } from '../../state/use-commands.ts'
import type { HostRead } from '../../state/use-host-read.ts'
import { useDesign } from '../../state/workbench.ts'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { ProblemList } from '../../ui/problem-list.tsx'
import { t } from '../../words/translate.ts'
import { DraftBand, OldBand, StaleBand } from './bands.tsx'
import { EditedBand, EditingBand } from './edit-bands.tsx'
import { type Lit, LitContext, type Point, PointContext } from './lit.ts'
import { PromptHead } from './prompt-head.tsx'
import { PromptMerge } from './prompt-merge.tsx'
import { PromptSide } from './prompt-side.tsx'
import { PromptText } from './prompt-text.tsx'
import { gutterLines, namedLines, sealOf } from './prompts-model.ts'
import styles from './prompts-view.module.css'
import { usePrompt } from './use-prompt.ts'
import { useVersions } from './use-versions.ts'
import diff from './version-diff.module.css'

const PromptEditor = lazy(() => import('./prompt-editor.tsx').then(({ PromptEditor: editor }) => ({ default: editor })))
const VersionDiff = lazy(() => import('./version-diff.tsx').then(({ VersionDiff: view }) => ({ default: view })))

type Props = { readonly item: WorkItem; readonly ledger: HostRead<LedgerState> }

/** The guarded prompt of one work item, always readable: as it is now, as it was copied, and the two against each other. */
export function PromptPane({ item, ledger }: Props) {
  const facts = useFacts()
  const run = useRun()
  const target = useSession(session => session.target)
  const chosen = useSession(session => session.promptVersion)
  const compare = useSession(session => session.promptCompare)
  const gate = facts.gateFor(item.id)
  const template = useSession(session => session.template)
  const made = usePrompt(item.id)
  const prompt = made?.ok ? made.value : undefined
  const draft = useSession(({ promptDraft: one }) => (one?.workItem === item.id && one.target === target ? one : undefined))
  const edit = template === undefined ? editOf(item, target) : undefined
  const isAsked = useSession(session => session.promptMerge)
  const isMerging = edit !== undefined && (isAsked || (made?.ok === false && made.problems[0].code === 'prompt.editConflict'))
  const versions = useVersions(ledger, item.id)
  const old = versions.find(version => version.number === chosen)
  const last = versionBefore(versions, { target, template })
  const before = old ? versionBefore(versions, { target: old.target, template: old.template?.name, number: old.number }) : last
  const since = useMemo(() => sinceOf(last, prompt), [last, prompt])
  const lines = useMemo(() => (old ? namedLines(old.text ?? '') : prompt ? gutterLines(prompt) : []), [old, prompt])
  const { lit, point } = useLitHere()
  return (
    <PointContext value={point}>
      <LitContext value={lit}>
        <div className={styles.text}>
          <PromptHead
            item={item}
            digest={old?.slice ?? prompt?.slice}
            state={old && old !== last ? { kind: 'stale', changes: undefined } : sealOf(last, since)}
            versions={versions}
            shown={old}
            canCompare={before !== undefined}
            isEditing={draft !== undefined}
            onShowChanges={last && !compare && !old ? () => run(reviewSince, last.target) : undefined}
          />
          {old ? <OldBand version={old} /> : prompt?.draft ? <DraftBand gate={gate} lint={prompt.lint} /> : null}
          {old ? null : draft ? (
            <EditingBand />
          ) : edit ? (
            <EditedBand edit={edit} edited={prompt?.edited} isShown={isMerging} />
          ) : null}
          {last && since && !since.isSame && !old && !draft ? (
            <StaleBand last={last} since={since} template={prompt?.template} />
          ) : null}
          <Body item={item} made={made} prompt={prompt} {...{ old, before, lines, draft, isMerging }} />
        </div>
        <PromptSide
          item={item}
          prompt={prompt}
          gate={gate}
          lines={compare || (!old && (draft || isMerging)) ? [] : lines}
          versions={versions}
          ledger={ledger}
          isOld={old !== undefined}
        />
      </LitContext>
    </PointContext>
  )
}

function sinceOf(last: PromptVersion | undefined, prompt: Prompt | undefined) {
  return last?.text !== undefined && prompt ? promptSince({ ...last, text: last.text }, prompt) : undefined
}

/** What is pointed at, for as long as this prompt is in view. */
function useLitHere(): { readonly lit: Lit; readonly point: Point } {
  const [line, atLine] = useState<Lit['line']>()
  const [id, atId] = useState<string>()
  const lit = useMemo(() => ({ line, id }), [line, id])
  const point = useMemo(() => ({ atLine, atId }), [])
  return { lit, point }
}

type BodyProps = {
  readonly item: WorkItem
  readonly draft: PromptDraft | undefined
  readonly isMerging: boolean
  readonly made: ReturnType<typeof usePrompt>
  readonly prompt: Prompt | undefined
  readonly old: PromptVersion | undefined
  readonly before: PromptVersion | undefined
  readonly lines: Parameters<typeof PromptText>[0]['lines']
}

function Body({ item, made, prompt, old, before, lines, draft, isMerging }: BodyProps) {
  const compare = useSession(session => session.promptCompare)
  const after = old ?? prompt
  if (compare && before && after)
    return before.text === undefined || after.text === undefined ? (
      <NotKept />
    ) : (
      <DiffFrame
        before={{ name: versionName(before.number), text: before.text }}
        after={{ name: versionName(old?.number), text: after.text }}
      />
    )
  if (draft && !old && !compare)
    return (
      <Suspense fallback={<p className={styles.waits}>{t('Opening the editor…')}</p>}>
        <PromptEditor draft={draft} />
      </Suspense>
    )
  if (isMerging && !old && !compare) return <MergeOf item={item} />
  if (compare && after) return <Empty title={t('There is no earlier version for this target.')} />
  if (old && old.text === undefined) return <NotKept />
  if (!old && made === undefined) return <p className={styles.waits}>{t('Making the prompt…')}</p>
  if (!old && made?.ok === false)
    return (
      <Empty title={t('No prompt can be made.')}>
        <ProblemList problems={made.problems} />
        <WithoutTemplate />
      </Empty>
    )
  return <PromptText lines={lines} isOld={old !== undefined} />
}

/** A broken template of the team never stands in the way of the built-in one. */
function WithoutTemplate() {
  const run = useRun()
  const template = useSession(session => session.template)
  if (template === undefined) return null
  return <Button onPress={() => run(chooseTemplate, { template: undefined })}>{t('Use the built-in template')}</Button>
}

function MergeOf({ item }: { readonly item: WorkItem }) {
  const design = useDesign()
  const facts = useFacts()
  const target = useSession(session => session.target)
  const found = promptToEditNow(design, facts.packs, item.id, target, facts.at)
  return found.ok ? <PromptMerge found={found.value} /> : <ProblemList problems={found.problems} />
}

/** Stands before its lines are loaded, so that the focus has a place to go. */
function DiffFrame({ before, after }: Parameters<typeof VersionDiff>[0]) {
  const isSideBySide = useSession(session => session.promptSideBySide)
  return (
    <section
      aria-label={t('What changed from {{before}} to {{after}}', { before: before.name, after: after.name })}
      className={diff.diff}
      data-look={isSideBySide ? 'side' : 'one'}
      data-focus="prompt diff"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a text that scrolls must be reachable by keyboard
      tabIndex={0}
    >
      <Suspense fallback={<p className={styles.waits}>{t('Comparing…')}</p>}>
        <VersionDiff before={before} after={after} />
      </Suspense>
    </section>
  )
}

function NotKept() {
  return (
    <Empty title={t('The text of this version cannot be shown.')}>
      <p>{t('The ledger holds no text with its digest: the entry was written without one, or the text was changed.')}</p>
    </Empty>
  )
}
