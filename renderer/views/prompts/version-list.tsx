import type { LedgerState } from '../../../core/model/ledger.ts'
import type { PromptVersion } from '../../../core/prompts/versions.ts'
import { newerVersion, olderVersion, showVersion, versionName } from '../../commands/definitions/prompts.ts'
import { chordFor } from '../../commands/registry.ts'
import { useSession } from '../../state/session.ts'
import { useRun } from '../../state/use-commands.ts'
import type { HostRead } from '../../state/use-host-read.ts'
import { Badge } from '../../ui/badge.tsx'
import { Keys } from '../../ui/keys.tsx'
import { ProblemList } from '../../ui/problem-list.tsx'
import { t } from '../../words/translate.ts'
import { dayAndTime } from './day-and-time.ts'
import styles from './prompt-side.module.css'

type Props = { readonly versions: readonly PromptVersion[]; readonly ledger: HostRead<LedgerState> }

/** Every text that was issued, newest first; the ledger keeps each with its digest. */
export function VersionList({ versions, ledger }: Props) {
  const run = useRun()
  const shown = useSession(session => session.promptVersion)
  return (
    <section aria-label={t('Versions')}>
      <h2 className={styles.title}>
        {t('Versions')}
        {versions.length > 0 ? (
          <span className={styles.keys}>
            <Keys chord={chordFor(olderVersion) ?? ''} />
            <Keys chord={chordFor(newerVersion) ?? ''} />
          </span>
        ) : null}
      </h2>
      {ledger.kind === 'reading' ? <p className={styles.mute}>{t('Reading the ledger…')}</p> : null}
      {ledger.kind === 'refused' ? <ProblemList problems={ledger.problems} /> : null}
      {ledger.kind === 'read' && versions.length === 0 ? (
        <p className={styles.mute}>{t('None yet. Copying makes the first one and keeps its text.')}</p>
      ) : null}
      {versions.length > 0 ? (
        <ul className={styles.versions}>
          <VersionRow
            isShown={shown === undefined}
            name={versionName(undefined)}
            onShow={() => run(showVersion, { version: undefined })}
          />
          {versions.toReversed().map(version => (
            <VersionRow
              key={version.number}
              isShown={version.number === shown}
              name={versionName(version.number)}
              version={version}
              onShow={() => run(showVersion, { version: version.number })}
            />
          ))}
        </ul>
      ) : null}
    </section>
  )
}

type RowProps = {
  readonly name: string
  readonly isShown: boolean
  readonly onShow: () => void
  readonly version?: PromptVersion
}

function VersionRow({ name, isShown, onShow, version }: RowProps) {
  return (
    <li>
      <button type="button" className={styles.version} aria-current={isShown} onClick={onShow}>
        <span className={styles.versionName}>
          {name}
          {version?.draft ? <Badge>{t('draft')}</Badge> : null}
          {version?.edited ? <Badge>{t('edited')}</Badge> : null}
          {version ? <code className={styles.digest}>{version.digest.slice(7, 13)}</code> : null}
        </span>
        {version ? (
          <span className={styles.mute}>
            {dayAndTime(version.at)} · {version.by} · {version.target} · {t('{{count}} copies', { count: version.copies })}
          </span>
        ) : (
          <span className={styles.mute}>{t('as it would be issued')}</span>
        )}
      </button>
    </li>
  )
}
