import { t } from '../words/translate.ts'

/** One row of the desktop's menu bar, described by the page: the shell holds no words. */
export type MenuRow =
  | { readonly separator: true }
  | { readonly label: string; readonly items: readonly MenuRow[] }
  | { readonly label: string; readonly role: string }
  | { readonly label: string; readonly command: string; readonly accelerator?: string }

type Words = {
  readonly chooseDesign: { readonly title: string; readonly button: string }
  readonly openLink: { readonly question: string; readonly open: string; readonly cancel: string }
}

/** The desktop around the page, as its preload offers it; absent in a browser. */
export type Shell = {
  readonly connect: () => void
  readonly call: {
    (name: 'shell.dress', input: { readonly menu: readonly MenuRow[]; readonly words: Words }): Promise<boolean>
    (name: 'design.choose', input: Record<string, never>): Promise<{ readonly handle: string; readonly name: string } | null>
    (name: 'design.open', input: { readonly handle: string }): Promise<boolean>
  }
  readonly onCommand: (listener: (command: string) => void) => void
}

/** What the preload posts to the page, with the port of the host. */
export const PORT_MESSAGE = 'skeptic:port'

/** The words of the questions only the desktop may ask. */
export function shellWords(): Words {
  return {
    chooseDesign: { title: t('Open a design folder'), button: t('Open') },
    openLink: { question: t('Open this page in your browser?'), open: t('Open'), cancel: t('Cancel') },
  }
}

/** The desktop around this page, if there is one. */
export function shellHere(): Shell | undefined {
  return (globalThis as { readonly skepticShell?: Shell }).skepticShell
}
