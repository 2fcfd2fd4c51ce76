import { describe, expect, it } from '@jest/globals'
import type { Document } from 'mongodb'
import { conforming } from '../../peers/known-faults.ts'
import { errorOf, useDatabase } from './connect.ts'

const { collection } = useDatabase()

const MAILS: Document[] = [
  { _id: 1, box: 'a', size: 10, to: ['x', 'y'], at: new Date('2026-11-01T10:00:00Z') },
  { _id: 2, box: 'b', size: 20, to: [], at: new Date('2026-11-02T10:00:00Z') },
  { _id: 3, box: 'a', size: 30, to: ['x'], at: new Date('2026-11-02T12:00:00Z') },
  { _id: 4, box: null, size: 40 },
]

async function run(pipeline: Document[]): Promise<Document[]> {
  return (await collection(MAILS)).aggregate(pipeline).toArray()
}

describe('a pipeline', () => {
  const byId = { $sort: { _id: 1 } } as const
  const cases: [string, Document[], Document[]][] = [
    [
      '$match, $sort, $skip, $limit',
      [
        { $match: { size: { $gte: 20 } } },
        { $sort: { size: -1 } },
        { $skip: 1 },
        { $limit: 1 },
        { $project: { size: 1 } },
      ],
      [{ _id: 3, size: 30 }],
    ],
    [
      '$group by a field, missing counts as null',
      [
        {
          $group: {
            _id: '$box',
            n: { $sum: 1 },
            total: { $sum: '$size' },
            most: { $max: '$size' },
            least: { $min: '$size' },
            mean: { $avg: '$size' },
          },
        },
        byId,
      ],
      [
        { _id: null, n: 1, total: 40, most: 40, least: 40, mean: 40 },
        { _id: 'a', n: 2, total: 40, most: 30, least: 10, mean: 20 },
        { _id: 'b', n: 1, total: 20, most: 20, least: 20, mean: 20 },
      ],
    ],
    [
      '$group of all',
      [
        {
          $group: {
            _id: null,
            ids: { $push: '$_id' },
            first: { $first: '$_id' },
            last: { $last: '$_id' },
          },
        },
      ],
      [{ _id: null, ids: [1, 2, 3, 4], first: 1, last: 4 }],
    ],
    [
      '$group by day',
      [
        { $match: { box: { $ne: null } } },
        { $group: { _id: { $dateToString: { format: '%Y-%m-%d', date: '$at' } }, n: { $sum: 1 } } },
        byId,
      ],
      [
        { _id: '2026-11-01', n: 1 },
        { _id: '2026-11-02', n: 2 },
      ],
    ],
    [
      '$unwind',
      [{ $unwind: '$to' }, { $project: { to: 1 } }],
      [
        { _id: 1, to: 'x' },
        { _id: 1, to: 'y' },
        { _id: 3, to: 'x' },
      ],
    ],
    [
      '$unwind that keeps the empty',
      [
        { $unwind: { path: '$to', preserveNullAndEmptyArrays: true } },
        { $match: { _id: { $in: [2, 4] } } },
        { $project: { to: 1 } },
      ],
      [{ _id: 2 }, { _id: 4 }],
    ],
    [
      '$project with expressions',
      [
        { $match: { _id: 3 } },
        {
          $project: {
            _id: 0,
            half: { $divide: ['$size', 2] },
            first: { $arrayElemAt: ['$to', 0] },
            kind: { $cond: [{ $gte: ['$size', 30] }, 'big', 'small'] },
            name: { $concat: ['<', '$box', '>'] },
            count: { $size: '$to' },
          },
        },
      ],
      [{ half: 15, first: 'x', kind: 'big', name: '<a>', count: 1 }],
    ],
    [
      '$addFields and $unset',
      [
        { $match: { _id: 1 } },
        { $addFields: { 'more.n': { $add: ['$size', 1] }, box: '$$REMOVE' } },
        { $unset: ['to', 'at'] },
      ],
      [{ _id: 1, size: 10, more: { n: 11 } }],
    ],
    [
      '$replaceRoot',
      [{ $match: { _id: 1 } }, { $replaceRoot: { newRoot: { id: '$_id', box: '$box' } } }],
      [{ id: 1, box: 'a' }],
    ],
    [
      '$ifNull, $switch and $in',
      [
        { $match: { _id: 4 } },
        {
          $project: {
            box: { $ifNull: ['$box', 'none'] },
            to: { $ifNull: ['$to', []] },
            size: {
              $switch: {
                branches: [{ case: { $in: ['$size', [40, 50]] }, then: 'known' }],
                default: 'other',
              },
            },
          },
        },
      ],
      [{ _id: 4, box: 'none', to: [], size: 'known' }],
    ],
    [
      '$filter and $map',
      [
        { $match: { _id: 1 } },
        {
          $project: {
            to: {
              $map: {
                input: { $filter: { input: '$to', as: 't', cond: { $ne: ['$$t', 'x'] } } },
                as: 't',
                in: { $toUpper: '$$t' },
              },
            },
          },
        },
      ],
      [{ _id: 1, to: ['Y'] }],
    ],
    ['$count', [{ $match: { box: 'a' } }, { $count: 'n' }], [{ n: 2 }]],
    ['$count of nothing', [{ $match: { box: 'z' } }, { $count: 'n' }], []],
    [
      '$facet',
      [
        {
          $facet: {
            big: [{ $match: { size: { $gt: 25 } } }, { $count: 'n' }],
            boxes: [{ $sortByCount: '$box' }, { $limit: 1 }],
          },
        },
      ],
      [{ big: [{ n: 2 }], boxes: [{ _id: 'a', count: 2 }] }],
    ],
  ]
  it.each(cases)(
    '%s',
    conforming(async (_name, pipeline, expected) => {
      expect(await run(pipeline)).toEqual(expected)
    }),
  )

  it(
    'collects a set of each',
    conforming(async () => {
      const [all] = await run([{ $group: { _id: null, boxes: { $addToSet: '$box' } } }])
      expect(new Set(all?.boxes as unknown[])).toEqual(new Set(['a', 'b', null]))
    }),
  )

  it('refuses a stage that does not exist with 40324', async () => {
    expect(await errorOf(run([{ $grow: {} }]))).toMatchObject({ code: 40324 })
  })
})
