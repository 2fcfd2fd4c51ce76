import { describe, expect, it } from '@jest/globals'
import { folderTree, tickedAtFirst, type FolderNode } from '../../console/mailboxes/folder-tree.ts'
import { aChoice, aTree } from './support/fixtures.ts'

const drawn = (nodes: FolderNode[]): string =>
  nodes
    .map(({ folder, children }) => folder.id + (children.length ? `(${drawn(children)})` : ''))
    .join(' ')
const depths = (...all: number[]) => all.map((depth, index) => aChoice({ id: `${index}`, depth }))

describe('the folder tree', () => {
  it.each([
    ['no folders', depths(), ''],
    ['folders side by side', depths(0, 0), '0 1'],
    ['folders in folders, and back up', depths(0, 1, 2, 1, 0), '0(1(2) 3) 4'],
    ['a list that begins inside', depths(1, 0), '0 1'],
    ['a list that skips a level', depths(0, 2, 1), '0(1 2)'],
  ])('holds %s', (_what, folders, tree) => {
    expect(drawn(folderTree(folders))).toBe(tree)
  })
})

describe('what is ticked at first', () => {
  it('is what is suggested, where nothing is watched yet', () => {
    expect([...tickedAtFirst(aTree)]).toEqual(['f-inbox', 'f-sent'])
  })

  it('is exactly what is watched, where something is', () => {
    const tree = aTree.map((one) => ({ ...one, watched: one.id === 'f-archive' }))
    expect([...tickedAtFirst(tree)]).toEqual(['f-archive'])
  })
})
