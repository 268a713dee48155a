import { baseName, type ChangedText, isProse, linesAdded, plainLine } from './changed-lines.ts'

/** A place of a changed file, and what is there. */
export type Found = { readonly path: string; readonly line: number; readonly what: string; readonly sha256: string }

/**
 * Words that silence a scanner, a linter, a type checker or a coverage tool, as `plainLine` writes them, in a comment.
 * Collected from the manuals of the tools; a word that only steers formatting is none.
 */
const IN_COMMENTS: readonly string[] = [
  ...['ignore', 'expect-error', 'nocheck'].map(word => `@ts-${word}`),
  ...['nosemgrep', 'nosem', 'nosonar', 'noqa', 'nosec', 'nolint', 'nolintnextline', 'nolintbegin', 'skipcq', 'noinspection'],
  ...[
    'eslint-disable',
    'oxlint-disable',
    'tslint:disable',
    'biome-ignore',
    'stylelint-disable',
    'jshint ignore',
    'deno-lint-ignore',
  ],
  ...['$flowfixme', 'type:ignore', 'pyright:ignore', 'mypy:ignore-errors'],
  ...['pylint:disable', 'rubocop:disable', 'swiftlint:disable', 'ktlint-disable', 'scalastyle:off', 'checkstyle:off'],
  ...['codeql[', 'lgtm[', 'coverity[', 'deepcode ignore', 'bearer:disable', 'devskim:ignore', 'cppcheck-suppress'],
  ...[
    'trivy:ignore',
    'tfsec:ignore',
    'checkov:skip',
    'kics-scan ignore',
    'kics-scan disable',
    'hadolint ignore',
    'terrascan:skip',
  ],
  ...['shellcheck disable', 'zizmor:ignore', 'gitleaks:allow', 'pragma:allowlist secret', 'ggignore', 'trufflehog:ignore'],
  ...[
    'istanbul ignore',
    'c8 ignore',
    'v8 ignore',
    'node:coverage ignore',
    'node:coverage disable',
    'pragma:no cover',
    'pragma:no branch',
  ],
  ...['nocov', 'lcov_excl', 'gcov_excl', 'gcovr_excl', 'coverage:ignore', 'codecoverageignore', 'stryker disable', 'pitest:skip'],
  ...[
    'phpcs:ignore',
    'phpcs:disable',
    'phpstan-ignore',
    'psalm-suppress',
    'nosast',
    'safety:ignore',
    'snyk:ignore',
    'gosec:disable',
  ],
]

/** The same where the language itself says it, outside comments. */
const IN_CODE = [
  ...[
    '@suppresswarnings',
    '@suppressfbwarnings',
    '@suppresslint',
    '@suppress(',
    '@file:suppress',
    '[suppressmessage',
    '#[allow(',
  ],
  ...['#![allow(', '#[coverage(off)]', '#pragma warning disable', '[excludefromcodecoverage', '@excludefromjacoco'],
] as const

/** Files in which every entry is something that is not looked at. */
const IGNORE_FILES: ReadonlySet<string> = new Set([
  ...[
    '.semgrepignore',
    '.eslintignore',
    '.stylelintignore',
    '.gitleaksignore',
    '.trivyignore',
    '.trivyignore.yaml',
    '.trivyignore.yml',
  ],
  ...[
    '.snyk',
    '.nsprc',
    '.bearerignore',
    '.checkov.baseline',
    '.secrets.baseline',
    '.gosecignore',
    '.codeqlignore',
    '.sonarignore',
  ],
  ...[
    '.flake8ignore',
    '.pylintignore',
    '.rubocop_todo.yml',
    '.brakeman.ignore',
    'brakeman.ignore',
    '.kicsignore',
    '.hadolintignore',
  ],
  ...['.grypeignore', '.coverageignore', '.nycignore', 'detekt-baseline.xml', 'lint-baseline.xml', 'phpstan-baseline.neon'],
  ...['psalm-baseline.xml', 'spotbugs-exclude.xml', 'suppressions.xml', 'dependency-check-suppressions.xml', '.zapignore'],
])

/** Entries of configuration files that set single results aside. */
const IN_CONFIG: ReadonlyMap<string, readonly string[]> = new Map([
  ['osv-scanner.toml', ['[[ignoredvulns]]', '[[packageoverrides]]']],
  ['.gitleaks.toml', ['[allowlist]', '[[allowlists]]', '[[rules.allowlists]]']],
  ['.grype.yaml', ['ignore:', '- vulnerability:']],
])

/** What the change adds that keeps a tool from speaking: comments, attributes and entries of ignore files, each with its place. */
export function suppressionsAdded(file: ChangedText): readonly Found[] {
  const { path, after } = file
  if (after?.text === undefined) return []
  const name = baseName(path)
  const found = (what: string, line: number): Found => ({ path, line, what, sha256: after.sha256 })
  if (IGNORE_FILES.has(name))
    return linesAdded(file, ({ text }) => !/^\s*(?:#|\/\/|<!--|$)/.test(text)).map(({ line, text }) => found(text.trim(), line))
  const entries = IN_CONFIG.get(name)
  if (entries)
    return linesAdded(file, ({ text }) => entries.some(entry => plainLine(text).startsWith(entry))).map(({ line, text }) =>
      found(text.trim(), line),
    )
  if (isProse(path)) return []
  return linesAdded(file, ({ text }) => silencerIn(text) !== undefined).map(({ line, text }) =>
    found(silencerIn(text) ?? '', line),
  )
}

/** The built-in word that silences a tool on a line; undefined where there is none. */
export function silencerIn(text: string): string | undefined {
  const plain = plainLine(text)
  return IN_CODE.find(word => plain.includes(word)) ?? IN_COMMENTS.find(word => standsInComment(plain, word))
}

function standsInComment(plain: string, word: string): boolean {
  for (let at = plain.indexOf(word); at >= 0; at = plain.indexOf(word, at + word.length))
    if (isWordAt(plain, at, word) && isComment(plain.slice(0, at))) return true
  return false
}

function isWordAt(plain: string, at: number, word: string): boolean {
  const [before, after] = [plain[at - 1] ?? ' ', plain[at + word.length] ?? ' ']
  return !/[\w-]/.test(before) && (!/\w$/.test(word) || !/[a-z0-9]/.test(after))
}

/** Whether what stands before a word opens a comment; a word that begins its line may stand in one that began above. */
function isComment(head: string): boolean {
  return /^[\s*{]*$/.test(head) || ['//', '/*', '#', '<!--', '--', ';', '%'].some(sign => head.includes(sign))
}
