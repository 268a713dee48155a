import type { ReactNode } from 'react'
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
  return (
    <TooltipTrigger delay={350} closeDelay={80}>
      <Button
        {...rest}
        aria-label={label}
        {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
        className={[styles.button, pressed ? styles.on : ''].join(' ')}
      >
        {children}
      </Button>
      <Tooltip className={styles.tip ?? ''} offset={6}>
        {label}
        {chord ? <Keys chord={chord} /> : null}
      </Tooltip>
    </TooltipTrigger>
  )
}
