import { DIFFERENCE_STEPS, differenceSteps } from '../../core/reports/difference.ts'
import type { Answered, Compared } from './ask.ts'

/** Compares once: the window starts a worker for each question, so that stopping one stops nothing else. */
globalThis.addEventListener('message', (event: MessageEvent<Compared>) => {
  const { before, after, packs, at, issued } = event.data
  const answer = (said: Answered) => globalThis.postMessage(said)
  const steps = differenceSteps(before, after, packs, at, issued)
  answer({ kind: 'deriving', done: 0, of: DIFFERENCE_STEPS })
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return answer({ kind: 'ready', difference: step.value })
    answer({ kind: 'deriving', done: step.value, of: DIFFERENCE_STEPS })
  }
})
