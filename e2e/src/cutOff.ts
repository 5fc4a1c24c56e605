import type { Page } from 'playwright-core'

/** What of the page a person cannot see whole: text beyond its edge, or cut off by what holds it. */
export function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement
    const faults = scrollWidth > clientWidth ? [`the page is ${scrollWidth} pixels wide`] : []
    for (const element of document.querySelectorAll<HTMLElement>('body *')) {
      const hasText = [...element.childNodes].some(
        ({ nodeType, textContent }) => nodeType === Node.TEXT_NODE && textContent?.trim(),
      )
      if (!hasText || !element.checkVisibility()) continue
      const { left, right } = element.getBoundingClientRect()
      const isHidden = getComputedStyle(element).overflowX !== 'visible'
      const isCut = isHidden && element.scrollWidth > element.clientWidth + 1
      if (left < -1 || right > clientWidth + 1 || isCut) {
        faults.push(`cut off: ${element.textContent?.trim().slice(0, 60)}`)
      }
    }
    return faults
  })
}
