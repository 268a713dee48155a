import { Copy, Link2 } from 'lucide-react'
import type { Gate } from '../../../core/gate/evaluate.ts'
import type { LedgerState } from '../../../core/model/ledger.ts'
import type { Target, WorkItem } from '../../../core/model/types.ts'
import type { Prompt } from '../../../core/prompts/make.ts'
import { linkOf } from '../../../core/prompts/size.ts'
import type { PromptVersion } from '../../../core/prompts/versions.ts'
import { allTargets } from '../../../core/targets/find.ts'
import { copyDraft, copyLink, copyPrompt } from '../../commands/definitions/prompts.ts'
import { chordFor } from '../../commands/registry.ts'
import { useSession } from '../../state/session.ts'
import { toolWords } from '../../state/target-words.ts'
import { useFacts, useRun } from '../../state/use-commands.ts'
import type { HostRead } from '../../state/use-host-read.ts'
import { ZONE_NAMES } from '../../state/words.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Keys } from '../../ui/keys.tsx'
import { t } from '../../words/translate.ts'
import { LinePart } from './line-part.tsx'
import { ProblemPlaces } from './problem-places.tsx'
import styles from './prompt-side.module.css'
import { type GutterLine, gutterLines } from './prompts-model.ts'
import { SavePart } from './save-part.tsx'
import { SizePart } from './size-part.tsx'
import { TargetPart } from './target-part.tsx'
import { TemplatePart } from './template-part.tsx'
import { VersionList } from './version-list.tsx'

type Props = {
  readonly item: WorkItem
  readonly prompt: Prompt | undefined
  readonly gate: Gate
  /** Lines in view, none while two versions are compared. */
  readonly lines: readonly GutterLine[]
  readonly versions: readonly PromptVersion[]
  readonly ledger: HostRead<LedgerState>
  readonly isOld: boolean
}

/** For which tool, the copying, where lines come from, what the checks of the text say, and what was issued before. */
export function PromptSide({ item, prompt, gate, lines, versions, ledger, isOld }: Props) {
  const name = useSession(session => session.target)
  const targets = allTargets(useFacts().packs.targets)
  const target = targets.find(one => one.name === name)
  return (
    <aside aria-label={t('For which tool')} className={styles.side}>
      <TargetPart targets={targets} chosen={target} />
      {prompt ? <SizePart text={prompt.text} target={target} /> : null}
      <TemplatePart />
      <CopyPart item={item} prompt={prompt} target={target} />
      {prompt ? <SavePart workItem={item.id} isDraft={prompt.draft} /> : null}
      {lines.length > 0 ? <LinePart lines={lines} isOld={isOld} /> : null}
      {prompt ? <Checks prompt={prompt} /> : null}
      <VersionList versions={versions} ledger={ledger} />
      {prompt ? <Bound prompt={prompt} gate={gate} /> : null}
      <p className={styles.honest}>
        {t(
          'Guarded prompts lower the rate of findings; they do not make output trusted. Output stays untrusted until the checklist passes.',
        )}
      </p>
    </aside>
  )
}

type CopyProps = { readonly item: WorkItem; readonly prompt: Prompt | undefined; readonly target: Target | undefined }

function CopyPart({ item, prompt, target }: CopyProps) {
  const run = useRun()
  const isFinal = prompt !== undefined && !prompt.draft
  const template = useSession(session => session.template)
  const link = isFinal && target && template === undefined ? linkOf(prompt.text, target, item.id) : undefined
  const isNamed = target !== undefined && target.tool !== 'Any tool'
  return (
    <div className={styles.copy}>
      {isFinal ? (
        <Button look="primary" icon={<Copy size={14} aria-hidden />} data-focus="copy" onPress={() => run(copyPrompt)}>
          {isNamed ? t('Copy for {{tool}}', { tool: toolWords(target.tool) }) : t('Copy prompt')}
        </Button>
      ) : (
        <Button
          icon={<Copy size={14} aria-hidden />}
          data-focus="copy"
          isDisabled={prompt === undefined || prompt.files.length === 0}
          onPress={() => run(copyDraft)}
        >
          {t('Copy as draft (recorded)')}
        </Button>
      )}
      {isFinal ? <Keys chord={chordFor(copyPrompt) ?? ''} /> : null}
      {link ? (
        <Button icon={<Link2 size={14} aria-hidden />} onPress={() => run(copyLink)}>
          {t('Copy as Cursor link')}
        </Button>
      ) : null}
    </div>
  )
}

function Checks({ prompt }: { readonly prompt: Prompt }) {
  const lines = gutterLines(prompt)
  const { lint, scan } = prompt
  return (
    <>
      <ProblemPlaces
        title={t('Lint')}
        clean={t('Clean')}
        count={t('{{count}} remarks', { count: lint.length })}
        problems={lint}
        lines={lines}
      />
      <ProblemPlaces
        title={t('Secrets and personal data')}
        clean={t('None found')}
        count={t('{{count}} found', { count: scan.length })}
        problems={scan}
        lines={lines}
      />
    </>
  )
}

/** What the text is bound to. */
function Bound({ prompt, gate }: { readonly prompt: Prompt; readonly gate: Gate }) {
  return (
    <dl className={styles.facts}>
      <div>
        <dt>{t('Prompt')}</dt>
        <dd>
          <code>
            {prompt.id} {prompt.digest.slice(7, 13)}
          </code>
        </dd>
      </div>
      <div>
        <dt>{t('Design slice')}</dt>
        <dd>
          <code>{prompt.slice.slice(7, 13)}</code>
        </dd>
      </div>
      <div>
        <dt>{t('Zone')}</dt>
        <dd>{ZONE_NAMES[prompt.decision.level]}</dd>
      </div>
      <div>
        <dt>{t('Gate')}</dt>
        <dd>
          {gate.open ? (
            <Badge tone="good">{t('Open')}</Badge>
          ) : (
            <Badge tone="bad">{t('{{count}} blocking', { count: gate.problems.length })}</Badge>
          )}
        </dd>
      </div>
    </dl>
  )
}
