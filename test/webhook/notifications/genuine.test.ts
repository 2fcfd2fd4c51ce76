import { describe, expect, it } from '@jest/globals'
import { isGenuine } from '../../../webhook/notifications/genuine.ts'
import { Notification, NotificationBatch } from '../../../webhook/notifications/schema.ts'
import { hashOfClientState } from '../../../webhook/subscriptions/secret.ts'
import { ALICE, aSubscription, BOB, WORKSPACE } from '../../support/builders.ts'

const SECRET = 'Zq3-secret_Ab'
const subscription = aSubscription({ clientStateHash: hashOfClientState(SECRET) })
const item = (over: Record<string, unknown> = {}) => ({
  subscriptionId: 'subscription-1',
  clientState: SECRET,
  changeType: 'created',
  tenantId: WORKSPACE,
  resource: `Users/${ALICE}/Messages/AAkA`,
  ...over,
})

/** As the receiver does: what cannot be read is not genuine either. */
const isTaken = (given: unknown): boolean => {
  const parsed = Notification.safeParse(given)
  return parsed.success && isGenuine(parsed.data, subscription)
}

describe('a notification of our subscription is taken', () => {
  it.each([
    ['as Graph sends it', item()],
    ['with the resource quoted', item({ resource: `Users('${ALICE}')/Messages('AAkA')` })],
    [
      'with the tenant in the resource',
      item({ resource: `users/${ALICE}@${WORKSPACE}/messages/AAkA` }),
    ],
    ['with a slash before the resource', item({ resource: `/users/${ALICE}/messages/AAkA` })],
    [
      'with ids in capitals',
      item({ resource: `Users/${ALICE.toUpperCase()}/x`, tenantId: WORKSPACE.toUpperCase() }),
    ],
    ['without a tenant', item({ tenantId: undefined })],
    [
      'without a resource, as a lifecycle event',
      item({ resource: undefined, lifecycleEvent: 'missed' }),
    ],
    [
      'with more than we know of',
      item({ id: 'x', resourceData: { id: 'AAkA' }, encryptedContent: null }),
    ],
  ])('%s', (_how, given) => {
    expect(isTaken(given)).toBe(true)
  })
})

describe('a forged notification is refused', () => {
  it.each([
    ['without a secret', undefined],
    ['with null for a secret', null],
    ['with an empty secret', ''],
    ['with a number', 7],
    ['with true', true],
    ['with the secret in a list', [SECRET]],
    ['with the secret in an object', { $eq: SECRET }],
    ['with a query for a secret', { $ne: '' }],
    ['with the beginning of the secret', SECRET.slice(0, -1)],
    ['with the end of the secret', SECRET.slice(1)],
    ['with more after the secret', `${SECRET}x`],
    ['with more before the secret', `x${SECRET}`],
    ['with space around the secret', ` ${SECRET} `],
    ['with an end of line', `${SECRET}\n`],
    ['with a zero byte', `${SECRET}\0`],
    ['with the secret in capitals', SECRET.toUpperCase()],
    ['with a look-alike letter', SECRET.replace('e', 'е')],
    ['with the secret twice', SECRET + SECRET],
    ['with the hash for the secret', hashOfClientState(SECRET)],
    ['with 129 characters', 'x'.repeat(129)],
    ['with a megabyte', 'x'.repeat(1_000_000)],
    ['with the secret of another subscription', 'another-secret'],
  ])('%s', (_how, clientState) => {
    expect(isTaken(item({ clientState }))).toBe(false)
  })

  it.each([
    ['of another tenant', { tenantId: BOB }],
    ['of an empty tenant', { tenantId: '' }],
    ['of two tenants', { tenantId: [WORKSPACE] }],
    ['about another mailbox', { resource: `Users/${BOB}/Messages/AAkA` }],
    ['about another mailbox, in small letters', { resource: `users/${BOB}/messages/AAkA` }],
    [
      'about another mailbox with its tenant',
      { resource: `users/${BOB}@${WORKSPACE}/messages/AAkA` },
    ],
    ['about another mailbox, quoted', { resource: `Users('${BOB}')/Messages('AAkA')` }],
    ['about a mailbox that begins like ours', { resource: `Users/${ALICE}0/Messages/AAkA` }],
    [
      'about a mailbox that ours begins like',
      { resource: `Users/${ALICE.slice(0, -1)}/Messages/AAkA` },
    ],
    ['about our mailbox by the way', { resource: `Users/${BOB}/../${ALICE}/Messages/AAkA` }],
    ['about a resource that is none', { resource: { $ne: '' } }],
    ['of an event nobody knows', { lifecycleEvent: 'takeOver' }],
    ['without a subscription', { subscriptionId: undefined }],
    ['with a list of subscriptions', { subscriptionId: ['subscription-1'] }],
    ['with an endless subscription id', { subscriptionId: 'x'.repeat(129) }],
  ])('%s', (_how, over) => {
    expect(isTaken(item(over))).toBe(false)
  })

  it('as any letter of the secret is another one', () => {
    for (let at = 0; at < SECRET.length; at++) {
      const guess = `${SECRET.slice(0, at)}#${SECRET.slice(at + 1)}`
      expect(isTaken(item({ clientState: guess }))).toBe(false)
    }
  })

  it.each([[null], ['text'], [7], [[]], [{}], [[item()]]])('when it is no item: %j', (given) => {
    expect(isTaken(given)).toBe(false)
  })
})

describe('a batch', () => {
  it.each([
    [{ value: [item()] }, true],
    [{ value: [null] }, true],
    [{ value: Array.from({ length: 5_000 }, () => 1) }, true],
    [{ value: Array.from({ length: 5_001 }, () => 1) }, false],
    [{ value: [] }, false],
    [{ value: item() }, false],
    [{}, false],
    [[item()], false],
    [null, false],
  ])('%# is one or is not', (given, isOne) => {
    expect(NotificationBatch.safeParse(given).success).toBe(isOne)
  })
})
