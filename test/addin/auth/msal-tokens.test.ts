/** @jest-environment jsdom */
import { describe, expect, it } from '@jest/globals'
import { webcrypto } from 'node:crypto'
import { createMsalTokens } from '../../../addin/auth/msal-tokens.ts'

Object.defineProperty(window, 'crypto', { value: webcrypto })

const settings = {
  apiUrl: 'http://localhost:3000',
  clientId: '2f7a2bb2-6a55-4f0b-9c3e-0d3a0e9b5c11',
  scope: 'api://flowcrm/access_as_user',
  authority: 'https://login.sandbox.test/11111111-1111-4111-8111-111111111111',
  knownAuthorities: ['login.sandbox.test'],
}

describe('tokens by MSAL', () => {
  it('asks nobody when nobody has signed in yet', async () => {
    const tokens = await createMsalTokens({
      settings,
      nested: false,
      mailboxAddress: 'alice@contoso.test',
    })
    await expect(tokens.silent()).resolves.toBeNull()
  })
})
