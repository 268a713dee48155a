/** Random numbers from 0 up to but not 1; the same seed gives the same ones (mulberry32). */
export function numbersFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** What readers of each notation stumble over; put in, or in place of something. */
const WORDS: readonly string[] = [
  ...['{', '}', '[', ']', '"', ',', ':', 'null', 'true', '-1e999', '1e300', '0', '{}', '[]', '""', '\\ud800', '\\u0000'],
  ...['"__proto__":{"a":1},', '"constructor":1,', '"toString":null,', '[[[[[[[[', '{"a":{"a":{"a":'],
  ...['&a [*a]', '*a', '<<: *a', '!!js/function x', '--- ', '\n...\n', '? - ', '|-\n', '>\n', '\t', '- - - - ', '!<tag:x> '],
  ...['<!DOCTYPE a [<!ENTITY b "c">]>', '<!DOCTYPE a SYSTEM "file:///etc/passwd">', '&b;', '&#0;', '&#x10FFFF;', '&lt;', ']]>'],
  ...['<![CDATA[', '<!--', '-->', '<a>', '</a>', '<a/>', ' xmlns:z="x"', ' z:Ref="i1"', ' z:Id="i1"', '<?x?>'],
  ...['subgraph a\n', 'end\n', '-->', '---', '@{ shape: cyl }', '%%{init: {}}%%', '```', '<<EOT\n', '${', '}', 'PK\u0003\u0004'],
  ...['\uFEFF', '\r\n', '\r', '\u2028', '\u0000', '\uFFFF', '\u202e', 'é', '😀', '\ud83d', 'E-00001', 'id', '..', '../../x'],
  ...['http://127.0.0.1:9/', 'file:///etc/passwd', 'a'.repeat(2000), '('.repeat(300), '[ '.repeat(300), ' '.repeat(500)],
]

/** How a text may be damaged; each gets a place, a length and another seed to take from. */
type Damage = (text: string, at: number, length: number, draw: () => number, other: string) => string

const DAMAGES: readonly Damage[] = [
  (text, at, length) => text.slice(0, at) + text.slice(at + length),
  (text, at, length) => text.slice(0, at + length) + text.slice(at),
  (text, at, length, draw) => text.slice(0, at) + pick(WORDS, draw) + text.slice(at + (draw() < 0.5 ? 0 : length)),
  (text, at, _length, draw) => text.slice(0, at) + String.fromCharCode(Math.floor(draw() * 256)) + text.slice(at + 1),
  (text, at) => text.slice(0, at),
  (text, at, length, draw, other) => {
    const from = Math.floor(draw() * other.length)
    return text.slice(0, at) + other.slice(from, from + length) + text.slice(at)
  },
  (text, at, length) => text.slice(0, at) + text.slice(at, at + length).repeat(20) + text.slice(at + length),
  (text, at, length) => text.slice(0, at) + text.slice(at, at + length).replace(/\d+/g, '99999999999') + text.slice(at + length),
  (text, at, length) => text.slice(0, at) + [...text.slice(at, at + length)].reverse().join('') + text.slice(at + length),
  (text, at, _length, draw) => {
    const next = nearest(text, at, draw)
    return next === undefined ? text : text.slice(0, next) + text.slice(next + 1)
  },
]

/** The next bracket, quote or mark after a place: damage there is felt more than in the midst of a word. */
function nearest(text: string, at: number, draw: () => number): number | undefined {
  const marks = '{}[]<>"\':,&*-|/='
  for (let i = at; i < Math.min(text.length, at + 200); i++) if (marks.includes(text.charAt(i)) && draw() < 0.7) return i
  return undefined
}

function pick<T>(list: readonly T[], draw: () => number): T {
  return list[Math.floor(draw() * list.length)] as T
}

/** The n-th damaged file made of the seeds of a format: the same for the same numbers. */
export function damaged(seeds: readonly string[], n: number): string {
  const draw = numbersFrom(n * 2_654_435_761 + 97)
  let text = pick(seeds, draw)
  const times = 1 + Math.floor(draw() * draw() * 8)
  for (let i = 0; i < times; i++) {
    const at = Math.floor(draw() * text.length)
    const length = Math.floor(2 ** (draw() * 9))
    text = pick(DAMAGES, draw)(text, at, length, draw, pick(seeds, draw))
    if (text.length > MOST) text = text.slice(0, MOST)
  }
  if (draw() < 0.03) text = text.replace(/\r?\n/g, '\r\n')
  if (draw() < 0.03) text = `\uFEFF${text}`
  // As a program shows UTF-16 that it takes for UTF-8.
  if (draw() < 0.01) text = [...text.slice(0, 5000)].join('\0')
  return text
}

const MOST = 2_000_000
