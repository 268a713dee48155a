/** What an attestation file says, counted by walking its text: no code of the readers. */
export type AttestationCounts = { readonly subjects: number; readonly signatures: number; readonly predicateType: string }

/** Subjects, signatures and kind; undefined where the file holds no in-toto statement. */
export function attestationCounts(text: string): AttestationCounts | undefined {
  const payload = /"payload"\s*:\s*"([^"]*)"/.exec(text)?.[1]
  const statement = payload === undefined ? text : Buffer.from(payload.replaceAll('\\u003d', '='), 'base64').toString('utf8')
  if (!/"_type"\s*:\s*"https:\/\/in-toto\.io\/Statement\//.test(statement)) return undefined
  const start = statement.search(/"subject"\s*:\s*\[/)
  const subjects = listEnd(statement.slice(statement.indexOf('[', start)))
  return {
    subjects: (subjects.match(/"digest"\s*:/g) ?? []).length,
    signatures: payload === undefined ? 0 : (text.match(/"sig"\s*:/g) ?? []).length,
    predicateType: /"predicateType"\s*:\s*"([^"]*)"/.exec(statement)?.[1] ?? '',
  }
}

/** The list that a text begins with, up to its closing bracket; brackets inside strings do not count. */
function listEnd(text: string): string {
  let depth = 0
  let inside = false
  for (let i = 0; i < text.length; i++) {
    const sign = text[i]
    if (inside) {
      if (sign === '\\') i++
      else if (sign === '"') inside = false
    } else if (sign === '"') inside = true
    else if (sign === '[') depth++
    else if (sign === ']' && --depth === 0) return text.slice(0, i + 1)
  }
  return text
}

/** Files, models and last commit of a coding session, by the shape of its lines. */
export function attributionCounts(text: string) {
  return {
    files: (text.match(/"status"\s*:\s*"(?:created|modified|deleted)"/g) ?? []).length,
    models: [...(/"models_used"\s*:\s*\[([^\]]*)\]/.exec(text)?.[1] ?? '').matchAll(/"[^"]+"/g)].length,
    commits: [...text.matchAll(/"commit_end"\s*:\s*"([0-9a-f]{40})"/g)].map(match => match[1]),
  }
}

export const folders: readonly string[] = ['attestations', 'ai-attribution']
export const counts: Readonly<Record<string, (text: string) => number>> = {
  attestation: text => attestationCounts(text)?.subjects ?? Number.NaN,
  attribution: text => attributionCounts(text).files,
}
