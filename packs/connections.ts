/** How one coding tool is told of a Model Context Protocol server on this machine. */
export type Connection = {
  readonly name: string
  readonly title: string
  /** A file of the project that takes `text`; without one, `text` is a command. */
  readonly file?: string
  readonly text: string
  readonly source: string
  readonly verifiedOn: string
}

const SERVER = { command: 'npx', args: ['skeptic', 'mcp'] }

/** As people write it: short lists on one line. */
function json(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(
    /\[\s+("[^"]*"(?:,\s+"[^"]*")*)\s+\]/g,
    (_, items: string) => `[${items.replace(/\s+/g, ' ')}]`,
  )
}

const VERIFIED = '2026-11-23'

/** Tools whose form of it was looked up; each starts the server by itself, in the folder of the project. */
export const connections: readonly Connection[] = [
  {
    name: 'claude-code',
    title: 'Claude Code',
    text: 'claude mcp add --scope project skeptic -- npx skeptic mcp',
    source: 'https://code.claude.com/docs/en/mcp',
    verifiedOn: VERIFIED,
  },
  {
    name: 'cursor',
    title: 'Cursor',
    file: '.cursor/mcp.json',
    text: json({ mcpServers: { skeptic: SERVER } }),
    source: 'https://cursor.com/docs/mcp',
    verifiedOn: VERIFIED,
  },
  {
    name: 'vscode',
    title: 'VS Code',
    file: '.vscode/mcp.json',
    text: json({ servers: { skeptic: { type: 'stdio', ...SERVER } } }),
    source: 'https://code.visualstudio.com/docs/agents/reference/mcp-configuration',
    verifiedOn: VERIFIED,
  },
  {
    name: 'codex',
    title: 'Codex',
    file: '.codex/config.toml',
    text: '[mcp_servers.skeptic]\ncommand = "npx"\nargs = ["skeptic", "mcp"]',
    source: 'https://developers.openai.com/codex/mcp',
    verifiedOn: VERIFIED,
  },
  {
    name: 'gemini',
    title: 'Gemini CLI',
    file: '.gemini/settings.json',
    text: json({ mcpServers: { skeptic: SERVER } }),
    source: 'https://geminicli.com/docs/tools/mcp-server',
    verifiedOn: VERIFIED,
  },
]
