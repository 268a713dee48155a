import { FilePlus2, FolderOpen, Import, Landmark } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from 'react-aria-components'
import type { Command } from '../../commands/command.ts'
import { newDesign, openSample } from '../../commands/definitions/home.ts'
import { openFolder, openImport } from '../../commands/definitions/import.ts'
import { useSession } from '../../state/session.ts'
import { useRun } from '../../state/use-commands.ts'
import { t } from '../../words/translate.ts'
import styles from './home-view.module.css'

/** The other ways in: a folder, a blank page, or anything somebody else drew. */
export function Doors() {
  const desktop = useSession(session => session.desktop)
  const isSample = useSession(session => session.isSample)
  return (
    <ul className={styles.doors}>
      <Door command={openFolder} icon={<FolderOpen size={18} aria-hidden />} name={t('Open folder…')}>
        {desktop
          ? t('A design that lies on this machine.')
          : t('In a browser it is chosen in the terminal: skeptic serve --design FOLDER.')}
      </Door>
      <Door command={newDesign} icon={<FilePlus2 size={18} aria-hidden />} name={t('New design')}>
        {t('A blank page and its first requirement.')}
      </Door>
      {desktop || isSample ? null : (
        <Door command={openSample} icon={<Landmark size={18} aria-hidden />} name={t('Open the sample')}>
          {t('Bank transfers, complete through all nine steps, with a change to verify. A copy, gone afterwards.')}
        </Door>
      )}
      <Door command={openImport} icon={<Import size={18} aria-hidden />} name={t('Import…')}>
        {t('Or drop a file or text anywhere here, or paste it. Nothing is written before you say so.')}
      </Door>
    </ul>
  )
}

type Props = { readonly command: Command; readonly icon: ReactNode; readonly name: string; readonly children: ReactNode }

function Door({ command, icon, name, children }: Props) {
  const run = useRun()
  return (
    <li>
      <Button className={styles.door ?? ''} onPress={() => run(command)}>
        <span className={styles.doorIcon}>{icon}</span>
        <span className={styles.doorName}>{name}</span>
        <span className={styles.doorMore}>{children}</span>
      </Button>
    </li>
  )
}
