import { describe, expect, it } from '@jest/globals'
import { segmentsOf, withoutMe } from '../../../../sandbox/graph/http/path.ts'
import { RouteTable } from '../../../../sandbox/graph/http/route-table.ts'
import type { Route } from '../../../../sandbox/graph/http/route.ts'

describe('the path of a request', () => {
  it.each([
    ["/me/mailFolders('inbox')/messages", ['me', 'mailFolders', 'inbox', 'messages']],
    ['me/mailFolders/inbox/messages', ['me', 'mailFolders', 'inbox', 'messages']],
    ["/users('a@b.test')/messages('AAk%3D')", ['users', 'a@b.test', 'messages', 'AAk=']],
    ["/users/o''x('it''s')", ['users', "o''x", "it's"]],
    ['//users//a%2Fb/messages', ['users', 'a/b', 'messages']],
    ['/me/mailFolders/inbox/messages/delta()', ['me', 'mailFolders', 'inbox', 'messages', 'delta']],
    ['/me/messages/AAM=/$value', ['me', 'messages', 'AAM=', '$value']],
  ])('%s is read as %j (graph-contract 1.3)', (path, segments) => {
    expect(segmentsOf(path)).toEqual(segments)
  })

  it('is refused when its encoding is broken', () => {
    expect(() => segmentsOf('/users/%zz')).toThrow('not valid')
  })

  it('names the caller where it says me, which an app on its own is not', () => {
    expect(withoutMe(['ME', 'messages'], 'alice')).toEqual(['users', 'alice', 'messages'])
    expect(() => withoutMe(['me'], undefined)).toThrow('delegated')
  })
})

describe('the table of routes', () => {
  const route = (method: Route['method'], pattern: string): Route => ({
    method,
    pattern,
    permissions: [],
    handle: () => ({ status: 200 }),
  })
  const table = new RouteTable([
    route('GET', 'users/:user/messages/:message'),
    route('GET', 'users/:user/messages/delta'),
    route('POST', 'users/:user/sendMail'),
  ])

  it('prefers the fixed word to the parameter, in any case', () => {
    expect(table.find('GET', ['Users', 'x', 'MESSAGES', 'Delta'])).toMatchObject({
      route: { pattern: 'users/:user/messages/delta' },
      params: { user: 'x' },
    })
  })

  it('hands parameters over as they are, ids keep their case', () => {
    expect(table.find('GET', ['users', 'x', 'messages', 'AAb'])).toMatchObject({
      params: { user: 'x', message: 'AAb' },
    })
  })

  it('tells an unknown path from a wrong method', () => {
    expect(table.find('GET', ['users', 'x', 'sendMail'])).toBe('wrong-method')
    expect(table.find('GET', ['users', 'x'])).toBe('unknown')
  })
})
