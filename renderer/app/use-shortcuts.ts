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
    let lastHere: Element | null = null
    /** Where a person was last, by focus or by pointer. */
    function onHere(event: Event) {
      lastHere = event.target instanceof Element ? event.target.closest('[data-place]') : null
    }
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
      const command = commandFor(COMMANDS, chord, placeOf(target, lastHere), useSession.getState().preferences.keys)
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
    for (const name of HERE) addEventListener(name, onHere, true)
    return () => {
      for (const name of HERE) removeEventListener(name, onHere, true)
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

const HERE = ['focusin', 'pointerdown'] as const

/**
 * The place whose keys count. What had the focus may vanish, as a frame around several things does with their
 * selection; the page then has the focus, and the keys go on to count where the person was, while that is still shown.
 */
function placeOf(target: Element, lastHere: Element | null): Place {
  const here = target === document.body && lastHere?.isConnected ? lastHere : target.closest('[data-place]')
  return here instanceof HTMLElement ? ((here.dataset.place as Place | undefined) ?? 'everywhere') : 'everywhere'
}
