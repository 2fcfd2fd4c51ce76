import { expect, it } from '@jest/globals'
import { secondsLeft } from '../../../webhook/crm/time-left.ts'
import { MINUTE } from '../../../webhook/duration.ts'
import { NOW } from '../../support/builders.ts'

const startedAt = new Date(NOW.getTime() - MINUTE)
const first = { done: 250, total: 1_000, startedAt, finishedAt: null }

it.each([
  ['at the pace so far', first, 180],
  ['at least one second', { ...first, done: 999, total: 1_000 }, 1],
  ['unknown before it began', { ...first, startedAt: null }, null],
  ['unknown while hardly anything is read', { ...first, done: 9 }, null],
  ['nothing once it is over', { ...first, finishedAt: NOW }, null],
  ['nothing when there is more than was counted', { ...first, done: 1_000 }, null],
])('the time left is %s', (_what, backfill, expected) => {
  expect(secondsLeft(backfill, NOW)).toBe(expected)
})
