import { BrowserAuthError, InteractionRequiredAuthError } from '@azure/msal-browser'
import { describe, expect, it } from '@jest/globals'
import { SignInError, toSignInError } from '../../../addin/auth/refusal.ts'

describe('a sign-in that did not happen', () => {
  it.each([
    ['popup_window_error', 'popup-blocked'],
    ['empty_window_error', 'popup-blocked'],
    ['user_cancelled', 'sign-in-cancelled'],
    ['timed_out', 'sign-in-timed-out'],
    ['no_network_connectivity', 'sign-in-unreachable'],
    ['crypto_nonexistent', 'sign-in-refused'],
  ])("turns MSAL's %s into %s", (errorCode, code) => {
    const error = toSignInError(new BrowserAuthError(errorCode, 'correlation-7'))
    expect(error).toMatchObject({ name: 'SignInError', code, requestId: 'correlation-7' })
    expect(error.detail).toMatch(/\.$/)
  })

  const numbered = (number: string) =>
    new InteractionRequiredAuthError('invalid_grant', 'c', 'words', '', '', '', '', number)

  it.each([
    ['65001', 'consent-missing'],
    ['65004', 'consent-missing'],
    ['90094', 'approval-needed'],
    ['90095', 'approval-needed'],
  ])("tells by Entra's %s who has to agree", (number, code) => {
    expect(toSignInError(numbered(number)).code).toBe(code)
  })

  it("knows missing consent by Entra's name", () => {
    expect(toSignInError(new InteractionRequiredAuthError('consent_required', 'c')).code).toBe(
      'consent-missing',
    )
  })

  it('lets what is ours pass, and takes anything else as refused', () => {
    const ours = new SignInError('popup-blocked')
    expect(toSignInError(ours)).toBe(ours)
    expect(toSignInError('text')).toMatchObject({ code: 'sign-in-refused', requestId: null })
  })

  it('never repeats what was thrown, which may hold a token', () => {
    const error = toSignInError(new BrowserAuthError('post_request_failed', 'c', 'secret-token'))
    expect(JSON.stringify({ ...error, message: error.message, stack: error.stack })).not.toContain(
      'secret-token',
    )
  })
})
