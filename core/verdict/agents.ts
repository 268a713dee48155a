/**
 * Whether a name is that of a tool and not of a person. Tools that the policy lists and accounts of automation are known
 * for sure; of the rest only names that no person has, so that nobody called Claude or Devin is shut out.
 */
export function isAgent(name: string, tools: readonly string[] = []): boolean {
  const plain = name.trim().toLowerCase()
  return /\[bot\]$|\[bot\]@/.test(plain) || AGENTS.has(plain) || tools.some(tool => tool.toLowerCase() === plain)
}

/** Names and addresses under which coding tools sign their commits. */
const AGENTS: ReadonlySet<string> = new Set([
  'noreply@anthropic.com',
  'claude code',
  'github copilot',
  'copilot-swe-agent',
  'openai codex',
  'cursor agent',
  'cursoragent@cursor.com',
  'devin ai',
  'gemini cli',
  'gemini code assist',
  'google jules',
  'amazon q developer',
  'aider',
  'noreply@aider.chat',
])
