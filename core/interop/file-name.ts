/** A file name that every system takes, from what a design is called: no folders, nothing hidden, none of the names Windows keeps. */
export function fileNameFor(name: string, ending: string): string {
  const plain = name
    .normalize('NFC')
    .replace(/[\p{C}\p{Z}\\/:*?"<>|]+/gu, '-')
    .replace(/^[-.]+/, '')
  const short = [...plain]
    .slice(0, LONGEST)
    .join('')
    .replace(/[-.]+$/, '')
  return `${short === '' || RESERVED.test(short) ? `design${short && `-${short}`}` : short}${ending}`
}

const LONGEST = 60
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i
