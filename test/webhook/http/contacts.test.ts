import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { contactModel } from '../../../models/contacts/contact.ts'
import type { Contact } from '../../../models/wire/contacts/contact.ts'
import type { Problem } from '../../../models/wire/problem.ts'
import { startWorld, type World } from './support/world.ts'

type SignedIn = Awaited<ReturnType<World['signedIn']>>

let world: World
let alice: SignedIn
let bob: SignedIn
let carol: SignedIn // of another tenant
beforeAll(async () => {
  world = await startWorld()
  alice = await world.signedIn('alice')
  bob = await world.signedIn('bob')
  carol = await world.signedIn('carol')
})
afterAll(() => world[Symbol.asyncDispose]())

const ask = async <T>(
  who: SignedIn,
  [method, path]: [string, string],
  { body, headers = {} }: { body?: unknown; headers?: Record<string, string> } = {},
) => {
  const isText = typeof body === 'string'
  const response = await who.send(method, `/api/v1${path}`, {
    headers: {
      ...{ 'x-csrf-token': who.csrfToken, origin: world.serviceUrl },
      'content-type': isText ? 'text/csv' : 'application/json',
      ...headers,
    },
    ...(body !== undefined && { body: isText ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, etag: response.headers.get('etag'), json: read<T>(text) }
}
const read = <T>(text: string) => (text === '' ? null : JSON.parse(text)) as T

describe('contacts over HTTP', () => {
  it('are created, found by the whole workspace, and by nobody else', async () => {
    const body = { name: 'Dave Miller', addresses: ['Dave@Acme.example'] }
    const made = await ask<Contact>(alice, ['POST', '/contacts'], { body })
    expect(made).toMatchObject({ status: 201, etag: '"1"', json: { name: 'Dave Miller' } })
    const found = await ask(bob, ['GET', '/contacts?q=mill'])
    expect(found.json).toMatchObject({ contacts: [{ id: made.json.id }], nextCursor: null })
    expect((await ask(carol, ['GET', '/contacts'])).json).toEqual({
      contacts: [],
      nextCursor: null,
    })
    const theirs = await ask<Problem>(carol, ['GET', `/contacts/${made.json.id}`])
    const missing = await ask<Problem>(carol, ['GET', '/contacts/nowhere'])
    expect({ ...theirs.json, requestId: '' }).toEqual({ ...missing.json, requestId: '' })
    expect(theirs.status).toBe(404)
  })

  it('are changed and deleted by version', async () => {
    const { json } = await ask<Contact>(alice, ['POST', '/contacts'], { body: { name: 'Eve' } })
    const path = `/contacts/${json.id}`
    const body = { phone: '1' }
    expect(await ask(bob, ['PATCH', path], { body })).toMatchObject({ status: 428 })
    const headers = { 'if-match': '"1"' }
    expect(await ask(bob, ['PATCH', path], { body, headers })).toMatchObject({
      ...{ status: 200, etag: '"2"', json: { phone: '1' } },
    })
    expect(await ask(alice, ['PATCH', path], { body, headers })).toMatchObject({
      ...{ status: 412, json: { code: 'changed-meanwhile' } },
    })
    expect(await ask(alice, ['DELETE', path], { headers })).toMatchObject({ status: 412 })
    const latest = { 'if-match': '"2"' }
    expect(await ask(alice, ['DELETE', path], { headers: latest })).toMatchObject({ status: 204 })
    expect(await ask(alice, ['GET', path])).toMatchObject({ status: 404 })
  })

  it('say whose an address is already, and what is no address', async () => {
    const body = { name: 'One', addresses: ['one@x.example'] }
    const { json } = await ask<Contact>(alice, ['POST', '/contacts'], { body })
    expect(await ask(bob, ['POST', '/contacts'], { body })).toMatchObject({
      status: 409,
      json: {
        code: 'taken',
        fields: [{ path: 'addresses.0', message: expect.stringContaining(json.id) }],
      },
    })
    const wrong = { name: 'Two', addresses: ['two@x.example', 'nonsense'] }
    expect(await ask(bob, ['POST', '/contacts'], { body: wrong })).toMatchObject({
      ...{ status: 400, json: { code: 'invalid-request', fields: [{ path: 'addresses.1' }] } },
    })
  })

  it.each([
    ['workspaceId', 'x'], ['_id', 'x'], ['rev', 9], ['mergedInto', 'x'], ['claimKeys', ['x']],
    ['sealed', {}], ['createdAt', '2026-01-01'], ['took', []], ['$set', {}], ['name.x', 'x'],
  ])('take no field %s', async (field, value) => {
    const body = { name: 'Mallory', [field]: value }
    expect(await ask(alice, ['POST', '/contacts'], { body })).toMatchObject({ status: 400 })
    expect(await contactModel(world.db).countDocuments({ mergedInto: { $ne: null } })).toBe(0)
  }) // prettier-ignore

  it.each([
    '/contacts?limit=0', '/contacts?limit=201', '/contacts?limit=x', '/contacts?cursor=nonsense',
    '/contacts?q[$ne]=1&limit=-1', '/contacts?q=', '/companies?cursor=WzFd', '/suggestions?cursor=e30',
    '/merges?cursor=null', '/contacts?q=a&q=b',
  ])('refuse the question %s', async (path) => {
    expect(await ask(alice, ['GET', path])).toMatchObject({ status: 400 })
  }) // prettier-ignore

  it('come from a file: looked at, read in, and asked how far', async () => {
    const body = 'Name;E-mail\r\nGrace;grace@x.example\r\nHeidi;nonsense\r\n'
    const preview = await ask<{ id: string }>(bob, ['POST', '/contacts/import/preview'], { body })
    expect(preview).toMatchObject({
      ...{ status: 200, json: { rows: 2, counts: { created: 1, failed: 1 } } },
    })
    const result = await ask(bob, ['POST', '/contacts/import'], { body })
    expect(result.json).toMatchObject({ total: 2, done: 2, faults: [{ row: 3, column: 'E-mail' }] })
    const path = `/contacts/import/${preview.json.id}`
    expect((await ask(alice, ['GET', path])).json).toMatchObject({ done: 2 })
    expect(await ask(carol, ['GET', path])).toMatchObject({ status: 404 })
    expect(await ask(bob, ['POST', '/contacts/import'], { body: {} })).toMatchObject({
      status: 400,
    })
    const tooMuch = 'a'.repeat(9 * 1024 * 1024)
    expect(await ask(bob, ['POST', '/contacts/import'], { body: tooMuch })).toMatchObject({
      status: 413,
    })
  })

  it('are merged once by a double click, and are two again', async () => {
    const make = async (name: string) =>
      (await ask<Contact>(alice, ['POST', '/contacts'], { body: { name } })).json.id
    const body = { keptId: await make('Ivan'), absorbedId: await make('Ivan I.') }
    expect((await ask(bob, ['POST', '/merges/preview'], { body })).json).toMatchObject({
      ...{ becomes: { name: 'Ivan' }, emailsMoving: 0 },
    })
    const clicks = await Promise.all(
      [1, 2].map(() => ask<{ id: string }>(alice, ['POST', '/merges'], { body })),
    )
    expect(clicks.map(({ status }) => status)).toEqual([200, 200])
    expect(clicks[0]?.json).toEqual(clicks[1]?.json)
    const { id = '' } = clicks[0]?.json ?? {}
    expect(await ask(carol, ['POST', `/merges/${id}/undo`])).toMatchObject({ status: 404 })
    expect((await ask(bob, ['POST', `/merges/${id}/undo`])).json).toMatchObject({ state: 'undone' })
    expect((await ask(bob, ['GET', '/merges'])).json).toMatchObject({ merges: [{ id }] })
    const self = { keptId: body.keptId, absorbedId: body.keptId }
    expect(await ask(bob, ['POST', '/merges'], { body: self })).toMatchObject({ status: 400 })
  })

  it('have companies, whose domains are theirs alone', async () => {
    const body = { name: 'Contoso', domains: ['Contoso.example', '@contoso.test'] }
    const made = await ask<{ id: string }>(alice, ['POST', '/companies'], { body })
    expect(made.json).toMatchObject({ domains: ['contoso.example', 'contoso.test'] })
    const other = { name: 'Other', domains: ['other.example', 'contoso.test'] }
    expect(await ask(bob, ['POST', '/companies'], { body: other })).toMatchObject({
      ...{ status: 409, json: { fields: [{ path: 'domains.1' }] } },
    })
    const wrong = { name: 'Wrong', domains: ['no domain'] }
    expect(await ask(bob, ['POST', '/companies'], { body: wrong })).toMatchObject({ status: 400 })
    const judy = { name: 'Judy', addresses: ['judy@contoso.test'] }
    expect((await ask(bob, ['POST', '/contacts'], { body: judy })).json).toMatchObject({
      company: { id: made.json.id, name: 'Contoso' },
    })
    expect((await ask(bob, ['GET', '/companies?q=cont'])).json).toMatchObject({
      companies: [{ id: made.json.id }],
    })
  })
})
