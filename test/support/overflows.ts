import type { Page } from '@playwright/test'

/** What makes the page itself scroll sideways, or scrolls both ways without being the canvas. */
export function overflows(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const name = (element: Element) => `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''}`
    const found: string[] = []
    const { scrollWidth } = document.documentElement
    if (scrollWidth > innerWidth) {
      const widest = [...document.body.querySelectorAll('*')].filter(
        one => one.getBoundingClientRect().right >= scrollWidth - 1 && one.children.length === 0,
      )
      found.push(`the page is ${scrollWidth} wide in ${innerWidth}: ${widest.slice(0, 3).map(name).join(' | ')}`)
    }
    const scrollsAlong = (element: Element | null): boolean =>
      element !== null && (/auto|scroll/.test(getComputedStyle(element).overflowX) || scrollsAlong(element.parentElement))
    for (const element of document.body.querySelectorAll('*')) {
      if (element.closest('.react-flow, svg')) continue
      const isCut = element.getBoundingClientRect().right > innerWidth + 1 && !scrollsAlong(element)
      if (isCut || (element.role === 'dialog' && element.getBoundingClientRect().right > innerWidth))
        found.push(`${name(element)} is cut off at the edge`)
      const { overflowX, overflowY } = getComputedStyle(element)
      const isWide = /auto|scroll/.test(overflowX) && element.scrollWidth > element.clientWidth + 1
      const isHigh = /auto|scroll/.test(overflowY) && element.scrollHeight > element.clientHeight + 1
      if (isWide && isHigh) found.push(`${name(element)} scrolls both ways, ${element.scrollWidth} in ${element.clientWidth}`)
    }
    return found
  })
}

/** Buttons, links, tabs and fields that lie outside the window, and whatever has words that do not fit into it. */
export function clippedControls(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const scrollsAlong = (element: Element | null): boolean =>
      element !== null && (/auto|scroll/.test(getComputedStyle(element).overflowX) || scrollsAlong(element.parentElement))
    const hasWords = (element: Element) =>
      [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && /\p{L}{2}/u.test(node.textContent ?? ''))
    return [...document.body.querySelectorAll<HTMLElement>('*')].flatMap(element => {
      if (
        element.closest('.react-flow, svg, .cm-editor, [aria-hidden="true"]') ||
        !element.checkVisibility({ visibilityProperty: true })
      )
        return []
      const { left, right, width } = element.getBoundingClientRect()
      const { textOverflow, clipPath, position } = getComputedStyle(element)
      // What is hidden on purpose, for screen readers alone, has no width to speak of.
      if (width <= 1 || clipPath !== 'none' || (position === 'absolute' && right <= 0)) return []
      const isControl = element.matches('button, a[href], input, select, textarea, summary, label, [role="tab"], [role="option"]')
      const isOut = isControl && (left < -1 || right > innerWidth + 1) && !scrollsAlong(element)
      const isFull =
        (isControl ? !element.matches('input, select, textarea') : hasWords(element)) &&
        element.scrollWidth > element.clientWidth + 1
      const words = (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 50)
      const isCut = isFull && element.clientWidth > 0 && textOverflow !== 'ellipsis' && !scrollsAlong(element)
      return isOut || isCut ? [`${element.tagName.toLowerCase()} “${words}” ${isOut ? 'lies outside' : 'is too narrow'}`] : []
    })
  })
}
