export const FUSES: Readonly<Record<string, boolean>>
export function packageDesktop(project: {
  readonly folder?: string
  readonly dist: string
  readonly version?: string
}): Promise<{ readonly binary: string; readonly asar: string }>
export function wrongFuses(binary: string): Promise<readonly string[]>
