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

  it("knows missing consent by Entra's number and by its name", () => {
    const numbered = new InteractionRequiredAuthError(
      'invalid_grant',
      'c',
      'words',
      '',
      '',
      '',
      '',
      '65001',
    )
    expect(toSignInError(numbered).code).toBe('consent-missing')
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
