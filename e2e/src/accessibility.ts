import axe, { type RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'

const scopes: Readonly<Record<'all' | 'contrast', RunOptions['runOnly']>> = {
  all: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] },
  contrast: { type: 'rule', values: ['color-contrast'] },
}

/**
 * What axe-core finds against WCAG 2.1 A and AA on the page as it is, one line each.
 * @param scope `contrast`: only what other colours change. Default: everything.
 */
export async function accessibilityFaults(
  page: Page,
  scope: keyof typeof scopes = 'all',
): Promise<string[]> {
  await page.evaluate(colorsSettled)
  // Playwright's own evaluation is not bound by the page's content policy.
  const isThere = await page.evaluate(() => 'axe' in globalThis)
  if (!isThere) await page.evaluate(axe.source)
  return page.evaluate(async (runOnly) => {
    type Axe = typeof import('axe-core')
    const { violations } = await (globalThis as unknown as { axe: Axe }).axe.run(document, {
      ...(runOnly && { runOnly }),
      // What passes is not described, which saves time.
      resultTypes: ['violations'],
    })
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map(
        ({ target, failureSummary }) => `${id}: ${help}: ${target.join(' ')} ${failureSummary}`,
      ),
    )
  }, scopes[scope])
}

/** What fades in or changes its colours has other ones on the way. */
async function colorsSettled() {
  const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve))
  // A transition begins in the frame after the one that shows what it is for.
  await nextFrame()
  await nextFrame()
  const ending = document
    .getAnimations()
    .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity)
  await Promise.allSettled(ending.map(({ finished }) => finished))
}
