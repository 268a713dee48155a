import type { Sidecar } from '../../../core/model/types.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** CI systems by the variable that each sets, and the variable that names the run. Collected from their manuals; no value but the run's is kept. */
const SYSTEMS: readonly (readonly [name: string, sets: string, run: string])[] = [
  ['GitHub Actions', 'GITHUB_ACTIONS', 'GITHUB_RUN_ID'],
  ['GitLab CI', 'GITLAB_CI', 'CI_JOB_URL'],
  ['Azure Pipelines', 'TF_BUILD', 'BUILD_BUILDID'],
  ['Bitbucket Pipelines', 'BITBUCKET_BUILD_NUMBER', 'BITBUCKET_BUILD_NUMBER'],
  ['Buildkite', 'BUILDKITE', 'BUILDKITE_BUILD_URL'],
  ['CircleCI', 'CIRCLECI', 'CIRCLE_BUILD_URL'],
  ['Drone', 'DRONE', 'DRONE_BUILD_NUMBER'],
  ['Forgejo Actions', 'FORGEJO_ACTIONS', 'GITHUB_RUN_ID'],
  ['Jenkins', 'JENKINS_URL', 'BUILD_URL'],
  ['TeamCity', 'TEAMCITY_VERSION', 'BUILD_NUMBER'],
  ['Travis CI', 'TRAVIS', 'TRAVIS_JOB_ID'],
  ['Woodpecker', 'CI_PIPELINE_NUMBER', 'CI_PIPELINE_URL'],
]

/** Where this runs, as far as the environment says. */
export function runnerIn(env: Environment): NonNullable<Sidecar['runner']> {
  const found = SYSTEMS.find(([, sets]) => isSet(env[sets]))
  if (!found) return { kind: isSet(env.CI) ? 'ci' : 'local' }
  const [name, , variable] = found
  const run = env[variable]
  return { kind: 'ci', name, ...(run === undefined || run === '' ? {} : { run: run.slice(0, 400) }) }
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== 'false' && value !== '0'
}
