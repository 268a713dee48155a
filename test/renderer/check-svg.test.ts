import { describe, expect, test } from 'vitest'
import { drawable, isPlainSvg } from '../../renderer/diagram/check-svg.ts'

describe('a picture', () => {
  test.each([
    '<svg xmlns="http://www.w3.org/2000/svg"><style>.a{fill:url(#g)}</style><rect width="1"/></svg>',
    '<svg viewBox="0 0 1 1"><text>on behalf = of</text></svg>',
  ])('that is one: %s', svg => {
    expect(isPlainSvg(svg)).toBe(true)
  })

  test.each([
    '<svg><script>1</script></svg>',
    '<svg><g onload="x()"/></svg>',
    '<svg><foreignObject><p/></foreignObject></svg>',
    '<svg><a href="https://example.org">x</a></svg>',
    '<svg><image href="https://example.org/x.png"/></svg>',
    '<svg><style>@import "https://example.org/x.css"</style></svg>',
    '<svg><style>.a{background:url( "https://example.org")}</style></svg>',
    '<svg><rect style="fill:url(//example.org/a)"/></svg>',
    '<!DOCTYPE svg [<!ENTITY a "b">]><svg/>',
    '<html><svg/></html>',
    '',
  ])('that is none: %s', svg => {
    expect(isPlainSvg(svg)).toBe(false)
  })
})

describe('a text', () => {
  test('loses front matter and directives before it is drawn', () => {
    expect(drawable('---\nconfig:\n  themeCSS: "*{}"\n---\nflowchart LR\n A%%{init: {"a":1}}%%\n')).toBe('flowchart LR\n A')
  })

  test.each([
    'sankey-beta\na,b,1',
    'pie\n"a": 1',
    'Dear team',
    '',
    `flowchart LR\n${'A-->B\n'.repeat(2000)}`,
    `graph TD\n${'a'.repeat(200_000)}`,
  ])('of another type or too large is not drawn', text => {
    expect(drawable(text)).toBeUndefined()
  })
})
