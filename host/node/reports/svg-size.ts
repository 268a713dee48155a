/** Width and height of a picture of our own making, in its own units: what the picture states, else its view box, else a square. */
export function sizeOfSvg(svg: string): { readonly width: number; readonly height: number } {
  const head = /<svg\b[^>]*>/.exec(svg)?.[0] ?? ''
  const stated = (name: string) => Number.parseFloat(new RegExp(`\\s${name}="([\\d.]+)(?:px)?"`).exec(head)?.[1] ?? '')
  const box =
    /\sviewBox="([^"]+)"/
      .exec(head)?.[1]
      ?.trim()
      .split(/[\s,]+/)
      .map(Number) ?? []
  const width = stated('width') || box[2]
  const height = stated('height') || box[3]
  return { width: width && width > 0 ? width : 480, height: height && height > 0 ? height : 480 }
}
