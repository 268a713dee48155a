import { useEffect } from 'react'
import type { Place } from '../commands/command.ts'
import { perform } from '../commands/perform.ts'
import { COMMANDS } from '../commands/registry.ts'
import { chordOf, commandFor, isSingle } from '../commands/shortcuts.ts'
import { useSession } from '../state/session.ts'
import type { Workbench } from '../state/workbench.ts'

/** Runs commands by their keys: single letters only where no text is typed, and nothing while a dialog asks. */
export function useShortcuts(workbench: Workbench): void {
  useEffect(() => {
    let waitsForNumber = false
    function onKeyDown(event: KeyboardEvent) {
      const target = event.target instanceof Element ? event.target : document.body
      const pressed = chordOf({ key: event.key, mod: event.ctrlKey || event.metaKey, shift: event.shiftKey, alt: event.altKey })
      const chord = waitsForNumber ? `G ${pressed}` : pressed
      waitsForNumber = false
      // The browser answers this one with the text itself; asking for the clipboard would need a permission.
      if (event.defaultPrevented || event.isComposing || chord === 'Mod+V') return
      if (isSingle(chord) && (isTyping(target) || !useSession.getState().preferences.singleKeys)) return
      if (isTyping(target) && TEXT_KEYS.includes(chord) && !(isClean(target) && UNDO_KEYS.includes(chord))) return
      if (target.closest('[role="dialog"]') && chord !== 'Mod+K') return
      const command = commandFor(COMMANDS, chord, placeOf(target), useSession.getState().preferences.keys)
      if (command) {
        if (chord === 'Enter' && target.closest('button, a, summary')) return
        event.preventDefault()
        void perform(workbench, command as never, undefined as never)
      } else if (chord === 'G') waitsForNumber = true
    }
    /** Back and forward come before the drawing, which would move a box by the same arrows. */
    function onCapture(event: KeyboardEvent) {
      if (!event.altKey || !event.key.startsWith('Arrow')) return
      onKeyDown(event)
      if (event.defaultPrevented) event.stopPropagation()
    }
    addEventListener('keydown', onCapture, true)
    addEventListener('keydown', onKeyDown)
    return () => {
      removeEventListener('keydown', onCapture, true)
      removeEventListener('keydown', onKeyDown)
    }
  }, [workbench])
}

/** Keys that belong to the text while one is typed. */
const TEXT_KEYS = [
  'Mod+Z',
  'Mod+Shift+Z',
  'Mod+Y',
  'Enter',
  'Delete',
  'Backspace',
  'Shift+Enter',
  'Mod+D',
  'Mod+A',
  'Mod+C',
  'Mod+X',
]

const UNDO_KEYS = ['Mod+Z', 'Mod+Shift+Z', 'Mod+Y']

/** A field in which nothing was typed yet has nothing of its own to undo. */
function isClean(target: Element): boolean {
  return target.closest('[data-clean="true"]') !== null
}

function isTyping(target: Element): boolean {
  return target.closest('input:not([type="checkbox"]):not([type="radio"]), textarea, select, [contenteditable="true"]') !== null
}

function placeOf(target: Element): Place {
  return (target.closest<HTMLElement>('[data-place]')?.dataset.place as Place | undefined) ?? 'everywhere'
}
