import { World, type WorldOptions } from '../../sandbox/world.ts'
import type { Browserless } from '../../sandbox/browserless.ts'
import type { PersonKey } from '../../sandbox/sign-in/directory.ts'
import type { EmailPage } from '../../models/wire/email.ts'
import type { FolderChoices, Mailbox, MailboxList } from '../../models/wire/mailbox.ts'
import { startTestDatabase } from './database.ts'

/** A world on an empty database of its own; disposing it takes the database along. */
export async function startWorld(
  options: Omit<WorldOptions, 'mongodbUrl'> = {},
): Promise<World & { mongodbUrl: string }> {
  const database = await startTestDatabase()
  const world = await World.start({ ...options, mongodbUrl: database.url })
  const disposeWorld = world[Symbol.asyncDispose].bind(world)
  return Object.assign(world, {
    mongodbUrl: database.url,
    async [Symbol.asyncDispose]() {
      await disposeWorld()
      await database[Symbol.asyncDispose]()
    },
  })
}

/** Signs in, connects the own mailbox and watches these folders, as a person would by clicking. */
export async function connectAndWatch(
  world: World,
  person: PersonKey,
  folderNames: string[],
): Promise<{ browser: Browserless; mailbox: Mailbox }> {
  const browser = await world.signIn(person)
  await browser.visit('/auth/connect', person)
  const { mailboxes } = await browser.json<MailboxList>('/api/v1/mailboxes')
  const connected = mailboxes[0]!
  const mailbox = await watch(browser, connected.id, folderNames)
  return { browser, mailbox }
}

export async function watch(
  browser: Browserless,
  mailboxId: string,
  folderNames: string[],
): Promise<Mailbox> {
  const path = `/api/v1/mailboxes/${mailboxId}/folders`
  const { folders } = await browser.json<FolderChoices>(path)
  const watched = folders
    .filter(({ displayName }) => folderNames.includes(displayName))
    .map(({ id }) => id)
  return browser.json<Mailbox>(path, { method: 'PUT', body: { watched } })
}

export const emailsOf = (browser: Browserless, limit = 1): Promise<EmailPage> =>
  browser.json<EmailPage>(`/api/v1/emails?limit=${limit}`)

export const mailboxOf = async (browser: Browserless): Promise<Mailbox> =>
  (await browser.json<MailboxList>('/api/v1/mailboxes')).mailboxes[0]!

/** Waits for something that is coming; fails with what was last seen. For real time only: stories over HTTP. */
export async function eventually<T>(
  look: () => Promise<T>,
  isThere: (seen: T) => boolean,
  withinMs = 50_000, // sooner than a test's own end, so that it says what it saw
): Promise<T> {
  const until = Date.now() + withinMs
  for (;;) {
    const seen = await look()
    if (isThere(seen)) return seen
    if (Date.now() > until) throw new Error(`still ${JSON.stringify(seen).slice(0, 500)}`)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}
