import { ok, type Result } from '../support/result.ts'
import { isObject, type Loose, listOf, objectOf, textOf } from './loose.ts'
import { instantOf, refusalsOf, severityOf } from './parts.ts'
import { shown } from './show.ts'
import type { Evidence, Oddity, Vulnerability } from './types.ts'

const misshapen = refusalsOf('grype', 'Write the report again: grype -o json')

/** Told by its name, by what a match looks like, or by having nothing but matches. */
export function isGrype(value: unknown): boolean {
  if (!isObject(value) || !Object.hasOwn(value, 'matches')) return false
  if (objectOf(value.descriptor).name === 'grype') return true
  const first = objectOf(listOf(value.matches)[0])
  if (isObject(first.vulnerability) && isObject(first.artifact)) return true
  return listOf(value.matches).length === 0 && Object.keys(value).every(key => KEYS.includes(key))
}

const KEYS: readonly string[] = ['matches', 'ignoredMatches', 'source', 'distro', 'descriptor']

/**
 * Facts of a Grype report. It lists matches and never the packages it read, and says nothing of a distribution that it does not
 * know, so it cannot show that it looked. Source: github.com/anchore/grype, grype/presenter/models.
 */
export function readGrype(file: string, value: unknown): Result<Evidence> {
  const report = objectOf(value)
  if (!Array.isArray(report.matches)) return misshapen(file, '/matches', 'The matches are not a list.')
  if (report.ignoredMatches !== undefined && report.ignoredMatches !== null && !Array.isArray(report.ignoredMatches))
    return misshapen(file, '/ignoredMatches', 'The ignored matches are not a list.')
  const found: Vulnerability[] = []
  for (const list of ['matches', 'ignoredMatches'])
    for (const [index, match] of listOf(report[list]).entries()) {
      const pointer = `/${list}/${index}`
      if (!isObject(match) || !isObject(match.vulnerability) || !isObject(match.artifact))
        return misshapen(file, pointer, 'A match does not say which vulnerability and which package.')
      found.push(weaknessOf(match, pointer, list === 'ignoredMatches'))
    }
  const descriptor = objectOf(report.descriptor)
  const { database, databaseAt } = databaseOf(descriptor)
  const version = textOf(descriptor.version)
  const at = instantOf(descriptor.timestamp)
  return ok({
    format: 'grype',
    made: { tool: 'Grype', ...(version === undefined ? {} : { version }), ...(at === undefined ? {} : { at }), commits: [] },
    facts: {
      vulnerabilities: {
        packages: undefined,
        succeeded: database.length > 0 ? false : undefined,
        ...(databaseAt === undefined ? {} : { databaseAt }),
        found,
        oddities: database,
      },
    },
  })
}

function weaknessOf(match: Loose, pointer: string, setAside: boolean): Vulnerability {
  const vulnerability = objectOf(match.vulnerability)
  const artifact = objectOf(match.artifact)
  const id = textOf(vulnerability.id) ?? 'no id'
  const related = listOf(match.relatedVulnerabilities).flatMap(one => textOf(objectOf(one).id) ?? [])
  const [version, purl] = [textOf(artifact.version), textOf(artifact.purl)]
  const fix = objectOf(vulnerability.fix)
  const fixedIn = listOf(fix.versions).flatMap(one => textOf(one) ?? [])[0]
  return {
    pointer,
    id,
    aliases: [...new Set(related)].filter(alias => alias !== id),
    severity: severityOf(vulnerability.severity),
    package: textOf(artifact.name) ?? '',
    ...(version === undefined ? {} : { version }),
    ...(purl === undefined ? {} : { purl }),
    ...(fixedIn === undefined ? {} : { fixedIn }),
    setAside,
  }
}

/** `db.built` up to version 5 of its database, `db.status.built` from 6 on; either may say that the database is broken. */
function databaseOf(descriptor: Loose): { readonly database: readonly Oddity[]; readonly databaseAt: string | undefined } {
  const db = objectOf(descriptor.db)
  const status = objectOf(db.status)
  const [pointer, holder] = isObject(db.status) ? ['/descriptor/db/status', status] : ['/descriptor/db', db]
  const error = holder.error === undefined || holder.error === null || holder.error === '' ? undefined : holder.error
  const broken = error !== undefined || holder.valid === false
  const text = `the database is not sound${textOf(error) === undefined ? '' : `: ${shown(textOf(error) ?? '', 200)}`}`
  return { database: broken ? [{ pointer, text }] : [], databaseAt: instantOf(holder.built) }
}
