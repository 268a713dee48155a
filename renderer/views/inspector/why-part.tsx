import { Check, Minus } from 'lucide-react'
import { type ReactNode, useMemo } from 'react'
import { type Explanation, explainFinding } from '../../../core/threats/explain.ts'
import type { Finding } from '../../../core/threats/finding.ts'
import { toggleWhy, whyFinding } from '../../commands/definitions/why.ts'
import { inWords } from '../../state/attribute-words.ts'
import { useSession } from '../../state/session.ts'
import { useFacts, useRun } from '../../state/use-commands.ts'
import { useDesign } from '../../state/workbench.ts'
import { Chip } from '../../ui/chip.tsx'
import { Fold } from '../../ui/fold.tsx'
import { Keys } from '../../ui/keys.tsx'
import { t } from '../../words/translate.ts'
import styles from './inspector.module.css'
import { packTitle } from './pack-title.ts'
import { keepsBack, referencesOf } from './why-model.ts'
import why from './why-part.module.css'

/** Why a finding is there: one sentence always, and everything behind it when somebody does not believe it. */
export function WhyPart({ finding }: { readonly finding: Finding }) {
  const isOpen = useSession(session => session.why)
  const run = useRun()
  return (
    <section aria-label={t('Why is this here?')} className={styles.group} data-place="why">
      <h3 className={why.head}>
        <Fold isOpen={isOpen} onToggle={() => run(toggleWhy)} focus="why">
          {t('Why is this here?')}
        </Fold>
        <Keys chord={whyFinding.keys?.[0]?.chord ?? ''} />
      </h3>
      <p className={styles.text}>{inWords(finding.reason)}</p>
      {isOpen ? <Behind id={finding.id} /> : null}
    </section>
  )
}

function roleName(role: 'source' | 'flow' | 'target' | 'element'): string {
  return { source: t('From'), flow: t('Flow'), target: t('To'), element: t('Element') }[role]
}

function Behind({ id }: { readonly id: string }) {
  const design = useDesign()
  const { packs } = useFacts()
  const explained = useMemo(() => explainFinding(design, packs.rules, id), [design, packs, id])
  if (!explained) return <p className={styles.mute}>{t('No loaded rule says this any more.')}</p>
  return (
    <>
      <Line title={t('The rule looked at')}>
        <dl className={why.bound}>
          {explained.bindings.map(bound => (
            <div key={bound.role}>
              <dt>{roleName(bound.role)}</dt>
              <dd>
                <Chip id={bound.id} named label={bound.label} />
              </dd>
            </div>
          ))}
        </dl>
      </Line>
      <Crossed explained={explained} />
      <Sentences title={t('What it read there')} sentences={explained.facts.map(fact => inWords(fact.sentence))} />
      <Sentences title={t('Why it asks now')} sentences={explained.attention.map(reason => reason.sentence)} />
      <KeptBack explained={explained} />
      <RuleLine explained={explained} />
    </>
  )
}

function Line({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className={why.line}>
      <h4 className={why.title}>{title}</h4>
      {children}
    </div>
  )
}

function Sentences({ title, sentences }: { readonly title: string; readonly sentences: readonly string[] }) {
  if (sentences.length === 0) return null
  return (
    <Line title={title}>
      <ul className={why.sentences}>
        {sentences.map(sentence => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </Line>
  )
}

function Crossed({ explained: { boundaries, finding } }: { readonly explained: Explanation }) {
  const design = useDesign()
  if (boundaries.length === 0)
    return finding.on.kind === 'interaction' ? <Sentences title={t('Boundary crossed')} sentences={[t('None.')]} /> : null
  return (
    <Line title={boundaries.length === 1 ? t('Boundary crossed') : t('Boundaries crossed')}>
      <ul className={why.sentences}>
        {boundaries.map(({ id, label, kind, around }) => (
          <li key={id}>
            <Chip id={id} named label={label} />{' '}
            <span className={why.around}>{boundaryWords(kind, design.elements[around]?.name)}</span>
          </li>
        ))}
      </ul>
    </Line>
  )
}

function boundaryWords(kind: Explanation['boundaries'][number]['kind'], name = t('one end')): string {
  return kind === 'unknown'
    ? t('a boundary of unknown kind around {{name}}', { name })
    : t('{{kind}} boundary around {{name}}', { kind, name })
}

function KeptBack({ explained }: { readonly explained: Explanation }) {
  const { packs } = useFacts()
  const all = keepsBack(explained, packs)
  if (all.length === 0) return <Sentences title={t('What would keep it back')} sentences={[t('Nothing: a person decides it.')]} />
  return (
    <Line title={t('What would keep it back')}>
      <ul className={why.controls}>
        {all.map(({ control, title, state, holds, sentences }) => (
          <li key={`${control} ${sentences.join()}`} className={why.control}>
            {holds ? <Check size={14} aria-hidden className={why.holds} /> : <Minus size={14} aria-hidden className={why.not} />}
            <div>
              <p>
                {title} <span className={styles.mute}>{state}</span>
              </p>
              {sentences.map(sentence => (
                <p key={sentence} className={styles.mute}>
                  {sentence}
                </p>
              ))}
            </div>
          </li>
        ))}
      </ul>
    </Line>
  )
}

function RuleLine({ explained: { finding, rule } }: { readonly explained: Explanation }) {
  const { packs } = useFacts()
  return (
    <Line title={t('The rule')}>
      <p>
        <code className={why.id}>{finding.rule}</code>
        {rule ? ` ${t('version {{version}}', { version: rule.version })}` : ''}
        {finding.pack ? `, ${t('of {{pack}}', { pack: packTitle(packs, finding.pack) })}` : ''}
      </p>
      {rule ? (
        <dl className={why.references}>
          {rule.follows ? (
            <div>
              <dt>{t('Follows')}</dt>
              <dd>{rule.follows}</dd>
            </div>
          ) : null}
          {referencesOf(rule).map(({ catalogue, entries }) => (
            <div key={catalogue}>
              <dt>{catalogue}</dt>
              <dd>{entries.join(', ')}</dd>
            </div>
          ))}
        </dl>
      ) : null}
    </Line>
  )
}
