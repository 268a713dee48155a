/** Short name of a prompt for files and folders: gp-, its id, and what fits of the title; only a-z, 0-9 and single hyphens. */
export function slugOf(promptId: string, title: string): string {
  const words = `${promptId.replace('P-', 'gp-')} ${title}`
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
  return words.slice(0, 64).replace(/^-+|-+$/g, '')
}
