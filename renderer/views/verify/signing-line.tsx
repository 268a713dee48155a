import { useState } from 'react'
import type { Check } from '../../../core/model/types.ts'
import type { People } from '../../../core/verdict/people.ts'
import type { Signing } from '../../../host/contract.ts'
import { Fold } from '../../ui/fold.tsx'
import panel from '../../ui/panel.module.css'
import { t } from '../../words/translate.ts'
import styles from './verify-view.module.css'
import { keyWords } from './vouched.tsx'

type Props = { readonly signing: Signing; readonly check: Check; readonly asked: People['asked'] }

/** Before an answer is given: under what it will be noted, and what that is worth for this check. */
export function SigningLine({ signing, check, asked }: Props) {
  const [isOpen, setOpen] = useState(false)
  const doubt = doubtWords(signing, check, asked)
  return (
    <div className={styles.signing}>
      <p className={panel.sub} data-signing={signing.kind}>
        {signingWords(signing)} {doubt}
      </p>
      {signing.kind === 'self' ? (
        <>
          <Fold isOpen={isOpen} onToggle={() => setOpen(!isOpen)}>
            {t('How to sign')}
          </Fold>
          {isOpen ? <HowToSign why={signing.why} /> : null}
        </>
      ) : null}
    </div>
  )
}

function signingWords(signing: Signing): string {
  if (signing.kind === 'signed') {
    const key = keyWords(signing.key)
    return signing.roles.length > 0
      ? t('Will be signed with your key {{key}} ({{roles}}).', { key, roles: signing.roles.join(', ') })
      : t('Will be signed with your key {{key}}.', { key })
  }
  switch (signing.why) {
    case 'noKey':
      return t('Self-reported: no enrolled key of yours is on this machine.')
    case 'several':
      return t('Self-reported: several enrolled keys of yours are here, and the window does not choose.')
    case 'otherName':
      return t('Self-reported: the key on this machine is enrolled for {{name}}, and you go under another name.', {
        name: signing.name ?? '',
      })
    case 'locked':
      return t('Self-reported: your key is here and cannot be opened.')
  }
}

/** What stands against a yes given so; nothing where it may count. */
function doubtWords(signing: Signing, { allowSelfReported }: Check, asked: People['asked']): string {
  const isStrict = asked !== undefined && allowSelfReported !== true
  if (signing.kind === 'self') return isStrict ? t('This check asks for a signature: a yes without one does not count.') : ''
  if (!signing.counts) return t('The key was not enrolled before this change, so it vouches for nothing in it yet.')
  if (isStrict && !signing.roles.includes(asked.role))
    return t('This check asks for {{role}}, which your key is not enrolled for: a yes does not count.', { role: asked.role })
  return ''
}

function HowToSign({ why }: { readonly why: Extract<Signing, { kind: 'self' }>['why'] }) {
  if (why === 'several')
    return (
      <p className={panel.sub}>
        {t('Sign on the command line and name the key, or revoke the ones that you no longer use:')}
        <code className={styles.run}>{'skeptic sign W --check ID --key KEY'}</code>
      </p>
    )
  if (why === 'otherName')
    return <p className={panel.sub}>{t('Set SKEPTIC_USER to the name in keys.json, and start Skeptic again.')}</p>
  if (why === 'locked')
    return (
      <p className={panel.sub}>
        {t('Set SKEPTIC_KEY_PASSPHRASE where Skeptic is started. What else is wrong with a key is told by:')}
        <code className={styles.run}>{'skeptic keys list'}</code>
      </p>
    )
  return (
    <div className={panel.sub}>
      <p>{t('Make a key, enrol it under the name that you go under here, and start Skeptic with that name in SKEPTIC_USER:')}</p>
      <pre className={styles.run}>{'skeptic keys new\nskeptic keys enrol --role reviewer'}</pre>
      <p>{t('Have keys.json merged by itself: a key counts for changes that begin after it was enrolled.')}</p>
    </div>
  )
}
