import { useState } from 'react'
import { Button, Tooltip, TooltipTrigger } from 'react-aria-components'
import { labelOf } from '../../core/model/lookup.ts'
import { goToObject } from '../commands/definitions/select.ts'
import { useRun } from '../state/use-commands.ts'
import { useDesign } from '../state/workbench.ts'
import styles from './chip.module.css'
import { ObjectCard } from './object-card.tsx'

type Props = {
  readonly id: string
  /** Shows the name beside the id. */
  readonly named?: boolean
  /** What it is called, where the design itself does not hold it. */
  readonly label?: string
}

/** An id that goes to its object: the same in tables, prose and prompts. Hover or focus shows its card. */
export function Chip({ id, named = false, label }: Props) {
  const design = useDesign()
  const run = useRun()
  const [isShown, setShown] = useState(false)
  const name = label ?? labelOf(design, id)
  return (
    <TooltipTrigger delay={400} closeDelay={60} isOpen={isShown} onOpenChange={setShown}>
      <Button
        className={styles.chip ?? ''}
        {...(named || name === id ? {} : { 'aria-label': `${id} ${name}` })}
        onPress={() => run(goToObject, id)}
      >
        <span className={styles.id}>{id}</span> {named && name !== id ? <span className={styles.name}>{name}</span> : null}
      </Button>
      {isShown ? ( // a tooltip that closes before it was placed would otherwise stay in the page, unseen
        <Tooltip className={styles.tip ?? ''} offset={5}>
          <ObjectCard id={id} label={label} />
        </Tooltip>
      ) : null}
    </TooltipTrigger>
  )
}

/** Several chips in one line. */
export function Chips({ ids, named = false }: { readonly ids: readonly string[]; readonly named?: boolean }) {
  return (
    <span className={styles.chips}>
      {ids.map(id => (
        <Chip key={id} id={id} named={named} />
      ))}
    </span>
  )
}
