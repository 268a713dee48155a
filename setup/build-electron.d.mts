export function buildElectron(where?: { readonly dist?: string }): Promise<void>
export function servedFiles(folder: string): Readonly<Record<string, { readonly file: string; readonly type: string }>>
