import { anyPathMatches } from '../evidence/globs.ts'
import { baseName, type ChangedText, linesAdded, plainLine } from './changed-lines.ts'

/** What became of a file that steers a scanner, a test runner, coverage or the pipeline. */
export type ConfigTouch = {
  readonly path: string
  /** What it steers. */
  readonly what: string
  /** `gone`: the file or its part was removed; `off`: a line switches something off; `touched`: a machine cannot tell. */
  readonly how: 'gone' | 'off' | 'touched'
  readonly line?: number
  readonly sha256: string
}

/** Files by what they steer, also those that a runner loads without being asked. Collected from the manuals of the tools. */
const STEERING: readonly (readonly [string, readonly string[]])[] = [
  [
    'pipeline',
    [
      ...['.github/workflows/**', '.github/actions/**', '.github/dependabot.{yml,yaml}', '{.github/,docs/,}CODEOWNERS'],
      ...['.gitlab-ci.{yml,yaml}', '.gitlab/**/*.{yml,yaml}', '.circleci/**', '.travis.yml', '**/Jenkinsfile*', '.drone.yml'],
      ...['**/azure-pipelines*.{yml,yaml}', 'bitbucket-pipelines.yml', '.woodpecker{/**,.yml,.yaml}', '.buildkite/**', '.ci/**'],
      ...['.pre-commit-config.yaml', '.husky/**', 'lefthook.{yml,yaml}', '**/.gitattributes', '.teamcity/**', '.tekton/**'],
    ],
  ],
  [
    'scanner',
    [
      ...['**/.semgrepignore', '**/.semgrep.{yml,yaml}', '**/.semgrep/**', '.github/codeql/**', '**/codeql-config.{yml,yaml}'],
      ...[
        '**/qlpack.yml',
        '**/osv-scanner.toml',
        '**/sonar-project.properties',
        '**/.sonarcloud.properties',
        '**/.gitleaks.toml',
      ],
      ...['**/.gitleaksignore', '**/trivy.{yml,yaml}', '**/.trivyignore*', '**/.grype.{yml,yaml}', '**/.snyk', '**/.nsprc'],
      ...['**/audit-ci.{json,jsonc}', '**/.bandit', '**/bandit.{yml,yaml,toml}', '**/.checkov.{yml,yaml}', '**/.tfsec/**'],
      ...['**/.tflint.hcl', '**/.kics*', '**/.hadolint.{yml,yaml}', '**/zap*.{conf,yaml,yml}', '**/.zap/**', '**/gosec.json'],
      ...['**/.secrets.baseline', '**/.checkov.baseline', '**/bearer.{yml,yaml}', '**/dependency-check*.xml', '**/spotbugs*.xml'],
      ...['**/brakeman.{yml,ignore}', '**/.dependency-cruiser.*', '**/deny.toml', '**/.zizmor.yml', '**/suppressions.xml'],
    ],
  ],
  [
    'linter',
    [
      ...[
        '**/.eslintrc*',
        '**/eslint.config.*',
        '**/.eslintignore',
        '**/biome.{json,jsonc}',
        '**/.oxlintrc.json',
        '**/.stylelintrc*',
      ],
      ...[
        '**/.golangci.{yml,yaml,toml,json}',
        '**/.pylintrc',
        '**/pylintrc',
        '**/.flake8',
        '**/{.,}ruff.toml',
        '**/{.,}mypy.ini',
      ],
      ...['**/pyrightconfig.json', '**/.rubocop*.yml', '**/.swiftlint.yml', '**/detekt*.{yml,yaml,xml}', '**/checkstyle*.xml'],
      ...[
        '**/pmd*.xml',
        '**/phpstan*.neon*',
        '**/psalm*.xml',
        '**/phpcs.xml*',
        '**/clippy.toml',
        '**/.clang-tidy',
        '**/lint*.xml',
      ],
      ...['**/tsconfig*.json', '**/.shellcheckrc'],
    ],
  ],
  [
    'test runner',
    [
      ...['**/vitest.{config,workspace,setup}*.*', '**/vite.config.*', '**/jest.{config,setup,preset}*.*', '**/setupTests.*'],
      ...['**/{test,tests,spec,__tests__}/{setup,global-setup,globalSetup,register}.*', '**/karma.conf.*', '**/.mocharc*'],
      ...['**/ava.config.*', '**/playwright.config.*', '**/cypress.config.*', '**/wdio.conf.*', '**/.taprc', '**/jasmine.json'],
      ...['**/conftest.py', '**/pytest.ini', '**/.pytest.ini', '**/tox.ini', '**/noxfile.py', '**/sitecustomize.py'],
      ...['**/usercustomize.py', '**/*.pth', '**/phpunit.xml*', '**/.rspec', '**/spec_helper.rb', '**/rails_helper.rb'],
      ...[
        '**/test_helper.{rb,exs}',
        '**/junit-platform.properties',
        '**/testng*.xml',
        '**/*.runsettings',
        '**/xunit.runner.json',
      ],
      ...[
        '**/Makefile',
        '**/{j,J}ustfile',
        '**/Taskfile.{yml,yaml}',
        '**/.npmrc',
        '**/.yarnrc*',
        '**/.pnp.*',
        '**/node_modules/**',
      ],
    ],
  ],
  [
    'coverage',
    [
      '**/.coveragerc',
      '**/.nycrc*',
      '**/.c8rc*',
      '**/codecov.{yml,yaml}',
      '**/.codecov.yml',
      '**/.simplecov',
      '**/stryker.conf*.*',
    ],
  ],
]

/** Parts of files that also hold other things: only those parts steer. */
const PARTS: Readonly<Record<string, (text: string) => string>> = {
  'package.json': jsonParts([
    ...['scripts', 'jest', 'vitest', 'mocha', 'ava', 'c8', 'nyc', 'tap', 'eslintConfig', 'eslintIgnore', 'stylelint'],
    ...['husky', 'lint-staged', 'pre-commit', 'simple-git-hooks', 'babel'],
  ]),
  'composer.json': jsonParts(['scripts', 'config']),
  'deno.json': jsonParts(['tasks', 'test', 'lint', 'exclude']),
  'pyproject.toml': sectionParts(
    /^tool\.(?:pytest|coverage|ruff|mypy|pyright|pylint|bandit|flake8|tox|nox|semgrep|basedpyright)\b/,
  ),
  'setup.cfg': sectionParts(/^(?:tool:pytest|pytest|flake8|coverage:|mypy|pylint|bandit|tox)/),
  'Cargo.toml': sectionParts(/^(?:workspace\.)?lints\b/),
}

/** Files of builds, in which single lines switch tests off. */
const BUILDS = ['**/pom.xml', '**/build.gradle', '**/build.gradle.kts', '**/build.sbt', '**/gradle.properties']

/** Words of a line, as `plainLine` writes it, after which a failure no longer stops anything. */
const OFF = [
  ...['continue-on-error:true', 'allow_failure:true', '--exit-zero', '--soft-fail', 'soft_fail:true', 'soft-fail:true'],
  ...['<skiptests>true', '-dskiptests', 'maven.test.skip', 'testfailureignore>true', 'passwithnotests', '--pass-with-no-tests'],
  ...[
    'ignorefailures = true',
    'ignorefailures=true',
    '-x test',
    "exit-code:'0'",
    'exit-code:0',
    '--exit-code 0',
    '--exit-code=0',
  ],
  ...['fail-build:false', 'fail_on_error:false', 'failonerror>false'],
] as const

/** What a file steers; undefined where it steers nothing that judges. */
export function steeredBy(path: string): string | undefined {
  if (Object.hasOwn(PARTS, baseName(path))) return 'test runner'
  return STEERING.find(([, globs]) => anyPathMatches(globs, path))?.[0]
}

/** What the change does to a file that steers a tool; nothing where it steers none, or only other parts of it changed. */
export function configTouched(file: ChangedText): ConfigTouch | undefined {
  const { path, before, after } = file
  const what = steeredBy(path)
  const sha256 = (after ?? before)?.sha256 ?? ''
  const off = what !== undefined || anyPathMatches(BUILDS, path) ? linesAdded(file, ({ text }) => isOff(text))[0] : undefined
  if (off) return { path, what: what ?? 'build', how: 'off', line: off.line, sha256 }
  if (what === undefined) return undefined
  const part = Object.hasOwn(PARTS, baseName(path)) ? PARTS[baseName(path)] : undefined
  if (!part) return { path, what, how: after ? 'touched' : 'gone', sha256 }
  if ((before && before.text === undefined) || (after && after.text === undefined)) return { path, what, how: 'touched', sha256 }
  const [was, is] = [part(before?.text ?? ''), part(after?.text ?? '')]
  if (was === is) return undefined
  return { path, what, how: is === '' ? 'gone' : 'touched', sha256 }
}

function isOff(text: string): boolean {
  const plain = plainLine(text)
  return OFF.some(word => plain.includes(word))
}

/** Some members of a JSON object as text; what is no JSON counts whole. */
function jsonParts(keys: readonly string[]): (text: string) => string {
  return text => {
    if (text.trim() === '') return ''
    try {
      const value = JSON.parse(text) as unknown
      if (value === null || typeof value !== 'object') return text
      const parts = keys.flatMap(key => (Object.hasOwn(value, key) ? [[key, (value as Record<string, unknown>)[key]]] : []))
      return parts.length > 0 ? JSON.stringify(parts) : ''
    } catch {
      return text
    }
  }
}

/** Some sections of a TOML or INI file as text: from a header that fits to the next that does not. */
function sectionParts(header: RegExp): (text: string) => string {
  return text => {
    let isIn = false
    const lines = text.split(/\r?\n/).filter(line => {
      const name = /^\s*\[+\s*"?([^\]"]+)/.exec(line)?.[1]
      if (name !== undefined) isIn = header.test(name.trim())
      return isIn && line.trim() !== '' && !/^\s*[#;]/.test(line)
    })
    return lines.map(line => line.trim()).join('\n')
  }
}
