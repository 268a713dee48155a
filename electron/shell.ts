/** Channels between preload and main; the page itself sees none of them. */
export const CHANNELS = {
  connect: 'skeptic:connect',
  port: 'skeptic:port',
  call: 'skeptic:call',
  command: 'skeptic:command',
} as const

/** What the page hears on its own window, with one port, when the host is ready for it. */
export const PORT_MESSAGE = 'skeptic:port'

/** The name under which the page finds the shell; absent in browser mode. */
export const SHELL_NAME = 'skepticShell'

/** One row of the menu bar, as the renderer's command table describes it. Electron holds no words. */
export type MenuRow =
  | { readonly separator: true }
  | { readonly label: string; readonly items: readonly MenuRow[] }
  | { readonly label: string; readonly role: string }
  | {
      readonly label: string
      readonly command: string
      readonly accelerator?: string
      readonly enabled?: boolean
      readonly checked?: boolean
    }

/** Words for the two questions that only the shell may ask. */
export type ShellWords = {
  readonly chooseDesign: { readonly title: string; readonly button: string }
  readonly openLink: { readonly question: string; readonly open: string; readonly cancel: string }
}

/** What the page may ask of the shell, beyond the host's contract. `null` and `false`: the person said no, or it may not be. */
export type ShellCalls = {
  'shell.dress': { input: { readonly menu: readonly MenuRow[]; readonly words: ShellWords }; output: boolean }
  'design.choose': { input: Record<string, never>; output: { readonly handle: string; readonly name: string } | null }
  'design.open': { input: { readonly handle: string }; output: boolean }
  'link.open': { input: { readonly url: string }; output: boolean }
}

export type ShellCallName = keyof ShellCalls

/** The shell as the page sees it at `window.skepticShell`. */
export type Shell = {
  /** Asks for the host. Listen for `message` on the window first: same window, same origin, data PORT_MESSAGE, one port. */
  readonly connect: () => void
  readonly call: <N extends ShellCallName>(name: N, input: ShellCalls[N]['input']) => Promise<ShellCalls[N]['output']>
  /** Hears the command chosen in the menu bar; the last listener counts. */
  readonly onCommand: (listener: (command: string) => void) => void
}
