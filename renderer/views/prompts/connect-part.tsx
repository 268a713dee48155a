import { Copy } from 'lucide-react'
import { useState } from 'react'
import type { LedgerState } from '../../../core/model/ledger.ts'
import { connections } from '../../../packs/connections.ts'
import { copyConnection } from '../../commands/definitions/prompts.ts'
import { lastFetched } from '../../state/fetched.ts'
import { useRun } from '../../state/use-commands.ts'
import type { HostRead } from '../../state/use-host-read.ts'
import { Button } from '../../ui/button.tsx'
import { Fold } from '../../ui/fold.tsx'
import { Pick } from '../../ui/pick.tsx'
import { t } from '../../words/translate.ts'
import { dayAndTime } from './day-and-time.ts'
import styles from './prompt-side.module.css'

/** How a coding tool fetches the prompt by itself, and who did last. */
export function ConnectPart({ ledger }: { readonly ledger: HostRead<LedgerState> }) {
  const [isOpen, setOpen] = useState(false)
  const fetched = ledger.kind === 'read' ? lastFetched(ledger.value) : undefined
  return (
    <section aria-label={t('Let a coding tool fetch it')}>
      <Fold isOpen={isOpen} focus="connect" onToggle={() => setOpen(!isOpen)}>
        {t('Let a coding tool fetch it')}
      </Fold>
      {isOpen ? <HowTo /> : null}
      {fetched ? (
        <p className={styles.mute}>
          {t('Last fetched by {{name}} {{version}}, {{at}} UTC, for {{workItem}}.', { ...fetched, at: dayAndTime(fetched.at) })}
        </p>
      ) : null}
    </section>
  )
}

function HowTo() {
  const run = useRun()
  const [name, setName] = useState(connections[0]?.name ?? '')
  const chosen = connections.find(one => one.name === name)
  if (!chosen) return null
  const { file, text } = chosen
  return (
    <div className={styles.connect}>
      <Pick
        label={t('Coding tool')}
        value={name}
        choices={connections.map(one => ({ value: one.name, label: one.title }))}
        onPick={setName}
      />
      <p className={styles.mute}>
        {file === undefined
          ? t('Run this once in the folder of the project:')
          : t('Put this into {{file}} of the project:', { file })}
      </p>
      <pre className={styles.snippet}>{text}</pre>
      <Button small icon={<Copy size={14} aria-hidden />} onPress={() => run(copyConnection, text)}>
        {t('Copy')}
      </Button>
      <p className={styles.mute}>
        {t('Gate, policy and data scan count as for copying, and each fetch stands in the ledger with the name of the tool.')}
      </p>
    </div>
  )
}
