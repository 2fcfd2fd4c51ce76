import { describe, expect, it } from '@jest/globals'
import { lagOf } from '../../../webhook/support/lag.ts'
import { lastAnnounced, type RecentAccount } from '../../../webhook/support/recent-accounts.ts'
import { settingNames } from '../../../webhook/support/setting-names.ts'

const at = (minute: number) => new Date(Date.UTC(2026, 10, 20, 9, minute))

const account = (minute: number, over: Partial<RecentAccount> = {}): RecentAccount => ({
  ...{ folderId: 'f', receivedAt: at(minute), delay: null, history: [] },
  ...over,
})

const seen = (minute: number, via: 'notification' | 'delta') => ({
  ...{ at: at(minute), kind: 'seen' as const, via, reason: null, ruleVersion: null },
  folderId: 'f',
})

describe('how late new mail was', () => {
  it('is told by values that were: half, and 19 of 20, took no longer', () => {
    const accounts = Array.from({ length: 20 }, (_, index) =>
      account(index, { delay: { providerMs: (index + 1) * 100, oursMs: index + 1 } }),
    )
    expect(lagOf([...accounts, account(30)])).toEqual({
      ...{ messages: 20, since: at(0).toISOString() },
      provider: { p50Ms: 1_000, p95Ms: 1_900 },
      ours: { p50Ms: 10, p95Ms: 19 },
    })
  })

  it('is one value for one message, and nothing where nothing is known', () => {
    const one = account(1, { delay: { providerMs: 7, oursMs: 3 } })
    expect(lagOf([one])).toMatchObject({ provider: { p50Ms: 7, p95Ms: 7 } })
    expect(lagOf([account(1)])).toBeNull()
  })
})

describe('when a mail was last announced', () => {
  it('is the latest notification, whatever was asked for since', () => {
    const accounts = [
      account(1, { history: [seen(2, 'notification')] }),
      account(3, { history: [seen(9, 'delta')] }),
    ]
    expect(lastAnnounced(accounts)).toEqual(at(2))
    expect(lastAnnounced([account(3, { history: [seen(9, 'delta')] })])).toBeNull()
  })
})

describe('the names of settings', () => {
  it('are all there is: no value, and nothing of what is inside a secret', () => {
    const config = { graphUrl: 'value-1', sync: { pollMs: 4242, at: new Date(0) }, sandbox: null }
    const secrets = {
      rootKey: Buffer.from('value-2'),
      oldRootKey: null,
      clientCredential: { secret: 'value-3' },
    }
    const names = settingNames({ config, secrets } as never)
    expect(names).toEqual({
      set: ['graphUrl', 'secrets.clientCredential', 'secrets.rootKey', 'sync.at', 'sync.pollMs'],
      notSet: ['sandbox', 'secrets.oldRootKey'],
    })
  })
})
