import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { people } from '../../../sandbox/sign-in/directory.ts'
import { accessibilityFaults } from '../../support/axe.ts'
import { launchChromium } from '../../support/chromium.ts'
import { connectAndWatch, startWorld } from '../../support/world.ts'
import { openAs, signInAs, type SignedIn, type World } from './visits.ts'

let world: World
let browser: Browser
const signedIn = new Map<string, SignedIn>()
beforeAll(async () => {
  ;[world, browser] = await Promise.all([startWorld(), launchChromium()])
  await connectAndWatch(world, 'alice', ['Inbox'])
  for (const name of ['Alice', 'Ada', 'Vera'])
    signedIn.set(name, await signInAs({ world, browser }, name))
})
afterAll(async () => {
  await browser?.close()
  await world?.[Symbol.asyncDispose]()
})

const open = (name: string, path: string, options = {}) =>
  openAs({ world, browser }, signedIn.get(name)!, path, options)

/** Until nothing is on its way. */
async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor({ state: 'attached' })
  await page.waitForFunction(() => !document.querySelector('main .fui-Skeleton, main .fui-Spinner'))
}

const EVERYWHERE = ['Inbox', 'Mailboxes', 'Rules', 'Explain']

describe('who has which pages', () => {
  it.each([
    ['a member', 'Alice', [...EVERYWHERE, 'Contacts']],
    ['an administrator', 'Ada', [...EVERYWHERE, 'Contacts', 'Compliance']],
    ['an auditor', 'Vera', [...EVERYWHERE, 'Compliance']],
  ])(
    '%s finds theirs, each of them whole, also in colours of their own',
    async (...[, name, own]) => {
      await using opened = await open(name, '/', { forcedColors: 'active' })
      const { page, complaints } = opened
      const entries = page.getByRole('navigation', { name: 'Pages' }).getByRole('link')
      await entries.first().waitFor()
      expect((await entries.allTextContents()).toSorted()).toEqual(own.toSorted())
      for (const entry of own) {
        await entries.filter({ hasText: entry }).click()
        await page.locator('nav [aria-current=page]', { hasText: entry }).waitFor()
        await settled(page)
        const faults = await accessibilityFaults(page)
        const alerts = await page.getByRole('alert').allTextContents()
        expect({ entry, faults, alerts }).toEqual({ entry, faults: [], alerts: [] })
      }
      expect(complaints).toEqual([])
    },
  )

  it.each([390, 320])('have words that touch no edge on a phone %i wide', async (width) => {
    await using opened = await open('Ada', '/compliance', { viewport: { width, height: 800 } })
    const words = opened.page.getByRole('navigation', { name: 'Pages' }).locator('a > span')
    await words.first().waitFor()
    const cramped = await words.evaluateAll((all) =>
      all
        .filter((word) => {
          const [inner, outer] = [word, word.parentElement ?? word].map((element) =>
            element.getBoundingClientRect(),
          )
          return inner === undefined || outer === undefined || inner.width + 2 > outer.width
        })
        .map(({ textContent }) => textContent),
    )
    expect(cramped).toEqual([])
    expect(await opened.page.evaluate('document.documentElement.scrollWidth > innerWidth')).toBe(
      false,
    )
  })

  it('a member who writes the address of another’s page by hand is told whose it is', async () => {
    await using opened = await open('Alice', '/compliance')
    await opened.page.getByText(/for auditors and administrators/).waitFor()
  })
})

describe('two people at once', () => {
  it('see what the other one does without loading the page again', async () => {
    await using alices = await open('Alice', '/mailboxes')
    await using adas = await open('Ada', '/mailboxes')
    const cardOf = (page: Page) =>
      page
        .getByRole('list', { name: 'Mailboxes' })
        .getByRole('listitem')
        .filter({ hasText: people.alice.mail })
        .first()
    await cardOf(alices.page).waitFor()
    await alices.page.getByText('Live', { exact: true }).waitFor()
    await cardOf(adas.page).getByRole('button', { name: 'Pause' }).click()
    await cardOf(alices.page).getByRole('button', { name: 'Resume' }).waitFor()
    await cardOf(alices.page)
      .getByText(/Ada Admin/)
      .first()
      .waitFor()
    await cardOf(alices.page).getByRole('button', { name: 'Resume' }).click()
    await cardOf(adas.page).getByRole('button', { name: 'Pause' }).waitFor()
    expect([...alices.complaints, ...adas.complaints]).toEqual([])
  })
})
