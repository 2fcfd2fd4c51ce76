/** @jest-environment jsdom */
import { beforeEach, describe, expect, it } from '@jest/globals'
import { rememberedAccount } from '../../../addin/auth/remembered-account.ts'

beforeEach(() => sessionStorage.clear())

describe('the account that signed in', () => {
  it('is remembered for its mailbox, however the address is written', () => {
    rememberedAccount(sessionStorage, 'Alice@Contoso.test').set('u.t')
    expect(rememberedAccount(sessionStorage, 'alice@contoso.test').get()).toBe('u.t')
  })

  it("is not used in somebody else's mailbox", () => {
    rememberedAccount(sessionStorage, 'alice@contoso.test').set('u.t')
    expect(rememberedAccount(sessionStorage, 'bob@contoso.test').get()).toBeNull()
  })
})
