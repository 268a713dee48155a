import { ChevronRight } from 'lucide-react'
import { goToEvidence } from '../commands/definitions/evidence.ts'
import { type ChainLink, cardOf } from '../state/card.ts'
import { useSession } from '../state/session.ts'
import { useFacts, useRun } from '../state/use-commands.ts'
import { useDesign } from '../state/workbench.ts'
import { numberWords } from '../words/format.ts'
import { t } from '../words/translate.ts'
import styles from './object-card.module.css'

/** An object in a few lines: what it is, where it stands, who sees to it, and the chain it hangs in. */
export function ObjectCard({ id, label }: { readonly id: string; readonly label?: string | undefined }) {
  const card = useCard(id)
  if (!card) return <p className={styles.title}>{label ?? t('{{id}} is not in this design any more.', { id })}</p>
  const facts = [card.kind, card.state, card.owner ? t('Owner: {{owner}}', { owner: card.owner }) : undefined].filter(Boolean)
  return (
    <div className={styles.card}>
      <p className={styles.facts}>
        <code>{id}</code> {facts.join(' · ')}
      </p>
      <p className={styles.title}>{label ?? card.title}</p>
      <ChainLine chain={card.chain} />
    </div>
  )
}

/** The chain of an object, where it has one, from the duty to the check. */
export function ObjectChain({ id }: { readonly id: string }) {
  const run = useRun()
  return <ChainLine chain={useCard(id)?.chain ?? []} onGo={where => run(goToEvidence, where)} />
}

function useCard(id: string) {
  const recorded = useSession(session => session.recorded)
  return cardOf(useDesign(), useFacts(), id, recorded)
}

type Line = { readonly chain: readonly ChainLink[]; readonly onGo?: (where: NonNullable<ChainLink['goes']>) => void }

/** A card that only hovers holds nothing to press; in the inspector the evidence leads to its check. */
function ChainLine({ chain, onGo }: Line) {
  if (chain.length === 0) return null
  return (
    <ol className={styles.chain} aria-label={t('Chain')}>
      {chain.map((link, index) => (
        <li
          key={link.word}
          className={[styles.link, link.holds ? styles.here : '', link.count === 0 ? styles.missing : ''].join(' ')}
        >
          {index > 0 ? <ChevronRight size={11} aria-hidden className={styles.arrow} /> : null}
          <span className={styles.what}>
            <span>{link.word}</span>
            <Amount link={link} onGo={onGo} />
          </span>
        </li>
      ))}
    </ol>
  )
}

function Amount({ link, onGo }: { readonly link: ChainLink; readonly onGo: Line['onGo'] }) {
  const { goes } = link
  if (!goes || !onGo) return <strong>{amountOf(link)}</strong>
  return (
    <button
      type="button"
      className={styles.go}
      aria-label={t('Evidence: {{names}}. Go to its check', { names: link.ids.join(', ') })}
      onClick={() => onGo(goes)}
    >
      {amountOf(link)}
    </button>
  )
}

function amountOf({ count, ids: [only = ''] }: ChainLink): string {
  if (count === 0) return t('none')
  return count === 1 ? shortOf(only) : numberWords(count)
}

/** A check is named by the control it comes from; the last part tells it from its neighbours. */
function shortOf(id: string): string {
  return id.split('/').at(-1) ?? id
}
