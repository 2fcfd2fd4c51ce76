import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { Random } from '../../../sandbox/random.ts'
import { MINUTE } from '../../../webhook/duration.ts'
import { hashOfClientState } from '../../../webhook/subscriptions/secret.ts'
import { ALICE, BOB, NOW, WORKSPACE } from '../../support/builders.ts'
import { anItem, aReceiver, listening, SECRET, type TestReceiver } from './a-receiver.ts'

type Item = Record<string, unknown>

const random = new Random(11)
const text = (chars: number) =>
  Buffer.from(random.bytes(chars)).toString('base64url').slice(0, chars)
const lookAlike = (of: string) => of.replace('e', 'е').replace('c', 'с')
const OTHER_SECRET = 'the secret of Sent Items'

/** Forty ways to forge, each drawn anew for every item (reliability D1). */
const classes: [string, () => Item][] = [
  ['no secret', () => ({ clientState: undefined })],
  ['null for a secret', () => ({ clientState: null })],
  ['an empty secret', () => ({ clientState: '' })],
  ['a number for a secret', () => ({ clientState: random.between(0, 1e9) })],
  ['true for a secret', () => ({ clientState: true })],
  ['the secret in a list', () => ({ clientState: [SECRET] })],
  ['the secret in an object', () => ({ clientState: { $eq: SECRET } })],
  ['a query for a secret', () => ({ clientState: { $ne: text(4) } })],
  ['a pattern for a secret', () => ({ clientState: { $regex: '.*' } })],
  ['a guess', () => ({ clientState: text(12) })],
  ['a guess of another length', () => ({ clientState: text(random.between(13, 128)) })],
  ['129 characters and more', () => ({ clientState: text(random.between(129, 400)) })],
  ['the beginning of the secret', () => ({ clientState: SECRET.slice(0, random.between(1, 11)) })],
  ['the end of the secret', () => ({ clientState: SECRET.slice(random.between(1, 11)) })],
  ['more after the secret', () => ({ clientState: SECRET + text(3) })],
  ['more before the secret', () => ({ clientState: text(3) + SECRET })],
  ['space around the secret', () => ({ clientState: ` ${SECRET}\t` })],
  ['an end of line', () => ({ clientState: `${SECRET}\r\n` })],
  ['a zero byte', () => ({ clientState: `${SECRET}\0${text(2)}` })],
  ['the secret in capitals', () => ({ clientState: SECRET.toUpperCase() })],
  ['the secret in small letters', () => ({ clientState: SECRET.toLowerCase() })],
  ['look-alike letters', () => ({ clientState: lookAlike(SECRET) })],
  ['the secret twice', () => ({ clientState: SECRET + SECRET })],
  ['the hash of the secret', () => ({ clientState: hashOfClientState(SECRET) })],
  ['the secret in base64', () => ({ clientState: Buffer.from(SECRET).toString('base64') })],
  ['the secret in percent signs', () => ({ clientState: encodeURIComponent(`%${SECRET}`) })],
  ['the secret of another subscription', () => ({ clientState: OTHER_SECRET })],
  ['our secret for another subscription', () => ({ subscriptionId: 'Sent' })],
  ['a subscription nobody made', () => ({ subscriptionId: random.guid() })],
  ['an endless subscription id', () => ({ subscriptionId: text(random.between(129, 900)) })],
  ['a subscription id in capitals', () => ({ subscriptionId: 'INBOX' })],
  ['a subscription that has run out', () => ({ subscriptionId: 'Expired' })],
  ['another tenant', () => ({ tenantId: random.guid() })],
  ['two tenants', () => ({ tenantId: [WORKSPACE, BOB] })],
  ['an empty tenant', () => ({ tenantId: '' })],
  ['another mailbox', () => ({ resource: `Users/${random.guid()}/Messages/AAkA` })],
  ['another mailbox, quoted', () => ({ resource: `Users('${BOB}')/Messages('AAkA')` })],
  ['another mailbox by ours', () => ({ resource: `users/${BOB}@${WORKSPACE}/../${ALICE}/x` })],
  ['a resource that is none', () => ({ resource: { path: `Users/${ALICE}` } })],
  ['an event nobody knows', () => ({ lifecycleEvent: text(8) })],
]

describe('ten thousand forged notifications in forty classes', () => {
  let box: TestReceiver
  let server: Awaited<ReturnType<typeof listening>>
  const state = () => box.db.collection('folders').find().sort({ _id: 1 }).toArray()
  const records = () => box.db.collection('subscriptions').find().sort({ _id: 1 }).toArray()
  beforeAll(async () => {
    box = await aReceiver()
    await box.aSubscribedFolder('Inbox')
    await box.aSubscribedFolder('Sent', { clientStateHash: hashOfClientState(OTHER_SECRET) })
    await box.aSubscribedFolder('Expired', { expiresAt: new Date(NOW.getTime() - MINUTE) })
    server = await listening(box)
  })
  afterAll(async () => {
    await server[Symbol.asyncDispose]()
    await box[Symbol.asyncDispose]()
  })

  const post = async (items: Item[]) => {
    const response = await fetch(`${server.url}/notifications`, {
      method: 'POST',
      body: JSON.stringify({ value: items }),
      headers: { 'content-type': 'application/json' },
    })
    const headers = [...response.headers.keys()].sort().join()
    return `${response.status} ${headers} ${await response.text()}`
  }

  it('are forty', () => {
    expect(classes).toHaveLength(40)
  })

  it('are all answered as a genuine one is, and nothing of them is kept', async () => {
    const before = [await state(), await records()]
    const answers = new Set<string>()
    for (const [, forge] of classes) {
      const items = Array.from({ length: 250 }, () => anItem(forge()))
      const alone = items.slice(0, 25).map((item) => [item])
      const batches = Array.from({ length: 9 }, (_, n) => items.slice(25 + n * 25, 50 + n * 25))
      for (const answer of await Promise.all([...alone, ...batches].map(post))) answers.add(answer)
    }
    expect([await state(), await records()]).toEqual(before)
    expect([...answers]).toEqual([await post([anItem()])])
    expect(await state()).not.toEqual(before[0]) // the genuine one rang
  })

  it('are told of in a few alarms, which hold no secret', () => {
    expect(box.alarms.length).toBeGreaterThan(0)
    expect(box.alarms.length).toBeLessThan(10)
    expect(JSON.stringify(box.alarms)).not.toContain(SECRET)
    const reasons = new Set(box.alarms.map(({ reason }) => reason))
    expect(reasons).toEqual(new Set(['forged', 'unknown', 'expired']))
  })
})

describe('ten thousand replays with a leaked secret', () => {
  it('are one owed pass, and an alarm', async () => {
    await using box = await aReceiver()
    const inbox = await box.aSubscribedFolder('Inbox')
    await using server = await listening(box)
    const body = JSON.stringify({ value: Array.from({ length: 100 }, () => anItem()) })
    const headers = { 'content-type': 'application/json' }
    const url = `${server.url}/notifications`
    for (let round = 0; round < 10; round++)
      await Promise.all(
        Array.from({ length: 10 }, () => fetch(url, { method: 'POST', body, headers })),
      )
    await box.clock.advance(MINUTE)
    const { lease, folder } = (await box.queue.claim())!
    expect(folder._id).toBe(inbox)
    await box.queue.finish(lease, new Date('9999-01-01'))
    expect(await box.queue.claim()).toBeNull()
    expect(box.alarms).toEqual([{ subscriptionId: 'Inbox', reason: 'flood', count: 5_000 }])
  })
})
