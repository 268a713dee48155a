import { useEffect, useState } from 'react'
import { dictionaryOf } from '../../core/scan/dictionary.ts'
import type { Found } from '../../core/scan/found.ts'
import { useRested } from '../state/use-rested.ts'
import { useDesign } from '../state/workbench.ts'

/** Milliseconds that somebody has stopped writing before the text is read. */
const REST = 400

/** Texts shorter than the shortest secret are not worth asking about. */
const SHORTEST = 6

/** What may not enter a prompt in a text that is being written; nothing before somebody writes, and nothing older than the text. */
export function useScanned(text: string, isWritten: boolean): readonly Found[] {
  const design = useDesign()
  const rested = useRested(text, REST)
  const [read, setRead] = useState<{ readonly text: string; readonly found: readonly Found[] }>()
  useEffect(() => {
    if (!isWritten || rested === undefined || rested.length < SHORTEST) return
    let isOver = false
    import('./ask.ts')
      .then(({ askScan }) => askScan(rested, dictionaryOf(design)))
      .then(found => (isOver ? undefined : setRead({ text: rested, found })))
      // The hint is a help: whoever cannot load it still has the host's look before anything leaves.
      .catch(() => undefined)
    return () => {
      isOver = true
    }
  }, [rested, isWritten, design])
  return isWritten && read?.text === text ? read.found : NOTHING
}

const NOTHING: readonly Found[] = []
