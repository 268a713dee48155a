import type { Foreign } from '../reading/foreign.ts'
import { defined, listOf, type Raw } from '../reading/json-fields.ts'
import { type ImportReport, many, tally } from '../report.ts'
import { filled } from './interpolation.ts'
import { capabilitiesIn } from './privileges.ts'
import type { Service } from './services.ts'

/** Keys that became something, here or in another file of this room. */
const READ = new Set(
  'image depends_on links networks network_mode ports volumes secrets configs extends privileged environment'.split(' '),
)

/** Keys that are kept under foreign, each only in the few forms that cannot hold anything else. */
const KEPT = new Set('user read_only cap_add cap_drop pid ipc userns_mode expose profiles'.split(' '))

/** Everything else that Compose knows of a service. */
const LEFT = new Set(
  (
    'annotations attach blkio_config build cgroup cgroup_parent command container_name cpu_count cpu_percent cpu_period cpu_quota ' +
    'cpu_rt_period cpu_rt_runtime cpu_shares cpus cpuset credential_spec deploy develop device_cgroup_rules devices dns dns_opt ' +
    'dns_search domainname entrypoint env_file external_links extra_hosts gpus group_add healthcheck hostname init isolation ' +
    'label_file labels logging mac_address mem_limit mem_reservation mem_swappiness memswap_limit models oom_kill_disable ' +
    'oom_score_adj pids_limit platform post_start pre_start pre_stop provider pull_policy pull_refresh_after restart runtime scale ' +
    'security_opt shm_size stdin_open stop_grace_period stop_signal storage_opt sysctls tmpfs tty ulimits use_api_socket uts ' +
    'volume_driver volumes_from working_dir'
  ).split(' '),
)

/** What of a service is kept as it was: only words of closed lists, numbers and names; never a value that could be a secret. */
export function keptOf({ raw, image }: Service): Foreign | undefined {
  const user = wordOf(raw.user, /^(?:root|\d{1,10}(?::\d{1,10})?)$/)
  const kept = defined({
    image: image?.store && filled(raw.image)?.isVariable === false ? image.reference : undefined,
    privileged: flagOf(raw.privileged),
    user: isUserId(raw.user) ? raw.user : user,
    read_only: flagOf(raw.read_only),
    cap_add: filledList(capabilitiesIn(raw.cap_add)),
    cap_drop: filledList(capabilitiesIn(raw.cap_drop)),
    network_mode: wordOf(raw.network_mode, /^(?:host|none|bridge)$/),
    pid: wordOf(raw.pid, /^host$/),
    ipc: wordOf(raw.ipc, /^(?:host|shareable|private)$/),
    userns_mode: wordOf(raw.userns_mode, /^host$/),
    expose: filledList(listOf(raw.expose).flatMap(one => portIn(one))),
    profiles: filledList(listOf(raw.profiles).flatMap(one => wordOf(one, /^[a-zA-Z0-9][\w.-]{0,62}$/) ?? [])),
  })
  return Object.keys(kept).length > 0 ? (kept as Foreign) : undefined
}

/** Entries of one list that are kept. */
const MOST_KEPT = 50

function isUserId(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) < 2 ** 32
}

function flagOf(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined
}

function wordOf(value: unknown, form: RegExp): string | undefined {
  return typeof value === 'string' && form.test(value) ? value : undefined
}

function portIn(value: unknown): readonly string[] {
  const text = String(value)
  return /^\d{1,5}(?:-\d{1,5})?(?:\/(?:tcp|udp))?$/.test(text) ? [text] : []
}

function filledList<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length > 0 ? list.slice(0, MOST_KEPT) : undefined
}

/** Says of each key that has no place here how many services have it. Names of keys nobody knows are not repeated. */
export function tellKeys(report: ImportReport, { raw, place }: Service): void {
  for (const key of Object.keys(raw)) {
    if (READ.has(key) || isNothing(raw[key])) continue
    if (KEPT.has(key)) tally(report, place, { what: count => `${key} of ${many(count, 'service')}`, why: NO_FIELD })
    else if (LEFT.has(key)) tally(report, place, { what: count => `${key} of ${many(count, 'service')}`, why: NO_PLACE })
    else if (key.startsWith('x-')) tally(report, place, { what: count => many(count, 'extension of a service'), why: NO_PLACE })
    else
      tally(report, place, {
        what: count => many(count, 'unknown key'),
        why: 'Compose knows no such key of a service: not read.',
      })
  }
}

const NO_FIELD = 'No field here means exactly this: kept under foreign where it is a plain name, number, yes or no.'
const NO_PLACE = 'It says how the service runs, not what it exchanges: not kept, for it may hold secrets.'

function isNothing(value: Raw[string]): boolean {
  return value === null || value === undefined || value === false || (Array.isArray(value) && value.length === 0)
}
