import { ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import buttons from './button.module.css'
import styles from './menu-button.module.css'

type Props = {
  readonly label: string
  readonly icon?: ReactNode
  readonly isDisabled?: boolean
  readonly items: readonly { readonly id: string; readonly label: string; readonly note?: string; readonly onPick: () => void }[]
}

/** Several ways to do the same, behind one button. */
export function MenuButton({ label, icon, isDisabled = false, items }: Props) {
  return (
    <MenuTrigger>
      <Button isDisabled={isDisabled} className={`${buttons.button} ${buttons.plain}`}>
        {icon}
        <span className={buttons.words}>{label}</span>
        <ChevronDown size={14} aria-hidden />
      </Button>
      <Popover className={styles.popover ?? ''} placement="bottom end" offset={4}>
        <Menu className={styles.menu ?? ''} aria-label={label}>
          {items.map(item => (
            <MenuItem key={item.id} id={item.id} textValue={item.label} className={styles.item ?? ''} onAction={item.onPick}>
              <span>{item.label}</span>
              {item.note ? <span className={styles.note}>{item.note}</span> : null}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}
