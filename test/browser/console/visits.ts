import { expect } from '@jest/globals'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import type { startWorld } from '../../support/world.ts'

export type World = Awaited<ReturnType<typeof startWorld>>
/** A session of somebody who has signed in. */
export type SignedIn = Exclude<BrowserContextOptions['storageState'], undefined>

type Office = { world: World; browser: Browser }

/** Signs somebody in through the pages that people see, on the way to one of the console's, which must then be there. */
export async function signInAs(
  { world, browser }: Office,
  name: string,
  path = '/',
): Promise<SignedIn> {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(world.serviceUrl + path)
  await page.getByRole('link', { name: 'Sign in' }).first().click()
  await page.getByRole('button', { name: `Sign in as ${name}` }).click()
  const accept = page.getByRole('button', { name: 'Accept' })
  const navigation = page.getByRole('navigation', { name: 'Pages' })
  await accept.or(navigation).first().waitFor()
  if (await accept.isVisible()) await accept.click()
  await navigation.waitFor()
  if (path !== '/') expect(new URL(page.url()).pathname).toBe(path)
  const state = await context.storageState()
  await context.close()
  return state
}

/** A page of the console, and what the browser complains of while it is open. */
export async function openAs(
  { world, browser }: Office,
  signedIn: SignedIn,
  path: string,
  options: BrowserContextOptions = {},
) {
  const context = await browser.newContext({ storageState: signedIn, ...options })
  const page = await context.newPage()
  const complaints = complaintsOf(page)
  await page.goto(world.serviceUrl + path)
  return { page, complaints, [Symbol.asyncDispose]: () => context.close() }
}

function complaintsOf(page: Page): string[] {
  const complaints: string[] = []
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  return complaints
}
