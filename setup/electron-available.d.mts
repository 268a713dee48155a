/** What of a machine is looked at; everything else is taken from the one we run on. */
export type Machine = {
  readonly folder?: string
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly platform?: string
  readonly uid?: number
  readonly kernel?: string
}

export type Found =
  | { readonly available: true; readonly dist: string; readonly binary: string }
  | { readonly available: false; readonly reason: string }

export function findElectron(machine?: Machine): Found
export function desktopAvailable(machine?: Machine): Found
