import { existsSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { sourceFiles } from './files.ts'
import { cyclesOf, importGraph } from './import-graph.ts'

const graph = importGraph(sourceFiles())
const imports = [...graph].flatMap(([from, targets]) => targets.map((to) => ({ from, to })))

/** Who may import whom (docs/architecture.md), by the beginnings of paths; the first line that fits a file counts. */
const MAY_IMPORT: [files: string, targets: string[]][] = [
  ['models/wire/', ['models/wire/']],
  ['models/', ['models/']],
  ['webhook/', ['webhook/', 'models/']],
  ['ui/', ['ui/', 'models/wire/']],
  ['addin/', ['addin/', 'ui/', 'models/wire/']],
  ['console/', ['console/', 'ui/', 'models/wire/']],
  [
    'sandbox/',
    [
      'sandbox/',
      'models/',
      'webhook/service.ts',
      'webhook/clock.ts',
      'webhook/duration.ts',
      'webhook/config/',
    ],
  ],
  [
    'bench/',
    [
      'bench/',
      'webhook/',
      'sandbox/',
      'models/',
      'test/support/',
      'test/simulation/',
      'test/webhook/people/',
    ],
  ],
]

const isAllowed = ({ from, to }: { from: string; to: string }) => {
  const [, targets = []] = MAY_IMPORT.find(([files]) => from.startsWith(files)) ?? []
  return targets.some((target) => to.startsWith(target))
}

describe('the imports of the source', () => {
  it('are all seen', () => {
    expect(graph.size).toBeGreaterThan(300)
    expect(imports.length).toBeGreaterThan(1_000)
    expect(imports.filter(({ to }) => !existsSync(to))).toEqual([])
  })

  it('never point back', () => {
    expect(imports.filter((each) => !isAllowed(each))).toEqual([])
  })

  it('never go round in a circle', () => {
    expect(cyclesOf(graph).map((cycle) => cycle.join(' -> '))).toEqual([])
  })
})

describe('the search for circles', () => {
  const graphOf = (edges: Record<string, string[]>) => new Map(Object.entries(edges))

  it('finds one that begins in the middle of a walk', () => {
    const cycles = cyclesOf(graphOf({ a: ['b'], b: ['c'], c: ['d'], d: ['b'] }))
    expect(cycles).toEqual([['b', 'c', 'd', 'b']])
  })

  it('finds a file that imports itself', () => {
    expect(cyclesOf(graphOf({ a: ['a'] }))).toEqual([['a', 'a']])
  })

  it('does not take two ways to one file for a circle', () => {
    expect(cyclesOf(graphOf({ a: ['b', 'c'], b: ['d'], c: ['d'], d: [] }))).toEqual([])
  })
})
