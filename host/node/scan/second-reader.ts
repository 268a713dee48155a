import { lintSource } from '@secretlint/core'
import { secretLintProfiler } from '@secretlint/profiler'
import { creator } from '@secretlint/secretlint-rule-preset-recommend'
import { isDummy } from '../../../core/scan/dummy.ts'
import type { Found } from '../../../core/scan/found.ts'
import { SCAN_LIMIT } from '../../../core/scan/scan.ts'
import { SECRET_CURE } from '../../../core/scan/tokens.ts'

// It marks every rule of every run and keeps the marks, which a host that lives for days would pay for.
secretLintProfiler.setEnabled(false)

const CONFIG = { rules: [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: creator, options: {} }] }

/**
 * Secrets as another maker's rules see them. They are asynchronous, use Node's path module and weigh a quarter of a megabyte, so they
 * read what leaves the host and stay out of the window. What they say of a value is left behind: only rule and place come along.
 */
export async function secondReading(text: string): Promise<readonly Found[]> {
  if (text.length > SCAN_LIMIT) return [] // refused by the first reader
  const source = { content: text, filePath: 'prompt.md', contentType: 'text' as const, ext: '.md' }
  const { messages } = await lintSource({ source, options: { config: CONFIG, maskSecrets: true, noPhysicFilePath: true } })
  return messages.flatMap(({ range, ruleId }) => {
    const [start, end] = range
    if (isDummy(text.slice(start, end))) return []
    const name = ruleId.replace(/^.*secretlint-rule-/, '')
    return [
      {
        rule: `scan.secretlint.${name}`,
        action: 'block' as const,
        what: `what another scanner takes for a secret (${name})`,
        cure: SECRET_CURE,
        label: name,
        start,
        end: Math.max(end, start + 1),
      },
    ]
  })
}
