import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { changeOf } from '../../../webhook/write-back/decide/change.ts'

const unknown = { isInCrm: true, wasMarked: false, wishedRead: null }
const unread = { isRead: false, categories: [] as string[] }

describe('what is written to a message', () => {
  it('is our category beside those it has, when it is in the CRM', () => {
    const change = changeOf({ ...unread, categories: ['Contracts'] }, unknown)
    expect(change).toEqual({ categories: ['Contracts', 'FlowCRM'] })
  })

  it.each([
    ['bears it already, in whatever case', { ...unread, categories: ['flowcrm'] }, unknown],
    ['bore it, and its people took it off', unread, { ...unknown, wasMarked: true }],
    ['is not in the CRM', unread, { ...unknown, isInCrm: false }],
    [
      'is not in the CRM, and its people put it on themselves',
      { ...unread, categories: ['FlowCRM'] },
      { ...unknown, isInCrm: false },
    ],
    [
      'is as it is wished',
      { ...unread, isRead: true },
      { isInCrm: true, wasMarked: true, wishedRead: true },
    ],
  ])('is nothing when it %s', (_why, now, known) => {
    expect(changeOf(now, known)).toBeNull()
  })

  it('is that our category goes, and no other, when it has left the CRM', () => {
    const now = { ...unread, categories: ['Contracts', 'FlowCRM'] }
    const known = { isInCrm: false, wasMarked: true, wishedRead: null }
    expect(changeOf(now, known)).toEqual({ categories: ['Contracts'] })
  })

  it('is read or unread as its owner wishes, and nothing else of it', () => {
    const known = { isInCrm: true, wasMarked: true, wishedRead: true }
    expect(changeOf(unread, known)).toEqual({ isRead: true })
  })

  it('is never anybody’s other category, and never twice the same', () => {
    const names = fc.array(fc.constantFrom('FlowCRM', 'FLOWCRM', 'Contracts', 'No-CRM', 'Privat'))
    const knowing = fc.record({
      isInCrm: fc.boolean(),
      wasMarked: fc.boolean(),
      wishedRead: fc.constantFrom(true, false, null),
    })
    fc.assert(
      fc.property(fc.boolean(), names, knowing, (isRead, categories, known) => {
        const now = { isRead, categories }
        const after = { ...now, ...changeOf(now, known) }
        const others = (all: string[]) => all.filter((one) => one.toLowerCase() !== 'flowcrm')
        expect(others(after.categories)).toEqual(others(categories))
        const wasMarked = known.isInCrm
        expect(changeOf(after, { ...known, wasMarked })).toBeNull()
      }),
    )
  })
})
