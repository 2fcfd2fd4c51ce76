import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { flowCrm, people } from '../../sandbox/sign-in/directory.ts'
import { createLogger } from '../../webhook/logger.ts'
import { aTerminal } from '../webhook/cli/a-terminal.ts'
import { Canaries, formsOf, foundIn } from '../support/canaries.ts'
import { connectAndWatch, emailsOf, eventually, mailboxOf, startWorld } from '../support/world.ts'
import { canaryMail } from './canary-mail.ts'
import { Watching } from './watching.ts'

const ALICE = people.alice.mail
const MAILS = 13

type World = Awaited<ReturnType<typeof startWorld>>

let world: World
const nest = new Canaries()
const METRICS_TOKEN = nest.word('metrics-token')
const watching = new Watching()
/** What nobody may read of: mail, people, and what opens doors. */
const everything = () => [...nest.planted, ...watching.secrets, flowCrm.secret, ALICE]

/** A run in which everything goes wrong that can: each failure is a chance to say too much. */
beforeAll(async () => {
  watching.begin()
  world = await startWorld({
    environment: { METRICS_TOKEN, HOUSEKEEPING_SECONDS: '1' },
    overrides: { logger: createLogger('trace', watching.destination), fetch: globalThis.fetch },
  })
  const { graph, service } = world
  await deliver()
  const { browser } = await connectAndWatch(world, 'alice', ['Inbox'])
  await eventually(
    () => mailboxOf(browser),
    ({ light }) => light.colour === 'green',
  )
  graph.desk.failRequests(500, 2)
  graph.desk.failRequests(403, 1, { path: '/attachments' })
  for (let n = 2; n < MAILS; n++) await deliver()
  await eventually(
    () => emailsOf(browser),
    ({ total }) => total === MAILS - 1,
  )
  await service.context.db.collection('emails').deleteOne({})
  await aTerminal(world.environment)('reconcile', ALICE, '--wait')
  graph.desk.killDeltaToken(ALICE)
  graph.desk.removeSubscription()
  await askWrongly()
  const { id } = await browser.json<{ id: string }>('/api/v1/contacts', {
    ...{ method: 'POST', body: contact() },
  })
  const note = { text: nest.text('note') }
  await browser.json(`/api/v1/contacts/${id}/notes`, { method: 'POST', body: note })
  const task = { contactId: id, title: nest.text('task') }
  await browser.json('/api/v1/tasks', { method: 'POST', body: task })
  await browser.fetch(
    '/auth/callback?state=x&error=access_denied&error_description=' + uri('error'),
  )
  await deliver()
  await eventually(
    () => emailsOf(browser),
    ({ total }) => total === MAILS,
  )
  graph.desk.revokeConsent(ALICE)
  await deliver()
  await aTerminal(world.environment)('sync', ALICE)
  await eventually(
    () => mailboxOf(browser),
    ({ light }) => light.colour === 'red',
  )
})
afterAll(async () => {
  watching.end()
  await world[Symbol.asyncDispose]()
})

const deliver = () => {
  const mime = canaryMail(nest, ALICE)
  return world.graph.mailboxes.deliver(ALICE, { mime: () => mime })
}

const contact = () => ({
  ...{ name: nest.text('contact'), jobTitle: nest.text('job'), phone: nest.text('phone') },
  addresses: [nest.address('contact')],
})

const uri = (kind: string) => encodeURIComponent(nest.text(kind))

/** Requests that are refused, each with something in it that nobody should repeat. */
async function askWrongly(): Promise<void> {
  const ask = (path: string, init: RequestInit = {}) => fetch(`${world.serviceUrl}${path}`, init)
  const post = (path: string, body: string, headers: Record<string, string> = {}) =>
    ask(path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body })
  const bearer = () => ({ authorization: `Bearer ${nest.word('bearer')}` })
  const cookie = () => ({ cookie: `flowcrm-session=${nest.word('session')}` })
  const item = { subscriptionId: nest.word('subscription'), clientState: nest.text('state') }
  const told = { ...item, changeType: 'created', resource: nest.text('resource') }
  await post('/webhooks/graph/notifications', JSON.stringify({ value: [told] }))
  await post('/webhooks/graph/notifications', `{"value": "${nest.text('torn')}`)
  await post(`/api/v1/${uri('path')}?q=${uri('query')}`, '{}')
  await post('/api/v1/emails/log', JSON.stringify({ subject: nest.text('logged') }), bearer())
  await post('/api/v1/contacts', JSON.stringify(contact()), cookie())
  await ask('/metrics', { headers: bearer() })
  await ask(`/api/v1/emails?cursor=${uri('cursor')}`, { headers: cookie() })
  await ask(`/auth/sign-in?returnTo=${uri('return')}`, { redirect: 'manual' })
  await ask(`/auth/callback?code=${uri('code')}&state=${uri('state')}`, {
    headers: { cookie: `flowcrm-sign-in=${nest.word('attempt')}`, accept: 'text/html' },
  })
  await ask(`/${uri('page')}.html`, { headers: { referer: `http://x/${uri('referer')}` } })
}

describe('a run in which much goes wrong (reliability K1)', () => {
  it('has seen the secrets it must not tell, and would find them in any form', () => {
    expect(nest.planted.length).toBeGreaterThanOrEqual(200)
    expect(watching.secrets.size).toBeGreaterThanOrEqual(20)
    expect(watching.log.length).toBeGreaterThan(20)
    expect(watching.problems.length).toBeGreaterThan(8)
    const [first, second] = nest.planted as [string, string]
    for (const form of formsOf(first))
      expect(foundIn(`x ${form} x`, [second, first])).toEqual([first])
    for (const before of ['', 'a', 'ab'])
      expect(foundIn(Buffer.from(`${before}${first}!`).toString('base64'), [first])).toEqual([
        first,
      ])
  })

  it('logs each event as one line of JSON, without people’s data and without secrets', () => {
    const log = watching.log.join('')
    for (const line of log.trimEnd().split('\n')) expect(JSON.parse(line)).toHaveProperty('msg')
    expect(foundIn(log, everything())).toEqual([])
  })

  it('prints nothing else', () => {
    expect(foundIn(watching.printed.join('\n'), everything())).toEqual([])
  })

  it('tells nobody whom it refuses anything but that', () => {
    expect(foundIn(watching.problems.join('\n'), everything())).toEqual([])
  })

  it('leaves none of it in what waits to be done, nor anywhere else in the database', async () => {
    const { db } = world.service.context
    const collections = (await db.db?.listCollections().toArray()) ?? []
    const dumps = await Promise.all(
      collections.map(async ({ name }) => {
        const all = await db.collection(name).find().toArray()
        return `${name}: ${JSON.stringify(all)}`
      }),
    )
    expect(collections.length).toBeGreaterThan(10)
    const hidden = everything()
    expect(
      dumps.flatMap((dump) => foundIn(dump, hidden).map((one) => [dump.split(':')[0], one])),
    ).toEqual([])
  })

  it('shows neither in its metrics', async () => {
    const answer = await fetch(`${world.serviceUrl}/metrics`, {
      headers: { authorization: `Bearer ${METRICS_TOKEN}` },
    })
    const text = await answer.text()
    expect(text).toMatch(/flowcrm_pass_failures_total\{code="/)
    expect(foundIn(text, everything())).toEqual([])
    // A label is a word or a number of ours.
    const labels = [...text.matchAll(/^flowcrm_[^{]+\{([^}]*)\}/gm)].flatMap(([, all]) =>
      [...all!.matchAll(/="([^"]*)"/g)].map(([, value]) => value),
    )
    expect(labels.filter((value) => !/^[a-z0-9.+-]{1,24}$/i.test(value!))).toEqual([])
  })

  it('shows none of other people to who asks for status, statement or an explanation', async () => {
    const flowcrm = aTerminal(world.environment)
    const entry = await world.service.context.db.collection('ledgerEntries').findOne()
    const printed = [
      await flowcrm('status', '--json'),
      await flowcrm('status', ALICE),
      await flowcrm('statement', ALICE, '--json'),
      await flowcrm('explain', ALICE, '--id', String(entry?.['messageId']), '--json'),
    ]
    const text = printed.map(({ out, err }) => out + err).join('')
    expect(text).toContain(ALICE)
    expect(
      foundIn(
        text,
        everything().filter((one) => one !== ALICE),
      ),
    ).toEqual([])
  })
})
