import { anyPathMatches } from '../../../core/evidence/globs.ts'
import type { Sidecar } from '../../../core/model/types.ts'
import type { CodeTree } from './code-tree.ts'
import { sha256Of } from './disk.ts'

/** Files that steer scanners, test runners and coverage, or that a runner loads without being asked. Collected from the manuals of the tools. */
const STEERING: readonly string[] = [
  ...['**/.semgrepignore', '**/.semgrep.{yml,yaml}', '.github/codeql/**', '**/codeql-config.{yml,yaml}', '**/osv-scanner.toml'],
  ...['**/.gitleaks.toml', '**/.gitleaksignore', '**/trivy.{yml,yaml}', '**/.trivyignore*', '**/.grype.{yml,yaml}', '**/.snyk'],
  ...['**/.bandit', '**/bandit.{yml,yaml,toml}', '**/.checkov.{yml,yaml}', '**/sonar-project.properties', '**/.zap/**'],
  ...['**/eslint.config.*', '**/.eslintrc*', '**/.eslintignore', '**/biome.{json,jsonc}', '**/.golangci.{yml,yaml,toml,json}'],
  ...['**/.pylintrc', '**/.flake8', '**/{.,}ruff.toml', '**/mypy.ini', '**/tox.ini', '**/setup.cfg', '**/pyproject.toml'],
  ...[
    '**/vitest.config.*',
    '**/vite.config.*',
    '**/vitest.workspace.*',
    '**/jest.config.*',
    '**/.mocharc*',
    '**/playwright.config.*',
  ],
  ...['**/karma.conf.*', '**/cypress.config.*', '**/.nycrc*', '**/.c8rc*', '**/pytest.ini', '**/conftest.py', '**/.coveragerc'],
  ...['**/phpunit.xml*', '**/.rspec', '**/codecov.{yml,yaml}', '**/package.json', '**/package-lock.json', '**/pnpm-lock.yaml'],
  ...['**/yarn.lock', '**/poetry.lock', '**/uv.lock', '**/Cargo.toml', '**/Cargo.lock', '**/go.mod', '**/go.sum', '**/pom.xml'],
  ...['**/build.gradle*', '**/Makefile', '**/.npmrc', '**/tsconfig*.json'],
]

const MOST = 100
const LIMIT = 16 * 1024 * 1024

/** The files of a tree that steer tools, by digest: those nearest the root first, where there are more than fit. */
export async function configsIn(tree: CodeTree): Promise<NonNullable<Sidecar['configs']>> {
  const depth = (path: string) => path.split('/').length
  const paths = tree.paths
    .filter(path => anyPathMatches(STEERING, path))
    .sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1))
    .slice(0, MOST)
    .sort()
  const read = await tree.read(paths, LIMIT)
  return paths.flatMap(path => {
    const bytes = read.get(path)
    return bytes === undefined ? [] : [{ path, sha256: sha256Of(bytes) }]
  })
}
