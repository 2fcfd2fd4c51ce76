import { chromium, type Browser } from 'playwright-core'
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
