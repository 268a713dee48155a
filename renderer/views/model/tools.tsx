import {
  ArrowRightToLine,
  Circle,
  Database,
  FolderInput,
  type LucideIcon,
  MousePointer2,
  MoveRight,
  Square,
  SquareDashed,
  WandSparkles,
} from 'lucide-react'
import { Toolbar } from 'react-aria-components'
import type { Command } from '../../commands/command.ts'
import { connectSelected, moveSelectedTo, TOOLS, tidyDrawing } from '../../commands/definitions/model-keys.ts'
import { resetTool } from '../../commands/definitions/select.ts'
import { chordFor } from '../../commands/registry.ts'
import { type Tool, useSession } from '../../state/session.ts'
import { useAllowed, useRun } from '../../state/use-commands.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { t } from '../../words/translate.ts'
import styles from './model-view.module.css'

const ICONS: readonly { readonly tool: Tool; readonly Icon: LucideIcon }[] = [
  { tool: 'process', Icon: Circle },
  { tool: 'dataStore', Icon: Database },
  { tool: 'externalEntity', Icon: Square },
  { tool: 'boundary', Icon: SquareDashed },
  { tool: 'flow', Icon: MoveRight },
]

const DEEDS: readonly { readonly command: Command; readonly Icon: LucideIcon }[] = [
  { command: connectSelected, Icon: ArrowRightToLine },
  { command: moveSelectedTo, Icon: FolderInput },
  { command: tidyDrawing, Icon: WandSparkles },
]

const DEED_COMMANDS = DEEDS.map(({ command }) => command)

/** What can be drawn, and what can be done to what is selected. */
export function Tools() {
  const armed = useSession(session => session.tool)
  const allowed = useAllowed(DEED_COMMANDS)
  const run = useRun()
  return (
    <Toolbar aria-label={t('Drawing tools')} className={styles.tools ?? ''}>
      <IconButton label={t('Select')} chord={chordFor(resetTool)} pressed={armed === 'select'} onPress={() => run(resetTool)}>
        <MousePointer2 size={16} aria-hidden />
      </IconButton>
      {ICONS.map(({ tool, Icon }, index) => {
        const command = TOOLS[index] as Command
        return (
          <IconButton
            key={tool}
            label={t(command.title)}
            chord={chordFor(command)}
            pressed={armed === tool}
            onPress={() => run(command)}
          >
            <Icon size={16} aria-hidden />
          </IconButton>
        )
      })}
      <span className={styles.rule} aria-hidden />
      {DEEDS.map(({ command, Icon }, index) => (
        <IconButton
          key={command.id}
          label={t(command.title)}
          chord={chordFor(command)}
          isDisabled={allowed[index] !== true}
          onPress={() => run(command)}
        >
          <Icon size={16} aria-hidden />
        </IconButton>
      ))}
    </Toolbar>
  )
}
