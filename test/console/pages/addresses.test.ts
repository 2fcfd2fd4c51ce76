import { describe, expect, it } from '@jest/globals'
import { addresses, readRoute } from '../../../console/router/route.ts'

describe('the addresses of the console', () => {
  it.each([
    [addresses.inbox, { page: 'inbox', emailId: null }],
    [addresses.email('e/1?'), { page: 'inbox', emailId: 'e/1?' }],
    [addresses.contacts, { page: 'contacts' }],
    [addresses.contact('c/1'), { page: 'contact', contactId: 'c/1', tab: 'emails' }],
    [addresses.contact('c 1', 'notes'), { page: 'contact', contactId: 'c 1', tab: 'notes' }],
    [addresses.mailboxes, { page: 'mailboxes' }],
    [addresses.review, { page: 'review' }],
    [addresses.rules, { page: 'rules', mailboxId: null }],
    [addresses.mailboxRules('m/1'), { page: 'rules', mailboxId: 'm/1' }],
    [addresses.compliance(), { page: 'compliance', tab: 'audit' }],
    [addresses.compliance('people'), { page: 'compliance', tab: 'people' }],
    [addresses.explain, { page: 'explain', emailId: null }],
    [addresses.whyIsItHere('e&1'), { page: 'explain', emailId: 'e&1' }],
  ])('lead to what they are for: %s', (address, route) => {
    expect(readRoute(address)).toEqual(route)
  })

  it.each(['/nowhere', '/contacts/c-1/more', '/mailboxes/m-1', '/toString'])(
    'name no page that is not there: %s',
    (address) => expect(readRoute(address)).toEqual({ page: 'unknown' }),
  )

  it('are read when somebody wrote them by hand', () => {
    expect(readRoute('/contacts/')).toEqual({ page: 'contacts' })
    expect(readRoute('/contacts/100%?tab=nothing')).toEqual({
      ...{ page: 'contact', contactId: '100%', tab: 'emails' },
    })
  })
})
