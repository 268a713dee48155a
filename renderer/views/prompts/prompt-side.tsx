import { Copy } from 'lucide-react'
import type { Gate } from '../../../core/gate/evaluate.ts'
import type { Prompt } from '../../../core/prompts/make.ts'
import { chooseTarget, copyDraft, copyPrompt } from '../../commands/definitions/prompts.ts'
import { chordFor } from '../../commands/registry.ts'
import { useSession } from '../../state/session.ts'
import { useFacts, useRun } from '../../state/use-commands.ts'
import { counted, ZONE_NAMES } from '../../state/words.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Keys } from '../../ui/keys.tsx'
import { ProblemList } from '../../ui/problem-list.tsx'
import styles from './prompts-view.module.css'

/** For which tool, what the checks of the text say, and the copying. */
export function PromptSide({ prompt, gate }: { readonly prompt: Prompt | undefined; readonly gate: Gate }) {
  const run = useRun()
  const target = useSession(session => session.target)
  const targets = useFacts().packs.targets.flatMap(pack => pack.targets)
  const isFinal = prompt !== undefined && !prompt.draft
  return (
    <aside aria-label="For which tool" className={styles.side}>
      <fieldset className={styles.targets}>
        <legend className={styles.sideTitle}>For</legend>
        {targets.map(one => (
          <label key={one.name} className={styles.target}>
            <input type="radio" name="target" checked={one.name === target} onChange={() => run(chooseTarget, one.name)} />
            {one.title}
          </label>
        ))}
      </fieldset>
      <div className={styles.copy}>
        {isFinal ? (
          <Button look="primary" icon={<Copy size={14} aria-hidden />} data-focus="copy" onPress={() => run(copyPrompt)}>
            Copy prompt
          </Button>
        ) : (
          <Button
            icon={<Copy size={14} aria-hidden />}
            data-focus="copy"
            isDisabled={prompt === undefined}
            onPress={() => run(copyDraft)}
          >
            Copy as draft (recorded)
          </Button>
        )}
        {isFinal ? <Keys chord={chordFor(copyPrompt) ?? ''} /> : null}
      </div>
      {prompt ? (
        <>
          <dl className={styles.facts}>
            <div>
              <dt>Size</dt>
              <dd>{prompt.text.length.toLocaleString('en-GB')} characters</dd>
            </div>
            <div>
              <dt>Prompt</dt>
              <dd>
                <code>
                  {prompt.id} {prompt.digest.slice(7, 13)}
                </code>
              </dd>
            </div>
            <div>
              <dt>Slice</dt>
              <dd>
                <code>{prompt.slice.slice(7, 13)}</code>
              </dd>
            </div>
            <div>
              <dt>Zone</dt>
              <dd>{ZONE_NAMES[prompt.decision.level]}</dd>
            </div>
            <div>
              <dt>Gate</dt>
              <dd>{gate.open ? <Badge tone="good">Open</Badge> : <Badge tone="bad">{gate.problems.length} blocking</Badge>}</dd>
            </div>
          </dl>
          <section aria-label="Prompt lint">
            <h2 className={styles.sideTitle}>
              Lint{' '}
              {prompt.lint.length === 0 ? (
                <Badge tone="good">Clean</Badge>
              ) : (
                <Badge tone="warn">{counted(prompt.lint.length, 'remark')}</Badge>
              )}
            </h2>
            <ProblemList problems={prompt.lint} />
          </section>
          <section aria-label="Data scan">
            <h2 className={styles.sideTitle}>
              Secrets and data{' '}
              {prompt.scan.length === 0 ? (
                <Badge tone="good">None found</Badge>
              ) : (
                <Badge tone="bad">{counted(prompt.scan.length, 'finding')}</Badge>
              )}
            </h2>
            <ProblemList problems={prompt.scan} />
          </section>
        </>
      ) : null}
      <p className={styles.honest}>
        Guarded prompts lower the rate of findings; they do not make output trusted. Output stays untrusted until the checklist
        passes.
      </p>
    </aside>
  )
}
