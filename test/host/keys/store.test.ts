import { chmodSync, copyFileSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { keysPlace } from '../../../host/node/keys/place.ts'
import { type KeyStore, makeKey, ownKeys, privateKeyOf } from '../../../host/node/keys/store.ts'
import { temporaryFolder } from '../evidence/repository.ts'

function storeIn(passphrase?: string): KeyStore {
  return { place: path.join(temporaryFolder(), 'skeptic', 'keys'), passphrase: () => passphrase }
}
async function made(store: KeyStore) {
  const key = await makeKey(store)
  if (!key.ok) throw new Error(key.problems[0].message)
  const hex = key.value.id.slice(7)
  return { ...key.value, pem: path.join(store.place, `${hex}.pem`), pub: path.join(store.place, `${hex}.pub`) }
}
const codeOf = async (result: Promise<{ readonly ok: boolean; readonly problems?: readonly { readonly code: string }[] }>) =>
  (await result).problems?.[0]?.code

describe('where keys lie', () => {
  test.each([
    ['linux', { HOME: '/home/a' }, '/home/a/.config/skeptic/keys'],
    ['linux', { HOME: '/home/a', XDG_CONFIG_HOME: '/cfg' }, '/cfg/skeptic/keys'],
    ['linux', { HOME: '/home/a', XDG_CONFIG_HOME: 'here' }, '/home/a/.config/skeptic/keys'],
    ['darwin', { HOME: '/Users/a' }, '/Users/a/Library/Application Support/skeptic/keys'],
    ['win32', { HOME: '/u', APPDATA: '/u/AppData/Roaming' }, '/u/AppData/Roaming/skeptic/keys'],
  ] as const)('on %s with %j', (platform, env, place) => {
    expect(keysPlace(env, platform)).toBe(place)
  })
})

describe('private keys', () => {
  test('a pair is for its owner alone, and is opened again', async () => {
    const store = storeIn()
    const key = await made(store)
    expect([store.place, key.pem, key.pub].map(file => statSync(file).mode & 0o777)).toEqual([0o700, 0o600, 0o600])
    expect(await ownKeys(store)).toMatchObject({ ok: true, value: [{ id: key.id, publicKey: key.publicKey, encrypted: false }] })
    expect((await privateKeyOf(key.id, store)).ok).toBe(true)
  })

  test('no folder, no keys', async () => {
    expect(await ownKeys(storeIn())).toEqual({ ok: true, value: [] })
  })

  test('a passphrase encrypts it, and only that one opens it', async () => {
    const store = storeIn('correct horse')
    const key = await made(store)
    expect(readFileSync(key.pem, 'utf8')).toContain('BEGIN ENCRYPTED PRIVATE KEY')
    expect((await privateKeyOf(key.id, store)).ok).toBe(true)
    for (const passphrase of ['wrong', undefined])
      expect(await codeOf(privateKeyOf(key.id, { ...store, passphrase: () => passphrase }))).toBe('keys.passphrase')
  })

  test('looser permissions are refused, with the cure', async () => {
    const store = storeIn()
    const key = await made(store)
    chmodSync(key.pem, 0o640)
    const read = await privateKeyOf(key.id, store)
    expect(read).toMatchObject({ ok: false, problems: [{ code: 'keys.permissions', at: key.pem }] })
    expect(JSON.stringify(read)).toContain('chmod 600')
    chmodSync(key.pem, 0o600)
    chmodSync(store.place, 0o755)
    expect(await codeOf(ownKeys(store))).toBe('keys.permissions')
    expect(await codeOf(makeKey(store))).toBe('keys.permissions')
  })

  test('a link in the place of a key is refused', async () => {
    const store = storeIn()
    const key = await made(store)
    const elsewhere = path.join(path.dirname(store.place), 'elsewhere.pem')
    copyFileSync(key.pem, elsewhere)
    rmSync(key.pem)
    symlinkSync(elsewhere, key.pem)
    expect(await codeOf(privateKeyOf(key.id, store))).toBe('keys.notPlain')
  })

  test('files of two pairs that were exchanged are found out', async () => {
    const store = storeIn()
    const [one, two] = [await made(store), await made(store)]
    copyFileSync(one.pem, two.pem)
    expect(await codeOf(privateKeyOf(two.id, store))).toBe('keys.exchanged')
    copyFileSync(one.pub, two.pub)
    expect(await codeOf(ownKeys(store))).toBe('keys.exchanged')
    expect(readdirSync(store.place)).toHaveLength(4)
  })
})
