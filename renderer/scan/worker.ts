import { linearEngine } from '../../core/scan/linear.ts'
import { scanText } from '../../core/scan/scan.ts'
import type { Answered, Asked } from './ask.ts'

/** Reads one text after the other; what it answers holds rules and places, never a value. */
globalThis.addEventListener('message', (event: MessageEvent<Asked>) => {
  const { id, text, dictionary } = event.data
  const answer: Answered = { id, found: scanText(text, { engine: linearEngine, dictionary }) }
  globalThis.postMessage(answer)
})
