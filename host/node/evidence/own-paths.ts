import path from 'node:path'

/** Whether a path below the code lies in one of these folders: the design and the evidence are not the change. */
export function ownPaths(codeRoot: string, folders: readonly (string | undefined)[]): (path: string) => boolean {
  const own = folders
    .filter(folder => folder !== undefined)
    .map(folder => path.relative(codeRoot, folder).split(path.sep).join('/'))
    .filter(folder => folder !== '' && folder !== '..' && !folder.startsWith('../') && !path.isAbsolute(folder))
  return file => own.some(folder => file.startsWith(`${folder}/`))
}
