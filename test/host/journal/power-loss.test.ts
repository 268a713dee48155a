import { describe, expect, test } from 'vitest'
import type { Disk, LogFile, NewFile } from '../../../host/node/disk.ts'
import type { Journal, JournalTools } from '../../../host/node/journal/journal.ts'
import { beginJournal, continueJournal, readJournal } from '../../../host/node/journal/journal.ts'
import type { Recovered } from '../../../host/node/journal/recover.ts'
import { numbersFrom } from '../../core/interop/fuzz/mutate.ts'
import { runs } from '../../support/runs.ts'
import { type MemoryDisk, memoryDisk } from './memory-disk.ts'

const DIR = '/d'

/** A state is a set of numbers, an update is one of them: it does not matter how often or in what order they come. */
function bytesOf(numbers: Iterable<number>): Uint8Array {
  return Buffer.from(JSON.stringify([...numbers]))
}

function numbersIn(bytes: Uint8Array): readonly number[] {
  return JSON.parse(Buffer.from(bytes).toString('utf8')) as number[]
}

function stateOf({ snapshot, frames }: Recovered): Set<number> {
  const updates = frames.filter(({ kind }) => kind === 'update')
  return new Set([...numbersIn(snapshot), ...updates.flatMap(({ content }) => numbersIn(content))])
}

function toolsOn({ disk }: MemoryDisk): JournalTools {
  return { dir: DIR, disk, verify: state => numbersIn(state).length >= 0 }
}

type Life = { readonly acknowledged: ReadonlySet<number>; readonly offered: ReadonlySet<number> }

/** One process: it opens what is there, appends, waits for some of it, compacts, and at some touch of the disk it is gone. */
async function live(memory: MemoryDisk, random: () => number, first: number, faults = 0): Promise<Life> {
  const acknowledged = new Set<number>()
  const offered = new Set<number>()
  const tools = { ...toolsOn(memory), disk: moodyDisk(memory.disk, random, faults) }
  const recovered = readJournal(tools)
  const state = recovered ? stateOf(recovered) : new Set<number>()
  const opened = recovered
    ? await (random() < 0.5
        ? continueJournal(tools, recovered, () => bytesOf(state))
        : continueJournal(
            tools,
            recovered,
            () => recovered.snapshot,
            () => recovered.frames,
          ))
    : await beginJournal(tools, { document: 'doc', state: bytesOf([]) })
  if (!opened.ok) return { acknowledged, offered }
  const waiting: Promise<unknown>[] = []
  for (let i = 0; i < 30; i++) {
    const number = first + i
    if (random() < 0.75) add(opened.value, number)
    if (random() < 0.4) waiting.push(acknowledge(opened.value, [...offered]))
    if (random() < 0.15) waiting.push(opened.value.compact(bytesOf(state)))
    if (random() < 0.5) await Promise.resolve()
    if (random() < 0.2) await Promise.all(waiting.splice(0))
  }
  await Promise.all(waiting)
  return { acknowledged, offered }

  function add(journal: Journal, number: number): void {
    journal.append(bytesOf([number]))
    state.add(number)
    offered.add(number)
  }

  async function acknowledge(journal: Journal, upTo: readonly number[]): Promise<void> {
    const answer = await journal.durable()
    if (answer.ok) for (const number of upTo) acknowledged.add(number)
  }
}

/** A disk that says now and then that it is full, and takes the same a moment later. */
function moodyDisk(disk: Disk, random: () => number, faults: number): Disk {
  const moody = <A extends readonly unknown[], T>(work: (...given: A) => Promise<T>) => {
    return async (...given: A): Promise<T> => {
      if (random() < faults) throw Object.assign(new Error('full'), { code: 'ENOSPC' })
      return work(...given)
    }
  }
  const file = <F extends NewFile | LogFile>(opened: F): F => ({
    ...opened,
    write: moody(opened.write as (...given: never[]) => Promise<void>),
    sync: moody(opened.sync),
  })
  return {
    ...disk,
    create: moody(async name => file(await disk.create(name))),
    openLog: moody(async (name, how) => file(await disk.openLog(name, how))),
    rename: moody(disk.rename),
    syncFolder: moody(disk.syncFolder),
  }
}

async function historyWithCuts(seed: number, faults = 0): Promise<void> {
  const random = numbersFrom(seed)
  let memory = memoryDisk()
  const promised = new Set<number>()
  const ever = new Set<number>()
  for (let life = 0; life < 4; life++) {
    memory.endAfter(memory.touches() + Math.floor(random() * 60))
    const { acknowledged, offered } = await live(memory, random, life * 100, faults)
    for (const number of acknowledged) promised.add(number)
    for (const number of offered) ever.add(number)
    memory = memory.cut(random)
    const recovered = readJournal(toolsOn(memory))
    const held = recovered ? stateOf(recovered) : new Set<number>()
    expect(
      [...promised].filter(number => !held.has(number)),
      `seed ${seed}, life ${life}: acknowledged and lost`,
    ).toEqual([])
    expect(
      [...held].filter(number => !ever.has(number)),
      `seed ${seed}, life ${life}: never written`,
    ).toEqual([])
    for (const number of held) promised.add(number)
  }
}

describe('a power cut at any moment', () => {
  test('takes no edit that was acknowledged, whatever it leaves of what was not', async () => {
    const many = runs(300, 10_000) / 4
    for (let seed = 1; seed <= many; seed++) await historyWithCuts(seed)
  })

  test('takes none either where the disk was full now and then', async () => {
    const many = runs(300, 10_000) / 4
    for (let seed = 1; seed <= many; seed++) await historyWithCuts(seed, 0.1)
  })

  test('a disk that forgets what it called durable is noticed by this test', async () => {
    const memory = memoryDisk()
    const lying: MemoryDisk = {
      ...memory,
      disk: {
        ...memory.disk,
        openLog: async (file, how) => ({ ...(await memory.disk.openLog(file, how)), sync: async () => {} }),
      },
    }
    const random = numbersFrom(5)
    let lost = 0
    for (let round = 0; round < 40; round++) {
      const { acknowledged } = await live(lying, random, round * 100)
      const recovered = readJournal(toolsOn(memory.cut(random)))
      const held = recovered ? stateOf(recovered) : new Set<number>()
      lost += [...acknowledged].filter(number => !held.has(number)).length
    }
    expect(lost).toBeGreaterThan(0)
  })
})

describe('a damaged log', () => {
  async function written(): Promise<MemoryDisk> {
    const memory = memoryDisk()
    const tools = toolsOn(memory)
    const journal = await beginJournal(tools, { document: 'doc', state: bytesOf([1]) })
    if (!journal.ok) throw new Error('not begun')
    for (const number of [2, 3]) journal.value.append(bytesOf([number]))
    await journal.value.compact(bytesOf([1, 2, 3]))
    for (const number of [4, 5]) journal.value.append(bytesOf([number]))
    await journal.value.durable()
    await journal.value.close()
    return memory
  }

  async function with1Byte(file: string, at: number): Promise<MemoryDisk> {
    const { disk } = await written()
    const files = new Map(disk.list(DIR).map(({ name }) => [`${DIR}/${name}`, disk.readBytes(`${DIR}/${name}`, 1e9)]))
    const bytes = files.get(file) as Uint8Array
    const place = at < 0 ? bytes.length + at : at
    bytes[place] = (bytes[place] ?? 0) ^ 255
    return memoryDisk(files)
  }

  test('two generations are there, and no more', async () => {
    const { disk } = await written()
    expect(
      disk
        .list(DIR)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['snapshot.1.bin', 'snapshot.2.bin', 'updates.1.log', 'updates.2.log'])
  })

  test('a damaged snapshot is replaced by the one before it and everything since', async () => {
    const recovered = readJournal(toolsOn(await with1Byte(`${DIR}/snapshot.2.bin`, 40)))
    expect(recovered && [...stateOf(recovered)].sort()).toEqual([1, 2, 3, 4, 5])
    expect(recovered).toMatchObject({ end: undefined, problems: [{ code: 'journal.damaged', at: 'snapshot.2.bin' }] })
  })

  test('a damaged record ends what is read; it is kept, and a new generation is begun', async () => {
    const memory = await with1Byte(`${DIR}/updates.2.log`, -1)
    const tools = toolsOn(memory)
    const recovered = readJournal(tools)
    expect(recovered && [...stateOf(recovered)].sort()).toEqual([1, 2, 3, 4])
    expect(recovered?.problems).toMatchObject([{ code: 'journal.damaged', severity: 'warning' }])
    if (!recovered) return
    const journal = await continueJournal(tools, recovered, () => bytesOf(stateOf(recovered)))
    expect(journal.ok).toBe(true)
    const kept = [...memory.disk.list(`${DIR}/recovery`)].map(({ name }) => name)
    expect(kept).toEqual([expect.stringMatching(/^updates\.2\.log\.from-\d+$/)])
    const again = readJournal(tools)
    expect(again && [...stateOf(again)].sort()).toEqual([1, 2, 3, 4])
    expect(again).toMatchObject({ generation: 3, problems: [] })
  })

  test('any byte may be wrong: what is read was written, and nothing throws', async () => {
    const { disk } = await written()
    for (const { name } of disk.list(DIR)) {
      const length = disk.readBytes(`${DIR}/${name}`, 1e9).length
      for (let at = 0; at < length; at++) {
        const recovered = readJournal(toolsOn(await with1Byte(`${DIR}/${name}`, at)))
        if (recovered) for (const number of stateOf(recovered)) expect([1, 2, 3, 4, 5]).toContain(number)
      }
    }
  })
})
