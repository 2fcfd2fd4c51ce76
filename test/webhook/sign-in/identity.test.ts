import { describe, expect, it } from '@jest/globals'
import { identityOf } from '../../../webhook/sign-in/identity.ts'

const HOST = 'https://login.microsoftonline.com'
const ANY = `${HOST}/{tenantid}/v2.0`
const TENANT = '0c0a7050-5e1d-4f3a-9b6e-3d1f00c0a701'
const OTHER = '0fab21ca-7a2b-4c5d-8e9f-10fab21ca302'
const PERSONAL = '9188040d-6c67-4c5b-b112-36a304b66dad'

const alice = {
  iss: `${HOST}/${TENANT}/v2.0`,
  tid: TENANT,
  oid: 'a11ce000-0001-4a11-8ce0-00000000a11c',
  name: 'Alice Archer',
  preferred_username: 'Alice@Contoso.test',
}

describe('who signed in', () => {
  it('is the tenant and the object id; name and address are for display', () => {
    expect(identityOf(alice, ANY)).toEqual({
      workspaceId: TENANT,
      userId: alice.oid,
      displayName: 'Alice Archer',
      address: 'alice@contoso.test',
      roles: ['member'],
    })
  })

  it.each([
    ['the directory role', { wids: ['62e90394-69f5-4237-9190-012177145e10'] }],
    ['the app role', { roles: ['Admin'] }],
  ])('is an administrator by %s', (_, claims) => {
    expect(identityOf({ ...alice, ...claims }, ANY)?.roles).toEqual(['member', 'admin'])
  })

  it.each([
    [['Auditor'], ['auditor']],
    [
      ['Auditor', 'Member'],
      ['member', 'auditor'],
    ],
    [
      ['Auditor', 'Admin'],
      ['member', 'admin', 'auditor'],
    ],
    [['Member'], ['member']],
    [['auditor'], ['member']],
  ])('with the app roles %j has the roles %j', (roles, expected) => {
    expect(identityOf({ ...alice, roles }, ANY)?.roles).toEqual(expected)
  })

  it.each([
    ['another directory role', { wids: ['b79fbf4d-3ef9-4689-8143-76b194e85509'] }],
    ['a role that only sounds like it', { roles: ['admin', 'Administrator'] }],
    ['the words in a name', { name: 'Admin' }],
  ])('is no administrator by %s', (_, claims) => {
    expect(identityOf({ ...alice, ...claims }, ANY)?.roles).toEqual(['member'])
  })

  it.each([
    ['another tenant’s issuer', { iss: `${HOST}/${OTHER}/v2.0` }],
    ['another host', { iss: `https://login.evil.example/${TENANT}/v2.0` }],
    ['the v1 issuer', { iss: `https://sts.windows.net/${TENANT}/` }],
    ['the template itself', { iss: ANY }],
    ['no tenant', { tid: undefined }],
    ['a tenant that is no GUID', { tid: 'contoso.test', iss: `${HOST}/contoso.test/v2.0` }],
    ['no object id', { oid: undefined }],
    ['a personal account', { tid: PERSONAL, iss: `${HOST}/${PERSONAL}/v2.0` }],
  ])('is nobody with %s', (_, claims) => {
    expect(identityOf({ ...alice, ...claims }, ANY)).toBeNull()
  })

  it('is nobody from a tenant that the single tenant’s authority does not name', () => {
    expect(identityOf(alice, `${HOST}/${TENANT}/v2.0`)).not.toBeNull()
    expect(identityOf(alice, `${HOST}/${OTHER}/v2.0`)).toBeNull()
  })
})
