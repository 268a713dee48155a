import { createHash, randomBytes } from 'node:crypto'
import { existsSync, realpathSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { ok, type Result, refuse } from '../../../core/support/result.ts'
import { type Disk, diskProblem, nodeDisk } from '../disk.ts'
import { configFolder } from '../keys/place.ts'
import { guard, privateFolder, writePrivate } from '../keys/store.ts'
import { makePrivateFolder } from '../store.ts'
import { writeFiles } from '../write-files.ts'

/**
 * Where a team's design is kept: the address of the hub's line, and the opaque name of the document there. `key` is the name under which
 * one folder keeps its token: two folders of a design may be joined in different roles, and leaving one must not end the other.
 * `folder` is where that was noted, which tells a copy of the folder from one that was moved.
 */
export type HubPlace = {
  readonly address: string
  readonly document: string
  readonly key?: string
  readonly folder?: string
}

/** A key that no other folder has. */
export function newKey(): string {
  return randomBytes(16).toString('hex')
}

/** Beside the lock, in the folder that git does not see: each person joins for themselves. */
const FILE = '.skeptic/hub.json'

/** Reads `wss://HUB/sync#DOCUMENT`; without encryption only on this machine. `https` is taken for `wss`. */
export function hubPlaceOf(text: string): Result<HubPlace> {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^(?:wss?|https?):$/.test(url.protocol) || url.username !== '' || url.password !== '') return refuse(NO_ADDRESS)
  const document = url.hash.slice(1)
  if (!/^[A-Za-z0-9_-]{8,128}$/.test(document)) return refuse(NO_ADDRESS)
  const isSafe = /^(?:wss|https):$/.test(url.protocol)
  if (!isSafe && !LOOPBACK.has(url.hostname)) return refuse(PLAIN)
  url.protocol = isSafe ? 'wss:' : 'ws:'
  url.hash = ''
  if (url.pathname === '/') url.pathname = '/sync'
  return ok({ address: url.href, document })
}

/** The place as one address, as it was given. */
export function addressOf({ address, document }: HubPlace): string {
  return `${address}#${document}`
}

const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost'])

const NO_ADDRESS = {
  code: 'hub.address',
  message: 'This is not the address of a design on a team hub.',
  cure: 'Take it from whoever runs the hub; it looks like wss://hub.example/sync#Qm3xY7kP2a',
}
const PLAIN = {
  code: 'hub.plain',
  message: 'This address is not encrypted, so the token would be readable on the way.',
  cure: 'Use wss://. Without encryption only a hub on this machine is joined.',
}

/** Where a design folder is joined; nothing when it is not. */
export async function readHubPlace(dir: string): Promise<Result<HubPlace | undefined>> {
  const file = path.join(dir, FILE)
  if (!existsSync(file)) return ok(undefined)
  try {
    const { address, document, key, folder } = (JSON.parse(await readFile(file, 'utf8')) ?? {}) as Partial<HubPlace>
    const place = hubPlaceOf(`${address}#${document}`)
    if (!place.ok) return refuse({ ...BROKEN, at: file })
    const isKeyed = typeof key === 'string' && /^[0-9a-f]{32}$/.test(key) && typeof folder === 'string'
    return ok(isKeyed ? { ...place.value, key, folder } : place.value)
  } catch (error) {
    return error instanceof SyntaxError
      ? refuse({ ...BROKEN, at: file })
      : { ok: false, problems: [diskProblem(error, file, 'read')] }
  }
}

const BROKEN = {
  code: 'hub.file',
  message: 'It does not say where the design is joined.',
  cure: 'Delete the file, and join again: skeptic join',
}

export async function writeHubPlace(dir: string, place: HubPlace, disk: Disk = nodeDisk): Promise<Result<true>> {
  const hidden = await makePrivateFolder(dir, disk)
  if (!hidden.ok) return hidden
  const { address, document, key } = place
  const folder = realpathSync(dir)
  const text = `${JSON.stringify({ address, document, key, folder }, null, 2)}\n`
  const written = await writeFiles(dir, new Map([[FILE, text]]), { disk })
  return written.ok ? ok(true) : written
}

/** The same, for a folder that is about to follow its team: one that was copied or moved gets a key and a place of its own. */
export async function ownHubPlace(dir: string, disk: Disk): Promise<Result<HubPlace | undefined>> {
  const read = await readHubPlace(dir)
  if (!read.ok || !read.value?.key || read.value.folder === realpathSync(dir)) return read
  const place = read.value
  const token = (await isCopy(dir, place)) ? await tokenOf(place) : undefined
  if (token?.ok === false) return token
  const own = token ? { ...place, key: newKey() } : place
  const kept = token ? await keepToken(own, token.value) : ok(true)
  if (!kept.ok) return kept
  const written = await writeHubPlace(dir, own, disk)
  return written.ok ? ok(own) : written
}

/** Whether the folder that this one was copied from still uses the key of both. */
async function isCopy(dir: string, { key, folder }: HubPlace): Promise<boolean> {
  if (key === undefined || folder === undefined || folder === realpathSync(dir)) return false
  const other = await readHubPlace(folder)
  return other.ok && other.value?.key === key
}

/** Forgets the hub and what is known of the team's design here; the text files stay as they are. */
export async function forgetHub(dir: string): Promise<Result<HubPlace | undefined>> {
  const place = await readHubPlace(dir)
  try {
    const isShared = place.ok && place.value !== undefined && (await isCopy(dir, place.value))
    await rm(path.join(dir, FILE), { force: true })
    await rm(path.join(dir, '.skeptic', 'team'), { recursive: true, force: true })
    if (place.ok && place.value && !isShared) await forgetToken(place.value)
  } catch (error) {
    return { ok: false, problems: [diskProblem(error, path.join(dir, FILE), 'remove')] }
  }
  return place
}

/** The folder of this person's tokens, readable by them alone. */
function tokensPlace(): string {
  return path.join(configFolder(process.env, process.platform), 'skeptic', 'hubs')
}

function tokenFile(place: HubPlace): string {
  const name = [addressOf(place), ...(place.key === undefined ? [] : [place.key])].join('\n')
  return path.join(tokensPlace(), `${createHash('sha256').update(name).digest('hex')}.token`)
}

/** Throws what the disk answers. */
export async function forgetToken(place: HubPlace): Promise<void> {
  await rm(tokenFile(place), { force: true })
}

/** Keeps the token of a place in a file of this person alone, in place of an older one. */
export async function keepToken(place: HubPlace, token: string): Promise<Result<true>> {
  const folder = await privateFolder(tokensPlace())
  if (!folder.ok) return folder
  const file = tokenFile(place)
  try {
    await rm(file, { force: true })
    await writePrivate(file, `${token}\n`)
    return ok(true)
  } catch (error) {
    return { ok: false, problems: [diskProblem(error, file, 'write')] }
  }
}

/** The token of a place; empty when there is none, which a hub refuses in its own words. */
export async function tokenOf(place: HubPlace): Promise<Result<string>> {
  const file = tokenFile(place)
  if (!existsSync(file)) return ok('')
  const guarded = await guard(file, 'file')
  if (!guarded.ok) return guarded
  try {
    return ok((await readFile(file, 'utf8')).trim())
  } catch (error) {
    return { ok: false, problems: [diskProblem(error, file, 'read')] }
  }
}
