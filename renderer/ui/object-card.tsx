import { ChevronRight } from 'lucide-react'
import { type ChainLink, cardOf } from '../state/card.ts'
import { useFacts } from '../state/use-commands.ts'
import { useDesign } from '../state/workbench.ts'
import { numberWords } from '../words/format.ts'
import { t } from '../words/translate.ts'
import styles from './object-card.module.css'

/** An object in a few lines: what it is, where it stands, who sees to it, and the chain it hangs in. */
export function ObjectCard({ id, label }: { readonly id: string; readonly label?: string | undefined }) {
  const card = cardOf(useDesign(), useFacts(), id)
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
  return <ChainLine chain={cardOf(useDesign(), useFacts(), id)?.chain ?? []} />
}

function ChainLine({ chain }: { readonly chain: readonly ChainLink[] }) {
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
            <strong>{amountOf(link)}</strong>
          </span>
        </li>
      ))}
    </ol>
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
