import { AxeBuilder } from '@axe-core/playwright'
import { chromium, type Browser, type Page } from 'playwright-core'
import { findChromium } from './find-chromium.ts'

/** Chromium without a window, and without calls home. */
export function launchChromium(): Promise<Browser> {
  const executablePath = findChromium()
  if (!executablePath)
    throw new Error('no Chromium: set CHROMIUM_PATH, or install the package chromium')
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}

/**
 * Fluent's focus guards: hidden on purpose and focusable on purpose, they hand the focus on at once. axe cannot know.
 */
const FOCUS_GUARDS = '[data-tabster-dummy]'

/** What axe finds wrong with the page, as one line each. Frames without scripts must be left out: axe would wait for them. */
export async function accessibilityFaults(page: Page, leaveOut: string[] = []): Promise<string[]> {
  const axe = [FOCUS_GUARDS, ...leaveOut].reduce(
    (builder, frame) => builder.exclude(frame),
    new AxeBuilder({ page }),
  )
  const { violations } = await axe.analyze()
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
  )
}
