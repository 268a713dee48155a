import { ShieldAlert } from 'lucide-react'
import type { Found } from '../../core/scan/found.ts'
import { replaced, secretPlaceholder } from '../../core/scan/replace.ts'
import { t } from '../words/translate.ts'
import styles from './scan-hint.module.css'

type Props = {
  readonly id: string
  readonly text: string
  readonly found: readonly Found[]
  readonly onText: (text: string) => void
}

const SHOWN = 3

/** Under a field: what in it may not enter a prompt, what becomes of it, and a name to put in the place of a secret. */
export function ScanHint({ id, text, found, onText }: Props) {
  const kinds = [...new Map(found.map(one => [`${one.rule} ${one.what}`, one])).values()]
  const secrets = found.filter(isSecret)
  return (
    <div id={id} role="status" className={kinds.length > 0 ? styles.hint : undefined}>
      {kinds.slice(0, SHOWN).map(one => (
        <p key={`${one.rule} ${one.what}`} className={styles.line} data-blocks={isSecret(one)}>
          <ShieldAlert size={14} aria-hidden className={styles.icon} />
          <span>
            {t('Holds {{what}}.', { what: one.what })} {fateOf(one)}
          </span>
        </p>
      ))}
      {kinds.length > SHOWN ? <p className={styles.line}>{t('and {{count}} more', { count: kinds.length - SHOWN })}</p> : null}
      {secrets.length > 0 ? (
        <button
          type="button"
          className={styles.use}
          onPointerDown={event => event.preventDefault()}
          onClick={() => onText(replaced(text, secrets, secretPlaceholder))}
        >
          {t('Put {{name}} in its place', { name: secretPlaceholder(secrets[0] as Found) })}
        </button>
      ) : null}
    </div>
  )
}

function isSecret({ action }: Found): boolean {
  return action === 'block' || action === 'secondPerson'
}

function fateOf({ action }: Found): string {
  switch (action) {
    case 'block':
      return t('No prompt leaves with it. Replace the real one where it is used: it may have been read.')
    case 'secondPerson':
      return t('No prompt leaves with it, unless another person approves a waiver.')
    case 'placeholder':
      return t('Prompts show a placeholder in its place.')
    case 'neutralise':
      return t('Prompts show it written out, so that nothing acts on it.')
    case 'warn':
      return t('Make sure that a coding tool may see it.')
  }
}
