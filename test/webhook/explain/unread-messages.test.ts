import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { anExplainer, type AnExplainer } from './an-explainer.ts'

let desk: AnExplainer
let stores: AnExplainer['stores']
let explain: AnExplainer['explain']
let account: AnExplainer['account']
let deliver: AnExplainer['deliver']
beforeEach(async () => {
  desk = await anExplainer()
  ;({ stores, explain, account, deliver } = desk)
})
afterEach(() => desk[Symbol.asyncDispose]())

describe('a message', () => {
  it.each(['malformed', 'poison'])(
    'that could not be read (%s) has an account by its id alone, and is found by everything else',
    async (reason) => {
      const { immutableId } = await deliver('inbox')
      const unread = { messageIdKey: null, senderKey: null, receivedAt: null, emailId: null }
      await account({ messageId: immutableId, state: 'failed', reason, ...unread })
      const around = stores.clock.now().toISOString()
      for (const question of [
        { internetMessageId: '<Offer@customer.example>' },
        { from: 'carol@customer.example', around, withinMinutes: 5 },
      ])
        expect(await explain(question)).toMatchObject({
          ...{ answer: 'accounted', found: [] },
          accounts: [{ messageId: immutableId, state: 'failed', reason }],
        })
    },
  )

  it('is known by its immutable id when it was asked for by another id of it', async () => {
    const { immutableId, defaultId } = await deliver('inbox')
    await account({ messageId: immutableId })
    expect(await explain({ messageId: defaultId })).toMatchObject({
      ...{ answer: 'accounted', found: [], accounts: [{ messageId: immutableId }] },
    })
  })
})
