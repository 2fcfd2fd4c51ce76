import { mkdir } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { checkSize } from './check-size.ts'

const FOLDER = 'docs/screens/console'
const MAX_BYTES = 150 * 1024
const THEMES = ['light', 'dark'] as const
/** Of the seed: whoever writes to Alice. */
const CONTACT = { name: 'Nora Lindqvist', addresses: ['nora@northwind.test'] }

type Visitors = { alice: Page; ada: Page; baseUrl: string }
type Shot = { name: string; of: Page; path: string; ready: (page: Page) => Promise<unknown> }

/** One picture of each page of the console, light and dark. Alice is connected; Ada administers. */
export async function takeConsole(visitors: Visitors): Promise<void> {
  await mkdir(FOLDER, { recursive: true })
  for (const shot of await shotsOf(visitors)) {
    await shot.of.goto(visitors.baseUrl + shot.path)
    await shot.ready(shot.of)
    for (const theme of THEMES) await shoot(shot, theme)
  }
}

async function shotsOf({ alice, ada }: Visitors): Promise<Shot[]> {
  const contactId = await aContact(alice)
  const list = (name: string) => (page: Page) =>
    page.getByRole('list', { name }).getByRole('listitem').first().waitFor()
  return [
    { name: 'contacts', of: alice, path: '/contacts', ready: list('Contacts') },
    { name: 'contact', of: alice, path: `/contacts/${contactId}`, ready: list('Conversations') },
    { name: 'timeline', of: alice, path: `/contacts/${contactId}?tab=timeline`, ready: quiet },
    { name: 'review', of: alice, path: '/review', ready: quiet },
    { name: 'rules', of: alice, path: '/rules', ready: quiet },
    { name: 'mailboxes', of: alice, path: '/mailboxes', ready: list('Mailboxes') },
    { name: 'explain', of: alice, path: '/explain', ready: quiet },
    { name: 'audit', of: ada, path: '/compliance', ready: quiet },
    { name: 'people', of: ada, path: '/compliance?tab=people', ready: quiet },
    { name: 'members', of: ada, path: '/compliance?tab=members', ready: quiet },
  ]
}

/** Until nothing is on its way. */
async function quiet(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor({ state: 'attached' })
  await page.waitForTimeout(500)
  await page.waitForFunction(() => !document.querySelector('main .fui-Skeleton, main .fui-Spinner'))
}

async function shoot({ of, name }: Shot, theme: (typeof THEMES)[number]): Promise<void> {
  await of.emulateMedia({ colorScheme: theme })
  await of.mouse.move(0, 0)
  await of.waitForTimeout(200)
  const path = `${FOLDER}/${theme === 'light' ? name : `${name}-${theme}`}.png`
  await of.screenshot({ path, animations: 'disabled' })
  await checkSize(path, MAX_BYTES)
}

/** As the pane creates one; the answer is its id. */
function aContact(page: Page): Promise<string> {
  return page.evaluate(async (contact) => {
    const session = (await (await fetch('/api/v1/session')).json()) as { csrfToken: string }
    const answer = await fetch('/api/v1/contacts', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-csrf-token': session.csrfToken },
      body: JSON.stringify(contact),
    })
    return ((await answer.json()) as { id: string }).id
  }, CONTACT)
}
