import { linearEngine } from '../core/scan/linear.ts'
import { scanText } from '../core/scan/scan.ts'
import { compare } from './measure.ts'
import type { Line } from './run.ts'

/** Sentences of a design, with something to find about once a kilobyte. */
const SENTENCES = [
  'The browser shall send the order to the payment service over TLS, and the token shall expire within 15 minutes.',
  'WHEN the card is refused, the service shall log the order id 10482291 and the reason, and nothing else.',
  'The ledger keeps sha256:59c4b968e015f5182e965e90f04a116bcceeffe1961c51c9028175e17b70bdb8 of each entry.',
  'Access keys are rotated every 90 days; the secret stays in the vault and never enters a log or a prompt.',
  'Questions go to the owner of the service at orders@shop-and-bank.eu, or to the team that is on call.',
  'An attacker may send a password list to the login form: CWE-307, version 2.4.1 of the library limits that.',
]

/** Patterns that begin everywhere and end nowhere. */
const HARD = ['password=', '1 ', '1.', 'eyJ', 'AB12', '@a.', '+1', '2a02:', 'password: "']

/** P13: a text of 50 kB in less than a tenth of a second, and ten times the text in no more than ten times as long. */
export function scan(): readonly Line[] {
  const small = ofLength(SENTENCES.join('\n'), 50_000)
  const large = ofLength(SENTENCES.join('\n'), 500_000)
  for (let i = 0; i < 3; i++) reading(small)()
  const hard = (length: number) => () => HARD.reduce((sum, unit) => sum + reading(ofLength(unit, length))(), 0)
  return [
    { goal: 'P13', what: 'scan 50 kB', against: '100 ms', most: 1, ratio: compare(reading(small), () => 100, 9) },
    {
      goal: 'P13',
      what: 'scan growth 10x',
      against: 'the same at 50 kB',
      most: 12,
      ratio: compare(reading(large), reading(small), 5),
    },
    {
      goal: 'P13',
      what: 'scan growth 10x, text made to hurt',
      against: 'the same at 20 kB',
      most: 12,
      ratio: compare(hard(200_000), hard(20_000), 3),
    },
  ]
}

function ofLength(unit: string, length: number): string {
  return unit.repeat(Math.ceil(length / unit.length)).slice(0, length)
}

/** Processor milliseconds of one scan with the engine that reads files. */
function reading(text: string): () => number {
  return () => {
    const before = process.cpuUsage()
    scanText(text, { engine: linearEngine })
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1000
  }
}
