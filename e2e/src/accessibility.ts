import axe from 'axe-core'
import type { Page } from 'playwright-core'

/** What axe-core finds against WCAG 2.1 A and AA on the page as it is, one line each. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  // Playwright's own evaluation is not bound by the page's content policy.
  await page.evaluate(axe.source)
  return page.evaluate(async () => {
    const runOnly = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] } as const
    type Axe = typeof import('axe-core')
    const { violations } = await (globalThis as unknown as { axe: Axe }).axe.run(document, {
      runOnly: { type: runOnly.type, values: [...runOnly.values] },
    })
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map(
        ({ target, failureSummary }) => `${id}: ${help}: ${target.join(' ')} ${failureSummary}`,
      ),
    )
  })
}
