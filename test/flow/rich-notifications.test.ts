import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { LiveEvent } from '../../models/wire/email.ts'
import { quickKnobs } from '../../sandbox/world.ts'
import { people, tenants } from '../../sandbox/sign-in/directory.ts'
import { aCertificate } from '../sandbox/graph/subscriptions/a-certificate.ts'
import { connectAndWatch, emailsOf, eventually, mailboxOf, startWorld } from '../support/world.ts'

const pem = (label: string, base64: string) =>
  `-----BEGIN ${label}-----\n${base64.replace(/.{64}/g, '$&\n')}\n-----END ${label}-----\n`

describe('with a certificate for headers', () => {
  let world: Awaited<ReturnType<typeof startWorld>>
  let folder: string
  let browser: Awaited<ReturnType<typeof connectAndWatch>>['browser']
  const events: LiveEvent[] = []
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'flowcrm-rich-'))
    await writeFile(join(folder, 'certificate.pem'), pem('CERTIFICATE', aCertificate.base64))
    await writeFile(join(folder, 'key.pem'), pem('PRIVATE KEY', aCertificate.privateKey))
    world = await startWorld({
      knobs: quickKnobs,
      environment: {
        RICH_CERTIFICATE_FILE: join(folder, 'certificate.pem'),
        RICH_CERTIFICATE_KEY_FILE: join(folder, 'key.pem'),
      },
    })
    const watched = await connectAndWatch(world, 'alice', ['Inbox', 'Drafts'])
    browser = watched.browser
    const alice = { workspaceId: tenants.contoso.id, userId: people.alice.oid }
    world.service.context.bus.subscribe(
      { ...alice, displayName: 'Alice', roles: ['member'] },
      (event) => events.push(event),
    )
    await eventually(
      () => mailboxOf(browser),
      ({ light }) => light.colour === 'green',
    )
  })
  afterAll(async () => {
    await world[Symbol.asyncDispose]()
    await rm(folder, { recursive: true })
  })

  it('every subscription is made for it, and lives less than a day', () => {
    const subscriptions = world.graph.subscriptions.all()
    expect(subscriptions.length).toBeGreaterThanOrEqual(2)
    for (const { encryption, expiresAt } of subscriptions) {
      expect(encryption?.certificate).toBe(aCertificate.base64)
      expect(expiresAt.getTime() - Date.now()).toBeLessThan(24 * 3_600_000)
    }
  })

  it.each([1, 2] as const)(
    'the header of new mail is shown before the mail is stored (tokens of version %i)',
    async (version) => {
      world.graph.knobs.delivery.validationTokenVersion = version
      events.length = 0
      const before = (await emailsOf(browser)).total
      await world.graph.desk.deliver(people.alice.mail)
      await eventually(
        () => emailsOf(browser),
        ({ total }) => total === before + 1,
      )
      await eventually(
        async () => events.map(({ type }) => type),
        (types) => types.includes('email-stored'),
      )
      const types = events.map(({ type }) => type)
      expect(types).toContain('email-arriving')
      expect(types.indexOf('email-arriving')).toBeLessThan(types.indexOf('email-stored'))
    },
  )

  it.each(['bad-signature', 'expired-token', 'foreign-token', 'null-tokens'] as const)(
    'a header with the flaw "%s" is not shown',
    async (richFlaw) => {
      world.graph.knobs.delivery.richFlaw = richFlaw
      events.length = 0
      const posts = world.graph.notifications.delivered().length
      await world.graph.desk.deliver(people.alice.mail)
      await eventually(
        async () => world.graph.notifications.delivered().length,
        (count) => count > posts,
      )
      world.graph.knobs.delivery.richFlaw = 'none'
      expect(events.map(({ type }) => type)).not.toContain('email-arriving')
    },
  )
})
