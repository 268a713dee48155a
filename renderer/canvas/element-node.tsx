import { Handle, type NodeProps, Position } from '@xyflow/react'
import { Cog, Database, User } from 'lucide-react'
import { memo } from 'react'
import { CommentMark } from '../ui/comment-mark.tsx'
import { HeatOn } from './heat.tsx'
import type { BoxNode } from './nodes.ts'
import { RenameField } from './rename-field.tsx'
import styles from './shapes.module.css'

const ICONS = { process: Cog, dataStore: Database, externalEntity: User } as const
/** Below this width the name gets the room of the picture; the shape still tells the kind. */
const SMALL = 132
const SIDES = [Position.Top, Position.Right, Position.Bottom, Position.Left]

/** A process, data store or external entity: three shapes, told apart without colour. */
export const ElementNode = memo(function ElementNode({ id, data, width = 0 }: NodeProps<BoxNode>) {
  if (data.kind === 'boundary') return null
  const Icon = ICONS[data.kind]
  return (
    <div className={`${styles.element} ${styles[data.kind]} ${width < SMALL ? styles.small : ''}`}>
      {SIDES.map(side => (
        <Handle key={side} id={side} type="source" position={side} className={styles.grip ?? ''} />
      ))}
      <HeatOn id={id} />
      <Icon size={14} aria-hidden className={styles.icon} />
      {data.renaming ? <RenameField id={id} name={data.name} /> : <span className={styles.name}>{data.name}</span>}
      {data.open > 0 ? (
        <span className={styles.open} aria-hidden>
          {data.open}
        </span>
      ) : null}
      <CommentMark id={id} onCanvas />
    </div>
  )
})
