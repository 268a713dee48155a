import { useEffect } from 'react'
import { copySelected, cutSelected, pasteText } from '../commands/definitions/model-clipboard.ts'
import { useRun } from '../state/use-commands.ts'

/** The browser's own copy, cut and paste while the drawing has the focus, so that menus work and nobody is asked for permission. */
export function useClipboard(): void {
  const run = useRun()
  useEffect(() => {
    function onClipboard(event: ClipboardEvent) {
      if (event.defaultPrevented || !isOnDrawing(document.activeElement)) return
      if (event.type === 'paste') {
        const text = event.clipboardData?.getData('text/plain') ?? ''
        event.preventDefault()
        return run(pasteText, text)
      }
      if (getSelection()?.isCollapsed === false) return
      event.preventDefault()
      run(event.type === 'cut' ? cutSelected : copySelected)
    }
    for (const name of NAMES) document.addEventListener(name, onClipboard)
    return () => {
      for (const name of NAMES) document.removeEventListener(name, onClipboard)
    }
  }, [run])
}

const NAMES = ['copy', 'cut', 'paste'] as const

/** Browsers send these events to where the text cursor stands, which may be far from what has the focus. */
function isOnDrawing(focused: Element | null): boolean {
  if (focused?.closest('input, textarea, select, [contenteditable="true"], [role="dialog"]')) return false
  return focused?.closest('[data-place="canvas"]') != null
}
