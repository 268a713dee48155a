import type { Heat } from '../../state/session.ts'
import { t } from '../../words/translate.ts'
import { type Command, type Effect, plan, session } from '../command.ts'

/** What the colours of the drawing may say, in the order of the list. */
export const HEATS: readonly Heat[] = ['off', 'threats', 'severity', 'data', 'unseen']

/** What a heat mode is called. */
export function heatName(heat: Heat): string {
  const names: Readonly<Record<Heat, string>> = {
    off: t('Heat: off'),
    threats: t('Open threats'),
    severity: t('Highest severity'),
    data: t('Data class'),
    unseen: t('Not looked at yet'),
  }
  return names[heat]
}

function heatCommand(heat: Heat, title: string): Command {
  return {
    id: `canvas.heat.${heat}`,
    category: 'Canvas',
    title,
    plan: context => showHeat.plan(context, heat),
  }
}

/** Whoever colours the drawing from another screen arrives there; whoever picks from the list stays at the list. */
const COME_HERE: Effect = { kind: 'focus', name: 'main' }

/** Colours the drawing by one question, or not at all. */
export const showHeat: Command<Heat> = {
  id: 'canvas.heat',
  category: 'Canvas',
  title: 'Heat',
  plan: ({ session: now }, heat) =>
    plan(session({ step: 'model', modelView: 'canvas', heat }), ...(now.step === 'model' ? [] : [COME_HERE]), {
      kind: 'say',
      text: heat === 'off' ? t('The drawing shows no heat.') : t('The drawing shows: {{heat}}.', { heat: heatName(heat) }),
    }),
}

/** One command for each mode, for the palette. */
export const HEAT_COMMANDS: readonly Command[] = [
  heatCommand('off', 'Heat: off'),
  heatCommand('threats', 'Heat: open threats'),
  heatCommand('severity', 'Heat: highest severity'),
  heatCommand('data', 'Heat: data class'),
  heatCommand('unseen', 'Heat: not looked at yet'),
]

/** Shows or hides the small picture of the whole drawing; the outline says the same in words. */
export const toggleMinimap: Command = {
  id: 'canvas.minimap',
  category: 'Canvas',
  title: 'Show or hide the minimap',
  plan: ({ session: { preferences } }) => {
    const minimap = !preferences.minimap
    return plan(session({ preferences: { ...preferences, minimap } }), {
      kind: 'say',
      text: minimap ? t('The minimap is shown.') : t('The minimap is hidden.'),
    })
  },
}
