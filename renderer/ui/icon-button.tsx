import { type ReactNode, useState } from 'react'
import { Button, type ButtonProps, Tooltip, TooltipTrigger } from 'react-aria-components'
import styles from './icon-button.module.css'
import { Keys } from './keys.tsx'

type Props = Omit<ButtonProps, 'children' | 'className' | 'style'> & {
  readonly label: string
  readonly chord?: string | undefined
  readonly pressed?: boolean
  readonly children: ReactNode
}

/** A button with a picture; its name and shortcut show on hover and focus. */
export function IconButton({ label, chord, pressed, children, ...rest }: Props) {
  const [isShown, setShown] = useState(false)
  return (
    <TooltipTrigger delay={350} closeDelay={80} isOpen={isShown} onOpenChange={setShown}>
      <Button
        {...rest}
        aria-label={label}
        {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
        className={[styles.button, pressed ? styles.on : ''].join(' ')}
      >
        {children}
      </Button>
      {isShown ? ( // a tooltip that closes before it was placed would otherwise stay in the page, unseen
        <Tooltip className={styles.tip ?? ''} offset={6}>
          {label}
          {chord ? <Keys chord={chord} /> : null}
        </Tooltip>
      ) : null}
    </TooltipTrigger>
  )
}
