import { randomBytes, timingSafeEqual } from 'node:crypto'

/** Who may call: whoever once showed the launch token, by a cookie no page can read. */
export type Sessions = {
  /** 256 bits; travels in the fragment of the address, which browsers send to nobody. */
  readonly token: string
  /** The cookie for one who shows the token, as a Set-Cookie value; nothing for a wrong one. */
  readonly start: (token: unknown) => string | undefined
  readonly knows: (cookies: string | undefined) => boolean
}

const MOST = 64

/** The port is part of the cookie's name: cookies are shared by all ports of a host. */
export function newSessions(port: () => number): Sessions {
  const token = randomBytes(32).toString('base64url')
  const known = new Set<string>()
  const name = () => `skeptic-${port()}`
  return {
    token,
    start: given => {
      if (typeof given !== 'string' || !isSame(given, token)) return undefined
      const session = randomBytes(32).toString('base64url')
      known.add(session)
      for (const oldest of [...known].slice(0, Math.max(0, known.size - MOST))) known.delete(oldest)
      return `${name()}=${session}; HttpOnly; SameSite=Strict; Path=/`
    },
    knows: cookies => {
      const prefix = `${name()}=`
      const given = (cookies ?? '').split('; ').filter(cookie => cookie.startsWith(prefix))
      return given.length === 1 && known.has((given[0] as string).slice(prefix.length))
    },
  }
}

function isSame(a: string, b: string): boolean {
  const [x, y] = [Buffer.from(a), Buffer.from(b)]
  return x.length === y.length && timingSafeEqual(x, y)
}
