import { createPrivateKey, type KeyObject } from 'node:crypto'
import { chmod, lstat, open, readdir, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { keyId, shortKey } from '../../../core/signing/enrolled.ts'
import { byText } from '../../../core/support/order.ts'
import { ok, type Result, refuse } from '../../../core/support/result.ts'
import { codeOf, diskProblem } from '../disk.ts'
import { makeFolders } from '../make-folders.ts'
import { newPair, publicKeyOf } from './ed25519.ts'
import { keysPlace } from './place.ts'

/**
 * Where private keys lie and what opens them. The passphrase comes from SKEPTIC_KEY_PASSPHRASE; a shell that has a keychain, as Electron
 * with safeStorage, hands in its own here.
 */
export type KeyStore = { readonly place: string; readonly passphrase: () => string | undefined }

export const userKeys: KeyStore = {
  get place() {
    return keysPlace()
  },
  passphrase: () => process.env.SKEPTIC_KEY_PASSPHRASE || undefined,
}

/** A pair of this person; the public half in base64. */
export type OwnKey = { readonly id: string; readonly publicKey: string; readonly encrypted: boolean }

/** Makes a pair: the private half PKCS#8 in a file of its own, readable by this person alone, encrypted where there is a passphrase. */
export async function makeKey(store: KeyStore = userKeys): Promise<Result<OwnKey>> {
  const folder = await privateFolder(store.place)
  if (!folder.ok) return folder
  const { privateKey, publicKey } = newPair()
  const id = keyId(publicKey)
  const passphrase = store.passphrase()
  const shape = { type: 'pkcs8', format: 'pem' } as const
  const pem = privateKey.export(passphrase === undefined ? shape : { ...shape, cipher: 'aes-256-cbc', passphrase }).toString()
  const base64 = Buffer.from(publicKey).toString('base64')
  try {
    await writePrivate(fileOf(store, id, 'pem'), pem)
    await writePrivate(fileOf(store, id, 'pub'), `${base64}\n`)
  } catch (error) {
    return { ok: false, problems: [diskProblem(error, fileOf(store, id, 'pem'), 'write')] }
  }
  return ok({ id, publicKey: base64, encrypted: passphrase !== undefined })
}

/** The pairs that lie here, ordered by id; no folder, no pairs. */
export async function ownKeys(store: KeyStore = userKeys): Promise<Result<readonly OwnKey[]>> {
  const names = await readdir(store.place).catch(() => [])
  const keys: OwnKey[] = []
  for (const name of names.filter(one => /^[0-9a-f]{64}\.pem$/.test(one)).sort(byText)) {
    const id = `sha256:${name.slice(0, 64)}`
    const files = await readGuarded(store, id)
    if (!files.ok) return files
    const { pem, publicKey } = files.value
    keys.push({ id, publicKey, encrypted: pem.includes('BEGIN ENCRYPTED PRIVATE KEY') })
  }
  return ok(keys)
}

/** The private half of a pair. */
export async function privateKeyOf(id: string, store: KeyStore = userKeys): Promise<Result<KeyObject>> {
  const files = await readGuarded(store, id)
  if (!files.ok) return files
  const { pem } = files.value
  const at = fileOf(store, id, 'pem')
  const passphrase = store.passphrase()
  if (passphrase === undefined && pem.includes('BEGIN ENCRYPTED PRIVATE KEY'))
    return refuse({
      code: 'keys.passphrase',
      at,
      message: `The key ${shortKey(id)} is encrypted.`,
      cure: 'Give its passphrase in SKEPTIC_KEY_PASSPHRASE.',
    })
  try {
    const key = createPrivateKey({ key: pem, ...(passphrase === undefined ? {} : { passphrase }) })
    if (key.asymmetricKeyType === 'ed25519' && keyId(publicKeyOf(key)) === id) return ok(key)
  } catch {
    return refuse({
      code: 'keys.passphrase',
      at,
      message: `The key ${shortKey(id)} cannot be opened${passphrase === undefined ? '' : ' with this passphrase'}.`,
      cure: passphrase === undefined ? 'Make a new pair: skeptic keys new' : 'Check SKEPTIC_KEY_PASSPHRASE.',
    })
  }
  return exchanged(at)
}

function exchanged(at: string): Result<never> {
  return refuse({
    code: 'keys.exchanged',
    at,
    message: 'The file does not hold the key that its name states.',
    cure: 'Move it away, and make a new pair: skeptic keys new',
  })
}

function fileOf({ place }: KeyStore, id: string, ending: 'pem' | 'pub'): string {
  return path.join(place, `${id.replace('sha256:', '')}.${ending}`)
}

async function readGuarded(store: KeyStore, id: string): Promise<Result<{ readonly pem: string; readonly publicKey: string }>> {
  const [pemFile, pubFile] = [fileOf(store, id, 'pem'), fileOf(store, id, 'pub')]
  for (const [place, kind] of [
    [store.place, 'folder'],
    [pemFile, 'file'],
  ] as const) {
    const guarded = await guard(place, kind)
    if (!guarded.ok) return guarded
  }
  try {
    const [pem, pub] = await Promise.all([readFile(pemFile, 'utf8'), readFile(pubFile, 'utf8')])
    const publicKey = pub.trim()
    return keyId(Buffer.from(publicKey, 'base64')) === id ? ok({ pem, publicKey }) : exchanged(pubFile)
  } catch (error) {
    return { ok: false, problems: [diskProblem(error, pemFile, 'read')] }
  }
}

/** Refuses what others could read or exchange. On Windows the rights of the profile folder guard it. */
export async function guard(place: string, kind: 'file' | 'folder'): Promise<Result<true>> {
  try {
    const stats = await lstat(place)
    if (kind === 'file' ? !stats.isFile() : !stats.isDirectory())
      return refuse({
        code: 'keys.notPlain',
        at: place,
        message: `It is no plain ${kind}.`,
        cure: 'Private keys lie in plain files, never behind links.',
      })
    if (process.platform === 'win32') return ok(true)
    if (stats.uid !== process.getuid?.())
      return refuse({
        code: 'keys.owner',
        at: place,
        message: `The ${kind} belongs to somebody else.`,
        cure: 'Use keys of your own: skeptic keys new',
      })
    const mode = stats.mode & 0o777
    if ((mode & 0o077) === 0) return ok(true)
    return refuse({
      code: 'keys.permissions',
      at: place,
      message: `Others may reach this ${kind} (its mode is ${mode.toString(8)}), so what it holds is no secret.`,
      cure: `chmod ${kind === 'file' ? '600' : '700'} ${JSON.stringify(place)}; if others use this machine, make a new pair.`,
    })
  } catch (error) {
    return { ok: false, problems: [diskProblem(error, place, 'read')] }
  }
}

export async function privateFolder(place: string): Promise<Result<true>> {
  try {
    makeFolders(place, 0o700)
    return guard(place, 'folder')
  } catch (error) {
    return { ok: false, problems: [diskProblem(error, place, 'write')] }
  }
}

/** A new file of this person alone; whole or not there. */
export async function writePrivate(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx', 0o600)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } catch (error) {
    await rm(file, { force: true })
    throw error
  } finally {
    await handle.close()
  }
  await chmod(file, 0o600)
}

/** Whether there is a folder of keys at all: who never made any is asked nothing. */
export async function hasKeys({ place }: KeyStore = userKeys): Promise<boolean> {
  return lstat(place).then(
    () => true,
    error => codeOf(error) !== 'ENOENT',
  )
}
