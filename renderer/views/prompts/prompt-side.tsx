import { Copy, Link2 } from 'lucide-react'
import type { Gate } from '../../../core/gate/evaluate.ts'
import type { LedgerState } from '../../../core/model/ledger.ts'
import type { Target, WorkItem } from '../../../core/model/types.ts'
import type { Prompt } from '../../../core/prompts/make.ts'
import { LINK_LIMIT, linkOf } from '../../../core/prompts/size.ts'
import type { PromptVersion } from '../../../core/prompts/versions.ts'
import { chooseTarget, copyDraft, copyLink, copyPrompt, nextTarget } from '../../commands/definitions/prompts.ts'
import { chordFor } from '../../commands/registry.ts'
import { useSession } from '../../state/session.ts'
import { useFacts, useRun } from '../../state/use-commands.ts'
import type { HostRead } from '../../state/use-host-read.ts'
import { ZONE_NAMES } from '../../state/words.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Keys } from '../../ui/keys.tsx'
import { t } from '../../words/translate.ts'
import { BudgetPart } from './budget-part.tsx'
import { LinePart } from './line-part.tsx'
import { ProblemPlaces } from './problem-places.tsx'
import styles from './prompt-side.module.css'
import { type GutterLine, gutterLines } from './prompts-model.ts'
import { SizePart } from './size-part.tsx'
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
  const target = useSession(session => session.target)
  const targets = useFacts().packs.targets.flatMap(pack => pack.targets)
  return (
    <aside aria-label={t('For which tool')} className={styles.side}>
      <Targets targets={targets} target={target} />
      {prompt ? <SizePart text={prompt.text} target={targets.find(one => one.name === target)} /> : null}
      <BudgetPart workItem={item.id} />
      <CopyPart prompt={prompt} />
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

function Targets({ targets, target }: { readonly targets: readonly Target[]; readonly target: string }) {
  const run = useRun()
  return (
    <fieldset className={styles.targets}>
      <legend className={styles.title}>
        {t('For')} <Keys chord={chordFor(nextTarget) ?? ''} />
      </legend>
      {targets.map(one => (
        <label key={one.name} className={styles.target}>
          <input type="radio" name="target" checked={one.name === target} onChange={() => run(chooseTarget, one.name)} />
          <span>
            {one.title}
            <span className={styles.path}>{one.paths[0]}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}

function CopyPart({ prompt }: { readonly prompt: Prompt | undefined }) {
  const run = useRun()
  const target = useSession(session => session.target)
  const isFinal = prompt !== undefined && !prompt.draft
  const fits = isFinal && target === 'markdown' && linkOf(prompt.text).measure.used <= LINK_LIMIT
  return (
    <div className={styles.copy}>
      {isFinal ? (
        <Button look="primary" icon={<Copy size={14} aria-hidden />} data-focus="copy" onPress={() => run(copyPrompt)}>
          {t('Copy prompt')}
        </Button>
      ) : (
        <Button
          icon={<Copy size={14} aria-hidden />}
          data-focus="copy"
          isDisabled={prompt === undefined}
          onPress={() => run(copyDraft)}
        >
          {t('Copy as draft (recorded)')}
        </Button>
      )}
      {isFinal ? <Keys chord={chordFor(copyPrompt) ?? ''} /> : null}
      {fits ? (
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
