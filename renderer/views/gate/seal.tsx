import { LockKeyhole, LockKeyholeOpen } from 'lucide-react'
import type { Gate } from '../../../core/gate/evaluate.ts'
import { policyOf } from '../../../core/model/lookup.ts'
import { useDesign } from '../../state/workbench.ts'
import { gateSentence } from './gate-model.ts'
import styles from './gate-view.module.css'

/** Open or closed, and on what: the digest says which state of the design was examined. */
export function Seal({ gate }: { readonly gate: Gate }) {
  const policy = policyOf(useDesign())
  const Icon = gate.open ? LockKeyholeOpen : LockKeyhole
  return (
    <div className={`${styles.seal} ${gate.open ? styles.open : styles.closed}`} role="status">
      <span className={styles.sealIcon}>
        <Icon size={26} aria-hidden />
      </span>
      <div>
        <p className={styles.word}>{gate.open ? 'Gate open' : 'Gate closed'}</p>
        <p>{gateSentence(gate)}</p>
      </div>
      <dl className={styles.bound}>
        <div>
          <dt>State</dt>
          <dd>
            <code>{gate.digest.slice(7, 13)}</code>
          </dd>
        </div>
        <div>
          <dt>Policy</dt>
          <dd>{policy.preset}</dd>
        </div>
      </dl>
    </div>
  )
}
