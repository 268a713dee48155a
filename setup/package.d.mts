export type Package = { readonly binary: string; readonly asar: string }

export const FUSES: Readonly<Record<string, boolean>>
export function findPackage(folder?: string): Package | undefined
export function packageDesktop(project: {
  readonly folder?: string
  readonly dist: string
  readonly version?: string
}): Promise<Package>
export function wrongFuses(binary: string): Promise<readonly string[]>
