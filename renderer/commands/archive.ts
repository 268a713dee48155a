import type { HandOffFile } from '../../core/monitoring/types.ts'

/**
 * Files as a zip archive (APPNOTE 6.3.3), stored and not compressed: they are small, and the same files give the same bytes.
 * Paths have `/` between folders and are marked as UTF-8; the time of every file is the first that the format knows.
 */
export function archiveOf(files: readonly HandOffFile[]): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder()
  const bodies: Uint8Array[] = []
  const entries: Uint8Array[] = []
  let offset = 0
  for (const { path, text } of files) {
    const [name, data] = [encoder.encode(path), encoder.encode(text)]
    const fields = [VERSION, UTF8, STORED, NO_TIME, FIRST_DAY, ...wide(crcOf(data)), ...wide(data.length), ...wide(data.length)]
    const local = [shorts(0x4b50, 0x0403, ...fields, name.length, 0), name, data]
    entries.push(shorts(0x4b50, 0x0201, VERSION, ...fields, name.length, 0, 0, 0, 0, 0, 0, ...wide(offset)), name)
    bodies.push(...local)
    offset += sizeOf(local)
  }
  const directory = sizeOf(entries)
  const end = shorts(0x4b50, 0x0605, 0, 0, files.length, files.length, ...wide(directory), ...wide(offset), 0)
  return joined([...bodies, ...entries, end])
}

const VERSION = 20
const UTF8 = 0x0800
const STORED = 0
const NO_TIME = 0
/** 1 January 1980. */
const FIRST_DAY = 0x21

/** Numbers of two bytes, the low one first. */
function shorts(...numbers: readonly number[]): Uint8Array {
  return Uint8Array.from(numbers.flatMap(number => [number & 0xff, (number >>> 8) & 0xff]))
}

/** A number of four bytes as two of two. */
function wide(number: number): readonly [number, number] {
  return [number & 0xffff, number >>> 16]
}

/** CRC-32 as zip wants it. */
function crcOf(data: Uint8Array): number {
  let crc = ~0
  for (const byte of data) crc = (crc >>> 8) ^ (CRC_OF_BYTE[(crc ^ byte) & 0xff] ?? 0)
  return ~crc >>> 0
}

const CRC_OF_BYTE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  return crc
})

function sizeOf(parts: readonly Uint8Array[]): number {
  return parts.reduce((sum, part) => sum + part.length, 0)
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(sizeOf(parts))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

/** Bytes as effects carry them; in pieces, for a call takes only so many arguments. */
export function base64Of(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += PIECE) text += String.fromCharCode(...bytes.subarray(at, at + PIECE))
  return btoa(text)
}

const PIECE = 8192
