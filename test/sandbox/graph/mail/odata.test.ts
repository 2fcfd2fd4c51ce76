import { beforeAll, describe, expect, it } from '@jest/globals'
import { aMail, aMultipart, filePart, textPart } from '../support/mail.ts'
import { ADA, startWorld, type World } from '../support/world.ts'

const STAMP = 'String {66f5a359-4659-4830-9070-00047ec6ac6e} Name Stamp'

describe('lists with OData options (graph-contract 4.1, 4.4)', () => {
  let world: World
  beforeAll(async () => {
    world = startWorld()
    const hour = (number: number) => new Date(`2026-11-20T0${number}:00:00Z`)
    const mails = [
      {
        mime: aMail({ id: 'a@x', subject: "Ada's offer", from: 'Grace <grace@customer.test>' }),
        receivedAt: hour(1),
        isRead: true,
      },
      {
        mime: aMail({ id: 'b@x', subject: 'Invoice 7', from: 'Linus <linus@vendor.test>' }),
        receivedAt: hour(2),
        categories: ['Red', 'Blue'],
      },
      {
        mime: () => aMultipart([textPart('x'), filePart('a.pdf', 'x')]),
        receivedAt: hour(3),
        isFlagged: true,
      },
      {
        mime: aMail({ id: 'd@x', subject: 'invoice 8', headers: ['Importance: high'] }),
        receivedAt: hour(4),
      },
    ]
    const refs = await world.mailboxes.deliverMany(ADA, mails)
    await world.patch(`/me/messages/${refs[0]!.defaultId}`, {
      singleValueExtendedProperties: [{ id: STAMP, value: 'Case-17' }],
    })
  })

  const list = async (query: Record<string, string>) =>
    world.get(`/me/mailFolders('inbox')/messages?${new URLSearchParams(query).toString()}`)
  const subjects = async (query: Record<string, string>) =>
    (await list(query)).body.value.map(({ subject }) => subject)

  it.each([
    ['isRead eq true', ["Ada's offer"]],
    ['isRead ne true and isDraft eq false', ['invoice 8', 'Parts', 'Invoice 7']],
    ['not (isRead eq false)', ["Ada's offer"]],
    ['receivedDateTime ge 2026-11-20T03:00:00Z', ['invoice 8', 'Parts']],
    ['receivedDateTime gt 2026-11-20T03:00:00Z', ['invoice 8']],
    [
      'receivedDateTime lt 2026-11-20T02:00:00Z or receivedDateTime le 2026-11-20T01:00:00Z',
      ["Ada's offer"],
    ],
    ['hasAttachments eq true', ['Parts']],
    ["internetMessageId eq '<b@x>'", ['Invoice 7']],
    ["subject eq 'Ada''s offer'", ["Ada's offer"]],
    ["contains(subject, 'VOICE')", ['invoice 8', 'Invoice 7']],
    ["startswith(subject,'Ada') eq true", ["Ada's offer"]],
    ["endswith(subject, '7') and from/emailAddress/address eq 'LINUS@vendor.test'", ['Invoice 7']],
    ["categories/any(c:c eq 'red')", ['Invoice 7']],
    ["categories/any(tag: tag eq 'Green')", []],
    ["importance eq 'high'", ['invoice 8']],
    ["flag/flagStatus eq 'flagged'", ['Parts']],
    [
      `singleValueExtendedProperties/Any(ep: ep/id eq '${STAMP}' and ep/value eq 'case-17')`,
      ["Ada's offer"],
    ],
    [
      `singleValueExtendedProperties/any(p:p/id eq '${STAMP}' and startswith(p/value,'Case'))`,
      ["Ada's offer"],
    ],
    [
      `singleValueExtendedProperties/any(p:p/id eq '${STAMP.replace('Stamp', 'stamp')}' and p/value eq 'Case-17')`,
      [],
    ],
  ])('finds by %s', async ($filter, expected) => {
    expect(await subjects({ $filter })).toEqual(expected)
  })

  it.each([
    'isRead',
    'isRead eq',
    'isRead eq true and',
    '(isRead eq true',
    "isRead eq 'true'",
    'isRead eq maybe',
    'receivedDateTime ge yesterday',
    "contains(isRead, 'x')",
    "toRecipients/any(r: r/emailAddress/address eq 'x')",
    "bodyPreview eq 'x'",
    "body/content eq 'x'",
    'isRead has true',
    "subject eq 'open",
    "singleValueExtendedProperties/any(p: p/value eq 'x')",
    "categories/all(c: c eq 'x')",
  ])('refuses the filter %s', async ($filter) => {
    expect(await list({ $filter })).toMatchObject({ status: 400 })
  })

  it('refuses options it would otherwise ignore', async () => {
    for (const option of ['$search', '$skiptoken', '$apply', '$selct']) {
      expect({ option, ...(await list({ [option]: 'x' })) }).toMatchObject({ option, status: 400 })
    }
    expect(await list({ $select: 'subjet' })).toMatchObject({ status: 400 })
    expect(await list({ $expand: 'sender' })).toMatchObject({ status: 400 })
    for (const $top of ['0', '1001', '-1', 'x'])
      expect(await list({ $top })).toMatchObject({ status: 400 })
  })

  it('orders, but only by what is filtered first', async () => {
    expect(await subjects({ $orderby: 'receivedDateTime' })).toEqual([
      "Ada's offer",
      'Invoice 7',
      'Parts',
      'invoice 8',
    ])
    expect(await subjects({ $orderby: 'subject desc' })).toEqual([
      'Parts',
      'invoice 8',
      'Invoice 7',
      "Ada's offer",
    ])
    const $filter = 'receivedDateTime ge 2026-11-20T02:00:00Z and isRead eq false'
    expect(await subjects({ $filter, $orderby: 'receivedDateTime asc' })).toEqual([
      'Invoice 7',
      'Parts',
      'invoice 8',
    ])
    expect(
      await list({ $filter: 'isRead eq false', $orderby: 'receivedDateTime desc' }),
    ).toMatchObject({
      status: 400,
      body: {
        error: {
          code: 'InefficientFilter',
          message: 'The restriction or sort order is too complex for this operation.',
        },
      },
    })
  })

  it('pages by nextLink, with the query kept and the count told on request', async () => {
    const first = await list({
      $top: '3',
      $count: 'true',
      $select: 'subject',
      $filter: 'isDraft eq false',
    })
    expect(first.body).toMatchObject({ '@odata.count': 4 })
    expect(first.body.value).toHaveLength(3)
    const second = await world.get(first.body['@odata.nextLink']!)
    expect(second.body.value.map((line) => Object.keys(line).sort())).toEqual([
      ['@odata.etag', 'id', 'subject'],
    ])
    expect(second.body['@odata.nextLink']).toBeUndefined()
    expect(await subjects({ $top: '1', $skip: '1' })).toEqual(['Parts'])
  })

  it('gives ten to a page, or as many as odata.maxpagesize says', async () => {
    const crowded = startWorld()
    const mails = Array.from({ length: 12 }, (_, index) => ({ mime: aMail({ id: `${index}@x` }) }))
    await crowded.mailboxes.deliverMany(ADA, mails)
    expect((await crowded.get('/me/messages')).body.value).toHaveLength(10)
    const wide = await crowded.get('/me/messages', { headers: { prefer: 'odata.maxpagesize=11' } })
    expect(wide.body.value).toHaveLength(11)
    expect(wide.headers['preference-applied']).toBe('odata.maxpagesize=11')
  })
})
