import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { Writable } from 'node:stream'
import { flowCrm, people } from '../../sandbox/sign-in/directory.ts'
import { createLogger } from '../../webhook/logger.ts'
import { aTerminal } from '../webhook/cli/a-terminal.ts'
import { connectAndWatch, emailsOf, eventually, mailboxOf, startWorld } from '../support/world.ts'

const ALICE = people.alice.mail
const METRICS_TOKEN = 'canary-metrics-token-5c1d'

/** What a customer's mail brings along. */
const ofTheMail = [
  'canary-subject-7f3a',
  'canary-name-a81e',
  'canary.sender@canary.example',
  'canary-body-99b2',
  'canary-message-id-4d20',
  'canary.copy@canary.example',
]
const [subject, senderName, sender, body, messageId, copy] = ofTheMail as [string, ...string[]]

const canaryMail = (index: number) =>
  Buffer.from(
    [
      `From: ${senderName} <${sender}>`,
      `To: <${ALICE}>`,
      `Cc: <${copy}>`,
      `Subject: ${subject} \u001b[31m ${index}`,
      `Date: ${new Date().toUTCString().replace('GMT', '+0000')}`,
      `Message-ID: <${messageId}-${index}@canary.example>`,
      'Content-Type: text/plain; charset=utf-8',
      '',
      body,
    ].join('\r\n'),
  )

type World = Awaited<ReturnType<typeof startWorld>>

let world: World
const lines: string[] = []
/** Tokens and clientStates, as they pass by on their way to Graph. */
const secrets = new Set([METRICS_TOKEN, flowCrm.secret])

const watchingFetch: typeof fetch = async (input, init) => {
  const token = new Headers(init?.headers).get('authorization')?.replace(/^Bearer /, '')
  if (token) secrets.add(token)
  const clientState = /"clientState":"([^"]+)"/.exec(
    typeof init?.body === 'string' ? init.body : '',
  )?.[1]
  if (clientState) secrets.add(clientState)
  return fetch(input, init)
}

/** As it is, and as logs, URLs and dumps like to write it. */
const formsOf = (text: string): string[] => [
  text,
  encodeURIComponent(text),
  Buffer.from(text).toString('base64').replace(/=+$/, ''),
  Buffer.from(text).toString('base64url'),
  Buffer.from(text).toString('hex'),
]

const foundIn = (output: string, canaries: Iterable<string>): string[] =>
  [...canaries].filter((canary) => formsOf(canary).some((form) => output.includes(form)))

/** A run in which everything goes wrong that can: each failure is a chance to say too much. */
beforeAll(async () => {
  const destination = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      lines.push(chunk.toString())
      done()
    },
  })
  world = await startWorld({
    environment: { METRICS_TOKEN, HOUSEKEEPING_SECONDS: '1' },
    overrides: { logger: createLogger('trace', destination), fetch: watchingFetch },
  })
  const { graph, service } = world
  await deliver(0)
  const { browser } = await connectAndWatch(world, 'alice', ['Inbox'])
  await eventually(
    () => mailboxOf(browser),
    ({ light }) => light.colour === 'green',
  )
  graph.desk.failRequests(500, 2)
  await deliver(1)
  await eventually(
    () => emailsOf(browser),
    ({ total }) => total === 2,
  )
  await service.context.db.collection('emails').deleteOne({})
  await aTerminal(world.environment)('reconcile', ALICE, '--wait')
  graph.desk.killDeltaToken(ALICE)
  graph.desk.removeSubscription()
  await post('/webhooks/graph/notifications', forged(`${subject}`))
  await post('/webhooks/graph/notifications', `{"value": "${sender}`)
  await post(`/api/v1/${encodeURIComponent(sender ?? '')}?q=${subject}`, '{}')
  await fetch(`${world.serviceUrl}/metrics`, { headers: { authorization: `Bearer ${subject}` } })
  await deliver(2)
  await eventually(
    () => emailsOf(browser),
    ({ total }) => total === 3,
  )
  graph.desk.revokeConsent(ALICE)
  await deliver(3)
  await aTerminal(world.environment)('sync', ALICE)
  await eventually(
    () => mailboxOf(browser),
    ({ light }) => light.colour === 'red',
  )
})
afterAll(() => world[Symbol.asyncDispose]())

const deliver = (index: number) =>
  world.graph.mailboxes.deliver(ALICE, { mime: () => canaryMail(index) })

const post = (path: string, text: string) =>
  fetch(`${world.serviceUrl}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: text,
  })

const forged = (clientState: string) =>
  JSON.stringify({
    value: [{ subscriptionId: 'canary', clientState, changeType: 'created', resource: sender }],
  })

describe('a run in which much goes wrong', () => {
  it('has seen the secrets it must not tell', () => {
    expect(secrets.size).toBeGreaterThanOrEqual(4)
    expect(lines.length).toBeGreaterThan(20)
    expect(foundIn(`x ${Buffer.from(subject).toString('hex')} x`, ofTheMail)).toEqual([subject])
  })

  it('logs each event as one line of JSON, without people’s data and without secrets', () => {
    const log = lines.join('')
    for (const line of log.trimEnd().split('\n')) expect(JSON.parse(line)).toHaveProperty('msg')
    expect(foundIn(log, [...ofTheMail, ...secrets, ALICE])).toEqual([])
  })

  it('shows neither in its metrics', async () => {
    const answer = await fetch(`${world.serviceUrl}/metrics`, {
      headers: { authorization: `Bearer ${METRICS_TOKEN}` },
    })
    const text = await answer.text()
    expect(text).toMatch(/flowcrm_pass_failures_total\{code="/)
    expect(foundIn(text, [...ofTheMail, ...secrets, ALICE])).toEqual([])
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
    expect(foundIn(text, [...ofTheMail, ...secrets])).toEqual([])
  })
})
