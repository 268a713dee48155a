const XML_ENCODINGS = ['us-ascii', 'iso-8859-1', 'iso-8859-15', 'windows-1252'] as const

/**
 * The encoding that the first bytes of a file show, in words of the Encoding Standard: UTF-16 by its mark, what an XML declaration names,
 * else UTF-8.
 */
export function encodingOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' | (typeof XML_ENCODINGS)[number] {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  const head = String.fromCharCode(...bytes.subarray(0, 200))
  const declared = /^(?:\u00ef\u00bb\u00bf)?\s*<\?xml[^>]*\bencoding=["']([\w-]+)["']/.exec(head)?.[1]?.toLowerCase()
  return XML_ENCODINGS.find(encoding => encoding === declared) ?? 'utf-8'
}
