/**
 * Names and addresses under which coding tools stand in commits. A person may be called Claude or Devin, so a given name alone
 * is a tool only under an address that takes no mail. Collected from public commit histories; last looked at on 2026-11-22.
 */
const ADDRESSES: readonly (readonly [RegExp, string])[] = [
  [/^noreply@anthropic\.com$/, 'Claude'],
  [/^(?:\d+\+)?(?:claude|claude-code)(?:\[bot\])?@users\.noreply\.github\.com$/, 'Claude'],
  [/^(?:\d+\+)?copilot(?:-swe-agent)?(?:\[bot\])?@users\.noreply\.github\.com$|^copilot@github\.com$/, 'Copilot'],
  [/^(?:cursoragent|cursor)@cursor\.(?:com|sh)$/, 'Cursor'],
  [/^(?:\d+\+)?cursor(?:agent)?(?:\[bot\])?@users\.noreply\.github\.com$/, 'Cursor'],
  [/^(?:\d+\+)?devin-ai-integration\[bot\]@users\.noreply\.github\.com$|^devin(?:-ai)?@(?:cognition\.ai|devin\.ai)$/, 'Devin'],
  [/^(?:codex|noreply)@openai\.com$/, 'Codex'],
  [/^(?:\d+\+)?(?:chatgpt-codex-connector|openai-codex|codex)(?:\[bot\])?@users\.noreply\.github\.com$/, 'Codex'],
  [/^(?:\d+\+)?(?:gemini-code-assist|gemini-cli)(?:\[bot\])?@(?:users\.noreply\.github|google)\.com$/, 'Gemini'],
  [/^(?:\d+\+)?google-labs-jules(?:\[bot\])?@users\.noreply\.github\.com$/, 'Jules'],
  [/^(?:noreply|aider)@aider\.chat$/, 'Aider'],
  [/^(?:amp|noreply)@ampcode\.com$/, 'Amp'],
  [/^openhands@all-hands\.dev$/, 'OpenHands'],
  [/^(?:noreply|bot)@opencode\.ai$/, 'OpenCode'],
  [/^(?:noreply|windsurf|cascade)@(?:windsurf|codeium)\.com$/, 'Windsurf'],
  [/^(?:noreply|bot)@cline\.bot$/, 'Cline'],
]

/** Product names that no person bears. */
const PRODUCTS =
  /^(?:github copilot|copilot(?: swe agent)?|chatgpt|openai codex|codex(?: cli)?|cursor(?: agent)?|claude (?:code|opus|sonnet|haiku|\d)|claude-|gemini (?:cli|code assist|pro|flash|\d)|gemini-|google jules|devin ai|aider\b|amp code|openhands|opencode|windsurf|cline|gpt-\d)/i

const GIVEN_NAMES = /^(?:claude|gemini|devin|jules|amp)$/i

const NO_MAIL = /^(?:[^@]*\+)?(?:no-?reply|[^@]*\[bot\])@/i

/** The tool that a name and an address stand for; undefined when it may be a person. */
export function botNamed(name: string, email: string): string | undefined {
  const address = email.trim().toLowerCase().slice(0, LONGEST)
  const known = ADDRESSES.find(([pattern]) => pattern.test(address))
  if (known) return known[1]
  const called = name.trim().slice(0, LONGEST)
  if (PRODUCTS.test(called)) return called
  return GIVEN_NAMES.test(called) && NO_MAIL.test(address) ? called : undefined
}

const LONGEST = 320

/** Name and address of `Name <address>`; without brackets all of it is the name. */
export function nameAndAddress(value: string): { readonly name: string; readonly email: string } {
  const open = value.lastIndexOf('<')
  const close = value.indexOf('>', open)
  if (open < 0 || close < 0) return { name: value.trim(), email: '' }
  return { name: value.slice(0, open).trim(), email: value.slice(open + 1, close).trim() }
}
