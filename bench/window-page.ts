import type { CDPSession, Page } from '@playwright/test'

/** What a while of a page cost: frames in a second, the longest wait for one, main-thread time for each. */
export type While = { readonly fps: number; readonly gap: number; readonly perFrame: number; readonly main: number }

/** A page whose main thread is timed by its own clock, which stands still while others run. */
export async function timed(page: Page): Promise<CDPSession> {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' })
  return cdp
}

/** Main-thread time the page has used so far, in milliseconds. */
export async function mainTime(cdp: CDPSession): Promise<number> {
  const { metrics } = await cdp.send('Performance.getMetrics')
  return (metrics.find(one => one.name === 'TaskDuration')?.value ?? 0) * 1000
}

type Frames = { n: number; since: number; last: number; gap: number; stop: boolean }

/** Does something on a page, and says what its frames were like meanwhile. */
export async function during(page: Page, cdp: CDPSession, act: () => Promise<void>): Promise<While> {
  await page.evaluate(() => {
    const frames: Frames = { n: 0, since: performance.now(), last: performance.now(), gap: 0, stop: false }
    Object.assign(window, { frames })
    const tick = (now: number) => {
      if (frames.stop) return
      frames.n++
      frames.gap = Math.max(frames.gap, now - frames.last)
      frames.last = now
      requestAnimationFrame(tick)
    }
    requestAnimationFrame(tick)
  })
  const before = await mainTime(cdp)
  await act()
  const main = (await mainTime(cdp)) - before
  const { n, gap, took } = await page.evaluate(() => {
    const { frames } = window as unknown as { frames: Frames }
    frames.stop = true
    return { n: frames.n, gap: frames.gap, took: performance.now() - frames.since }
  })
  return { fps: (n / took) * 1000, gap, perFrame: main / Math.max(1, n), main }
}

/** Hands moves of the pointer to the page, one a frame, whether or not it keeps up. */
export async function moves(count: number, move: (i: number) => Promise<unknown>): Promise<void> {
  const sent: Promise<unknown>[] = []
  for (let i = 0; i < count; i++) {
    sent.push(move(i))
    await new Promise(done => setTimeout(done, 16))
  }
  await Promise.all(sent)
}

type At = { readonly x: number; readonly y: number }

/** Drags from a place in a circle and lets go. */
export async function drag(page: Page, from: At, frames = 60): Promise<void> {
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await moves(frames, i => page.mouse.move(from.x + 90 * Math.sin(i / 9), from.y + 60 * (1 - Math.cos(i / 9))))
  await page.mouse.up()
}

/** Turns the wheel in and out over a place. */
export async function zoom(page: Page, at: At, frames = 60): Promise<void> {
  await page.mouse.move(at.x, at.y)
  await moves(frames, i => page.mouse.wheel(0, i % 20 < 10 ? -24 : 24))
}

/** Milliseconds from a deed to the frame that shows it, for each of some deeds. */
export function toPaint(page: Page, deed: (i: number) => Promise<string>, count: number): Promise<readonly number[]> {
  return (async () => {
    const times: number[] = []
    for (let i = 0; i < count; i++) {
      const code = await deed(i)
      times.push(
        await page.evaluate(
          source =>
            new Promise<number>(done => {
              const act = new Function(source)
              const since = performance.now()
              act()
              requestAnimationFrame(() => {
                const channel = new MessageChannel()
                channel.port1.onmessage = () => done(performance.now() - since)
                channel.port2.postMessage(0)
              })
            }),
          code,
        ),
      )
      await page.waitForTimeout(250)
    }
    return times
  })()
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
