import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { parse } from 'yaml'
import { root } from '../support/served-workbench.ts'

type Service = {
  readonly image: string
  readonly user?: string
  readonly privileged?: boolean
  readonly networks: readonly string[]
  readonly ports?: readonly string[]
  readonly cap_drop?: readonly string[]
  readonly security_opt?: readonly string[]
  readonly read_only?: boolean
  readonly healthcheck?: { readonly test: readonly string[] }
  readonly environment?: Readonly<Record<string, string>>
  readonly command?: readonly string[]
  readonly volumes?: readonly string[]
}
type Compose = {
  readonly services: Readonly<Record<string, Service>>
  readonly networks: Readonly<Record<string, { readonly internal?: boolean } | null>>
}

const read = (name: string) => readFileSync(path.join(root, name), 'utf8').replaceAll('\r\n', '\n')
const { services, networks } = parse(read('deploy/compose.yaml'), { merge: true }) as Compose
const all = Object.entries(services)
const lines = read('deploy/Containerfile')
  .replaceAll(/\\\n\s*/g, '')
  .split('\n')
  .filter(line => line !== '' && !line.startsWith('#'))
const last = lines.slice(lines.findLastIndex(line => line.startsWith('FROM ')))

describe('the image of the hub', () => {
  test('runs as nobody in particular, keeps one folder, and can write to nothing of its own', () => {
    expect(last.filter(line => line.startsWith('USER'))).toEqual(['USER 1000:1000'])
    expect(last.filter(line => line.startsWith('VOLUME'))).toEqual(['VOLUME /data'])
    expect(last.filter(line => line.startsWith('COPY'))).toEqual([
      'COPY --from=build --chown=root:root /src/dist/npm/package /opt/skeptic',
    ])
    expect(lines.join('\n')).not.toMatch(/^(ADD|RUN .*(curl|wget))/m)
  })

  test('is what the npm package is, started by a file that is in it', () => {
    const [words] = last.flatMap(line => (line.startsWith('ENTRYPOINT ') ? [JSON.parse(line.slice(11)) as string[]] : []))
    expect(words).toEqual(['node', '/opt/skeptic/dist/cli/skeptic.cjs', 'hub', '--data', '/data'])
    expect(lines.find(line => line.startsWith('RUN npm'))).toMatch(/^RUN npm ci .*&& npm run pack$/)
  })

  test('asks after its health as compose does, which the OCI format would forget', () => {
    const [asked] = last.flatMap(line => /^HEALTHCHECK .*?CMD (.*)$/.exec(line)?.slice(1) ?? [])
    const words = JSON.parse(asked ?? '') as string[]
    for (const name of ['hub-a', 'hub-b']) expect(services[name]?.healthcheck?.test).toEqual(['CMD', ...words])
    expect(words.at(-1)).toContain(`127.0.0.1:${/^EXPOSE (\d+)$/m.exec(last.join('\n'))?.[1]}/health`)
  })

  test('no password and no key is part of what it is built from, nor of what is committed', () => {
    const kept = read('.dockerignore').split('\n')
    for (const name of [
      '**/.env',
      '**/*.pem',
      '**/*.key',
      '**/*.p8',
      '**/*.p12',
      '**/.skeptic',
      '.git',
      '**/node_modules',
      'dist',
    ])
      expect(kept, name).toContain(name)
    for (const name of ['deploy/.env', '.env'])
      expect(spawnSync('git', ['check-ignore', '--no-index', name], { cwd: root }).status, name).toBe(0)
  })
})

describe('the example of two processes', () => {
  test('nothing but the proxy is reached from outside, and that from this machine only', () => {
    expect(all.flatMap(([name, { ports = [] }]) => ports.map(port => `${name} ${port}`))).toEqual(['proxy 127.0.0.1:8080:8080'])
    expect(networks.back).toEqual({ internal: true })
    const within = Object.fromEntries(all.map(([name, one]) => [name, one.networks]))
    expect(within).toEqual({
      'hub-a': ['front', 'back'],
      'hub-b': ['front', 'back'],
      proxy: ['front'],
      postgres: ['back'],
      redis: ['back'],
    })
  })

  test('every part gives up what it does not need, and none is root for longer than it takes to begin', () => {
    for (const [name, one] of all) {
      expect(one.privileged, name).toBeUndefined()
      expect(one.cap_drop, name).toEqual(['ALL'])
      expect(one.security_opt, name).toEqual(['no-new-privileges:true'])
      expect(one.read_only ?? false, name).toBe(name !== 'postgres')
      expect(JSON.stringify(one.volumes ?? []), name).not.toMatch(/docker\.sock|"\//)
    }
    // Under another command than its own, the image of Redis stays root unless it is told not to.
    expect(services.redis?.user).toBe('redis')
    expect(all.filter(([, one]) => one.healthcheck).map(([name]) => name)).toEqual(['hub-a', 'hub-b', 'postgres', 'redis'])
  })

  test('passwords come from outside, must be there, and are in no word of a command', () => {
    const words = all.flatMap(([, { environment = {} }]) => Object.values(environment)).filter(word => /PASSWORD/.test(word))
    expect(words.length).toBe(6)
    for (const word of words) expect(word).toMatch(/\$\{(POSTGRES|REDIS)_PASSWORD:\?\}/)
    const commands = JSON.stringify(all.map(([, one]) => [one.command, one.healthcheck]))
    expect(commands).not.toMatch(/[^$]\$\{?\w*PASSWORD|--requirepass/)
  })

  const SERVER = '/usr/bin/redis-server'
  test.skipIf(!existsSync(SERVER))('the settings that Redis is told by stdin hold: a password, and nothing kept', async () => {
    const place = mkdtempSync(path.join(tmpdir(), 'skeptic-redis-'))
    onTestFinished(() => rmSync(place, { recursive: true, force: true }))
    const socket = path.join(place, 's')
    const [shell = '', flag = '', script = ''] = services.redis?.command ?? []
    expect(script).toContain('bind * -::*')
    const local = script.replaceAll('$$', '$').replace('bind * -::*', `port 0\nunixsocket ${socket}`)
    const child = spawn(shell, [flag, local], {
      cwd: place,
      env: { PATH: process.env.PATH, REDISCLI_AUTH: 'word1' },
      stdio: 'ignore',
    })
    onTestFinished(() => void child.kill())
    const ask = (auth: string, ...words: readonly string[]) =>
      spawnSync('redis-cli', ['-s', socket, ...words], { encoding: 'utf8', env: { PATH: process.env.PATH, REDISCLI_AUTH: auth } })
        .stdout
    await vi.waitFor(() => expect(ask('word1', 'ping')).toBe('PONG\n'), 10_000)
    expect(ask('', 'ping')).toContain('NOAUTH')
    expect(['save', 'appendonly'].map(name => ask('word1', 'config', 'get', name))).toEqual(['save\n\n', 'appendonly\nno\n'])
    expect(readFileSync(`/proc/${child.pid}/cmdline`, 'utf8')).not.toContain('word1')
  })
})
