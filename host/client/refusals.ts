import { type Refusal, refuse } from '../../core/support/result.ts'

/** What a call is answered with when the machine itself does not. */
export function offline(): Refusal {
  return refuse({
    code: 'host.offline',
    message: 'Skeptic cannot be reached at the moment.',
    cure: 'Your edits wait in this window; it tries again by itself.',
  })
}

export function closed(): Refusal {
  return refuse({
    code: 'host.closed',
    message: 'The line to Skeptic was closed.',
    cure: 'Start Skeptic again and open the address it prints.',
  })
}

export function silent(seconds: number): Refusal {
  return refuse({
    code: 'host.silent',
    message: `Skeptic did not answer within ${seconds} seconds.`,
    cure: 'Try again; if it stays silent, start it again.',
  })
}

export function tooLarge(limit: number): Refusal {
  return refuse({
    code: 'host.tooLarge',
    message: `This is more than the ${Math.floor(limit / 1024 / 1024)} MB that can be read at once.`,
    cure: 'Check that it is the right file, or split it.',
  })
}

export function unreadable(): Refusal {
  return refuse({
    code: 'host.unreadable',
    message: 'The answer of Skeptic cannot be read.',
    cure: 'Load the window again: it may be older than the program.',
  })
}
