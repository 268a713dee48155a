import { CircleCheck, CircleDashed, RotateCw } from 'lucide-react'
import { t } from '../words/translate.ts'
import { Button } from './button.tsx'
import styles from './seal.module.css'

/** Whether something generated still says what the design says. */
export type SealState =
  | { readonly kind: 'fresh' }
  /** Made from an earlier design; the count where it can be told. */
  | { readonly kind: 'stale'; readonly changes: number | undefined }
  /** Given out before the gate was open. */
  | { readonly kind: 'draft' }
  /** Never given out, so there is nothing it could be older than. */
  | { readonly kind: 'unused' }

type Props = {
  /** Digest of what it was made from; its first six digits are shown. */
  readonly digest: string
  readonly state: SealState
  /** What the digest is of, before it. */
  readonly label?: string
  readonly onShow?: (() => void) | undefined
}

/** What a generated text was made from, and whether that still stands: a word and a sign, never a colour alone. */
export function Seal({ digest, state, label, onShow }: Props) {
  const Icon = state.kind === 'fresh' ? CircleCheck : state.kind === 'stale' ? RotateCw : CircleDashed
  return (
    <span className={styles.line}>
      <span className={`${styles.seal} ${styles[state.kind]}`}>
        <Icon size={13} aria-hidden className={styles.icon} />
        {label ? <span className={styles.label}>{label}</span> : null}
        <code className={styles.digest}>{digest.replace('sha256:', '').slice(0, 6)}</code>
        <span className={styles.word}>{sealWords(state)}</span>
      </span>
      {state.kind === 'stale' && onShow ? (
        <Button look="quiet" small onPress={onShow}>
          {t('Show what changed')}
        </Button>
      ) : null}
    </span>
  )
}

/** The state of a seal in words. */
export function sealWords(state: SealState): string {
  if (state.kind === 'fresh') return t('fresh')
  if (state.kind === 'draft') return t('draft')
  if (state.kind === 'unused') return t('not used yet')
  return state.changes === undefined || state.changes === 0 ? t('stale') : t('stale, {{count}} changes', { count: state.changes })
}
