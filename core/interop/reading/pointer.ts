/** A JSON pointer (RFC 6901) to a place in a file, for keys that may hold slashes. */
export function pointerTo(...keys: readonly (string | number)[]): string {
  return keys
    .map(
      key =>
        `/${String(key)
          .slice(0, 200)
          .replace(/\p{Cs}/gu, '\uFFFD')
          .replaceAll('~', '~0')
          .replaceAll('/', '~1')}`,
    )
    .join('')
}
