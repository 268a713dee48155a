import type { ReactNode } from 'react'
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components'
import styles from './button.module.css'

/** How much a button asks to be pressed. */
export type ButtonLook = 'primary' | 'plain' | 'quiet' | 'danger'

type Props = Omit<AriaButtonProps, 'children' | 'className' | 'style'> & {
  readonly look?: ButtonLook
  readonly icon?: ReactNode
  readonly small?: boolean
  readonly children: ReactNode
}

/** A button with words on it. */
export function Button({ look = 'plain', icon, small = false, children, ...rest }: Props) {
  return (
    <AriaButton {...rest} className={[styles.button, styles[look], small ? styles.small : ''].join(' ')}>
      {icon}
      <span className={styles.words}>{children}</span>
    </AriaButton>
  )
}
