import { describe, expect, it } from '@jest/globals'
import { mailTime, timeAgo } from '../../ui/mail-time.ts'

const now = new Date('2026-11-21T09:00:00Z')
const berlin = { locale: 'en-GB', timeZone: 'Europe/Berlin' }

describe('the time beside a mail', () => {
  it.each([
    ['2026-11-21T08:05:00Z', '09:05', 'today is the hour'],
    ['2026-11-20T23:30:00Z', '00:30', 'today begins at the reader’s midnight'],
    ['2026-11-20T22:30:00Z', 'Fri 23:30', 'yesterday is a weekday'],
    ['2026-11-10T12:00:00Z', '10 Nov', 'earlier is a date'],
    ['2025-11-10T12:00:00Z', '10 Nov 2025', 'another year is named'],
    ['2026-11-21T12:00:00Z', '13:00', 'later today, by a clock that is ahead'],
    ['2026-11-24T12:00:00Z', '24 Nov', 'the future has no weekday that could mislead'],
  ])('%s is %s: %s', (iso, short) => {
    expect(mailTime(iso, now, berlin).short.replace(',', '')).toBe(short)
  })

  it('says everything in full, with the zone', () => {
    const { full } = mailTime('2026-11-10T12:00:00Z', now, berlin)
    expect(full).toMatch(/10 November 2026.*13:00:00.*(CET|GMT\+1)/)
  })
})

describe('how long ago', () => {
  it.each([
    ['2026-11-21T08:59:31Z', 'just now'],
    ['2026-11-21T08:59:00Z', '1 minute ago'],
    ['2026-11-21T08:00:01Z', '59 minutes ago'],
    ['2026-11-21T08:00:00Z', '1 hour ago'],
    ['2026-11-20T09:00:01Z', '23 hours ago'],
    ['2026-11-19T09:00:00Z', '2 days ago'],
    ['2026-11-21T09:00:30Z', 'just now'],
  ])('%s is %s', (iso, words) => {
    expect(timeAgo(iso, now, 'en')).toBe(words)
  })
})
