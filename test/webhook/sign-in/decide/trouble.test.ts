import { describe, expect, it } from '@jest/globals'
import { ProviderError } from '../../../../webhook/errors.ts'
import {
  actionOn,
  statusFor,
  troubleOf,
  type Refusal,
} from '../../../../webhook/sign-in/decide/trouble.ts'

const refusal = (over: Partial<Refusal>): Refusal => ({
  ...{ number: '', word: '', subWord: '', needsInteraction: false },
  ...over,
})

describe('who must act on a refusal', () => {
  it.each<[string, Partial<Refusal>, string]>([
    ['a number we know beats every word', { number: '53003', word: 'invalid_grant' }, 'policy'],
    [
      'an unknown number is judged by its word',
      { number: '1', word: 'invalid_grant' },
      'reconnect',
    ],
    [
      'the finer word beats the coarser',
      { word: 'invalid_grant', subWord: 'consent_required' },
      'consent',
    ],
    ['a wrong secret is the operator’s', { word: 'invalid_client' }, 'operator'],
    ['MSAL’s judgement comes last', { word: 'new_word', needsInteraction: true }, 'reconnect'],
    ['what nobody knows passes', { word: 'server_error' }, 'wait'],
    ['silence passes', {}, 'wait'],
  ])('%s', (_rule, over, action) => {
    expect(actionOn(refusal(over))).toBe(action)
  })
})

describe('what a failed call says about the mailbox', () => {
  const error = (code: ProviderError['code'], providerCode?: string) =>
    new ProviderError(code, 'later', 'no', providerCode ? { providerCode } : {})

  it.each<[ProviderError['code'], string, string]>([
    ['reconnect-needed', 'reconnect', 'reconnect-needed'],
    ['consent-needed', 'consent', 'reconnect-needed'],
    ['admin-consent-needed', 'admin', 'blocked'],
    ['policy-blocked', 'policy', 'blocked'],
    ['operator-needed', 'operator', 'blocked'],
    ['access-denied', 'admin', 'blocked'],
    ['mailbox-unavailable', 'admin', 'blocked'],
  ])('%s: %s must act, and it is %s', (code, action, status) => {
    const trouble = troubleOf(error(code, 'TheirCode'))
    expect(trouble).toEqual({ action, code: 'TheirCode' })
    expect(statusFor(trouble!.action)).toBe(status)
    expect(troubleOf(error(code))).toEqual({ action, code })
  })

  it.each<ProviderError['code']>([
    'provider-unavailable',
    'throttled',
    'cursor-expired',
    'item-not-found',
    'conflict',
    'unexpected-answer',
  ])('%s: nothing', (code) => {
    expect(troubleOf(error(code))).toBeNull()
  })
})
