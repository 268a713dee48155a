export type Ears = {
  readonly open: (url: string) => WebSocket
  readonly hear: (event: string, payload: unknown) => void
  /** The line broke, or stands again. */
  readonly tell: (online: boolean) => void
}

export type Line = {
  /** Whether the first try came through. */
  readonly opened: Promise<boolean>
  readonly isClosed: () => boolean
  readonly close: () => void
}

const FIRST_WAIT = 250
const LONGEST_WAIT = 5000

/** Keeps one line of events open: after a break it tries again, ever slower up to five seconds, until it is closed. */
export function hearEvents(url: string, { open, hear, tell }: Ears): Line {
  let isClosed = false
  let wait = FIRST_WAIT
  let hasStood = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let line: WebSocket | undefined
  let first: (came: boolean) => void = () => {}
  const opened = new Promise<boolean>(resolve => {
    first = resolve
  })

  function connect(): void {
    line = open(url)
    let stands = false
    line.onopen = () => {
      stands = true
      wait = FIRST_WAIT
      first(true)
      if (hasStood) tell(true)
      hasStood = true
    }
    line.onmessage = ({ data }) => {
      const { event, payload } = JSON.parse(String(data)) as { readonly event: string; readonly payload: unknown }
      hear(event, payload)
    }
    line.onerror = () => {} // a close follows, and says it
    line.onclose = () => {
      first(false)
      if (stands) tell(false)
      if (isClosed || !hasStood) return
      timer = setTimeout(connect, wait)
      wait = Math.min(wait * 2, LONGEST_WAIT)
    }
  }

  connect()
  return {
    opened,
    isClosed: () => isClosed,
    close: () => {
      isClosed = true
      clearTimeout(timer)
      line?.close()
    },
  }
}
