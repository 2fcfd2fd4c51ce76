import { describe, expect, it } from '@jest/globals'
import { ADA, startWorld } from '../graph/support/world.ts'
import { workOf } from '../../support/work-of.ts'
import { bombs, relatives } from './bombs.ts'

/** A release lets off all of them; here those of the row. */
const all = process.env['BOMBS'] === 'all' ? { ...bombs, ...relatives } : bombs

describe('a mail made to cost more than it weighs (reliability F6)', () => {
  it.each(Object.entries(all))('%s: is read within two seconds', async (subject, made) => {
    const mime = made(subject)
    const { mailboxes, get } = startWorld()
    const [{ defaultId }, work] = await workOf(() => mailboxes.deliver(ADA, { mime }))
    expect(work).toBeLessThan(2_000)
    const message = await get(`/me/messages/${defaultId}?$select=subject,body,toRecipients`)
    expect(message.body).toMatchObject({ subject, body: { contentType: 'html' } })
    const list = await get(`/me/messages/${defaultId}/attachments?$select=name,size`)
    for (const { id } of list.body.value.slice(0, 3))
      expect((await get(`/me/messages/${defaultId}/attachments/${id}/$value`)).status).toBe(200)
  })

  it('that cannot be taken apart is shown as the text it is', async () => {
    const { mailboxes, get } = startWorld()
    const mime = bombs['3,000 nested multiparts']!('Deep')
    const { defaultId } = await mailboxes.deliver(ADA, { mime })
    const { body } = await get(`/me/messages/${defaultId}`)
    expect(body.body?.content).toContain('Good morning.')
    expect(body).toMatchObject({ subject: 'Deep', hasAttachments: false })
  })
})
