import { listOf, type Raw } from '../reading/json-fields.ts'
import { filled } from './interpolation.ts'

/** Capabilities that amount to being root of the machine. */
const ALL_RIGHTS = new Set(['ALL', 'SYS_ADMIN'])

/** Whether the file says outright that the container runs with the rights of an administrator. What it does not say is unknown. */
export function isPrivileged(raw: Raw): boolean {
  if (raw.privileged === true || capabilitiesIn(raw.cap_add).some(name => ALL_RIGHTS.has(name))) return true
  const user = filled(raw.user)
  return user !== undefined && !user.isVariable && /^(?:root|0+)(?::|$)/.test(user.text)
}

/** Names of Linux capabilities in a list; anything else is left out. */
export function capabilitiesIn(value: unknown): readonly string[] {
  return listOf(value).flatMap(one => {
    const name = typeof one === 'string' ? one.toUpperCase().replace(/^CAP_/, '') : ''
    return CAPABILITIES.has(name) ? [name] : []
  })
}

const CAPABILITIES: ReadonlySet<string> = new Set(
  (
    'ALL AUDIT_CONTROL AUDIT_READ AUDIT_WRITE BLOCK_SUSPEND BPF CHECKPOINT_RESTORE CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID ' +
    'IPC_LOCK IPC_OWNER KILL LEASE LINUX_IMMUTABLE MAC_ADMIN MAC_OVERRIDE MKNOD NET_ADMIN NET_BIND_SERVICE NET_BROADCAST NET_RAW ' +
    'PERFMON SETFCAP SETGID SETPCAP SETUID SYS_ADMIN SYS_BOOT SYS_CHROOT SYS_MODULE SYS_NICE SYS_PACCT SYS_PTRACE SYS_RAWIO ' +
    'SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG SYSLOG WAKE_ALARM'
  ).split(' '),
)
