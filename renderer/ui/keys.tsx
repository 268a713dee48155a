import { keyNames } from '../commands/shortcuts.ts'
import styles from './keys.module.css'

/** A shortcut as keys, as the person's keyboard names them. */
export function Keys({ chord }: { readonly chord: string }) {
  return (
    <kbd className={styles.keys}>
      {keyNames(chord).map(name => (
        <kbd key={name}>{name}</kbd>
      ))}
    </kbd>
  )
}
