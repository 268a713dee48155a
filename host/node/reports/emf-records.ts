type Frame = { readonly left: number; readonly top: number; readonly width: number; readonly height: number }
type Point = readonly [number, number]
type Words = {
  readonly x: number
  readonly y: number
  readonly size: number
  readonly isBold: boolean
  readonly isMiddle: boolean
  readonly colour: number
}

/** Steps of the metafile in one unit of the picture. */
const FINE = 16
/** Objects by number: one pen, one brush and one font, each made anew when another is needed. */
const [PEN, BRUSH, FONT] = [1, 2, 3]
const [NO_PEN, NO_BRUSH, ANY_FONT] = [0x80000008, 0x80000005, 0x8000000d]
/** A unit of the picture is 1/96 of an inch; frames count in hundredths of a millimetre. */
const HUNDREDTHS = 2540 / 96

/** Writes the records of a metafile one after the other, as MS-EMF numbers and shapes them; all numbers are 32 bits, low byte first. */
export class Records {
  private readonly made: Buffer[] = []
  private readonly frame: Frame
  private readonly held = new Map<number, string>()

  constructor(frame: Frame) {
    this.frame = frame
    const { left, top, width, height } = frame
    this.add(17, 8)
    this.add(10, fine(left), fine(top))
    this.add(9, fine(width), fine(height))
    this.add(12, 0, 0)
    this.add(11, Math.round(width), Math.round(height))
    this.add(18, 1)
  }

  brush(colour: number | undefined): void {
    this.take(BRUSH, NO_BRUSH, colour === undefined ? undefined : `${colour}`, () => this.add(39, BRUSH, 0, colour ?? 0, 0))
  }

  pen(colour: number | undefined, width: number, isDashed: boolean): void {
    const style = 0x10000 | (isDashed ? 1 : 0)
    this.take(PEN, NO_PEN, colour === undefined ? undefined : `${colour} ${width} ${style}`, () =>
      this.add(95, PEN, 0, 0, 0, 0, style, fine(width), 0, colour ?? 0, 0, 0),
    )
  }

  rect({ x, y, width, height }: { readonly [key in 'x' | 'y' | 'width' | 'height']: number }): void {
    this.add(43, fine(x), fine(y), fine(x + width), fine(y + height))
  }

  beginPath(): void {
    this.add(59)
  }

  moveTo([x, y]: Point): void {
    this.add(27, fine(x), fine(y))
  }

  lineTo([x, y]: Point): void {
    this.add(54, fine(x), fine(y))
  }

  curveTo(...points: readonly [Point, Point, Point]): void {
    this.add(5, 0, 0, -1, -1, 3, ...points.flat().map(fine))
  }

  close(): void {
    this.add(61)
  }

  endPath(isFilled: boolean, isDrawn: boolean): void {
    this.add(60)
    if (isFilled || isDrawn) this.add(isFilled && isDrawn ? 63 : isFilled ? 62 : 64, ...this.bounds())
  }

  text(words: string, { x, y, size, isBold, isMiddle, colour }: Words): void {
    this.take(FONT, ANY_FONT, `${size} ${isBold}`, () => this.font(size, isBold))
    this.add(22, isMiddle ? 30 : 24)
    this.add(24, colour)
    const letters = Buffer.from(words, 'utf16le')
    const padded = Buffer.concat([letters, Buffer.alloc((4 - (letters.length % 4)) % 4)])
    const head = Buffer.alloc(68)
    for (const [i, value] of this.bounds().entries()) head.writeInt32LE(value, i * 4)
    head.writeUInt32LE(1, 16)
    head.writeFloatLE(HUNDREDTHS / FINE, 20)
    head.writeFloatLE(HUNDREDTHS / FINE, 24)
    head.writeInt32LE(fine(x), 28)
    head.writeInt32LE(fine(y), 32)
    head.writeUInt32LE(letters.length / 2, 36)
    head.writeUInt32LE(76, 40)
    this.raw(84, Buffer.concat([head, padded]))
  }

  /** The whole file, with its head before all records. */
  done(): Uint8Array {
    this.add(14, 0, 0, 20)
    const { width, height } = this.frame
    const head = Buffer.alloc(88)
    const millimetres = [320, 240]
    const numbers = [
      1,
      88,
      ...this.bounds(),
      0,
      0,
      ...[width, height].map(side => Math.round(side * HUNDREDTHS)),
      0x464d4520,
      0x10000,
    ]
    for (const [i, value] of numbers.entries()) head.writeInt32LE(value, i * 4)
    const bytes = this.made.reduce((sum, one) => sum + one.length, 88)
    head.writeUInt32LE(bytes, 48)
    head.writeUInt32LE(this.made.length + 1, 52)
    head.writeUInt16LE(4, 56)
    for (const [i, side] of millimetres.entries()) {
      head.writeInt32LE(Math.round((side * 96) / 25.4), 72 + i * 4)
      head.writeInt32LE(side, 80 + i * 4)
    }
    return Buffer.concat([head, ...this.made])
  }

  private font(size: number, isBold: boolean): void {
    const font = Buffer.alloc(324)
    font.writeUInt32LE(FONT, 0)
    font.writeInt32LE(-fine(size), 4)
    font.writeInt32LE(isBold ? 700 : 400, 20)
    font.write('Arial', 32, 'utf16le')
    this.raw(82, font)
  }

  /** Selects an object, made where another is held; undefined selects the one that the system always has. */
  private take(slot: number, none: number, wanted: string | undefined, make: () => void): void {
    if (wanted === undefined) {
      this.add(37, none)
      return
    }
    if (this.held.get(slot) !== wanted) {
      if (this.held.has(slot)) {
        this.add(37, none)
        this.add(40, slot)
      }
      make()
      this.held.set(slot, wanted)
    }
    this.add(37, slot)
  }

  private bounds(): readonly number[] {
    return [0, 0, Math.round(this.frame.width), Math.round(this.frame.height)]
  }

  private add(kind: number, ...values: readonly number[]): void {
    const body = Buffer.alloc(values.length * 4)
    for (const [i, value] of values.entries()) body.writeUInt32LE(value >>> 0, i * 4)
    this.raw(kind, body)
  }

  private raw(kind: number, body: Buffer): void {
    const head = Buffer.alloc(8)
    head.writeUInt32LE(kind, 0)
    head.writeUInt32LE(body.length + 8, 4)
    this.made.push(Buffer.concat([head, body]))
  }
}

function fine(value: number): number {
  return Math.round(value * FINE)
}
