import { Binary } from 'bson'
import { describe, expect, it } from '@jest/globals'
import type { Archive } from './archive-view.ts'
import { attachmentFaults } from './attachment-rules.ts'

const bytes = (text: string) => new Binary(Buffer.from(text))
const sealed = { version: 1, dataKey: bytes('key') }

/** One attachment, stored in two chunks. */
const anArchive = (over: Partial<Archive> = {}): Archive => ({
  attachments: [{ _id: 'a', emailId: 'e', state: 'stored', size: 6, blobId: 'b' }],
  files: [{ _id: 'b', workspaceId: 'w', length: 6, chunkSize: 4, size: 6, sealed }],
  chunks: [
    { _id: 'b:1', files_id: 'b', n: 1, data: bytes('56') },
    { _id: 'b:0', files_id: 'b', n: 0, data: bytes('1234') },
  ],
  doubted: new Set(),
  open: new Map(),
  ...over,
})

const faultsOf = (
  over: Partial<Archive> = {},
  openStream = (_file: unknown, sealed: Buffer) => sealed,
) => attachmentFaults(anArchive(over), openStream)

describe('the checker of attachments', () => {
  const { attachments, files, chunks } = anArchive()

  it('finds nothing where all is there', () => {
    expect(faultsOf()).toEqual([])
  })

  it.each<[string, Partial<Archive>, RegExp]>([
    ['a blob that is gone', { files: [], chunks: [] }, /^lost/],
    ['another size than was said', { attachments: [{ ...attachments[0]!, size: 7 }] }, /^lost/],
    ['a chunk that is missing', { chunks: chunks.slice(1) }, /^half: the blob b has 4 of 6/],
    ['a gap', { chunks: [chunks[0]!, { ...chunks[1]!, n: 2 }] }, /^half: the blob b has gaps/],
    ['chunks without a file', { files: [], attachments: [] }, /^half: chunks of b without a file/],
    ['a blob that nobody needs', { attachments: [] }, /^surplus/],
    ['what was never fetched', { open: new Map([['e', '3 tries in vain']]) }, /^late: .*3 tries/],
  ])('finds %s', (_what, over, fault) => {
    expect(faultsOf(over)).toEqual([expect.stringMatching(fault)])
  })

  it('finds bytes that do not open, or open to something else', () => {
    const broken = () => {
      throw new Error('the seal is broken')
    }
    expect(faultsOf({}, broken)).toEqual([expect.stringMatching(/^half: .*does not open/)])
    const shorter = (_file: unknown, all: Buffer) => all.subarray(1)
    expect(faultsOf({}, shorter)).toEqual([expect.stringMatching(/opens to 5 of 6 bytes/)])
  })

  it('leaves alone what housekeeping will look at', () => {
    const doubted = new Set(['b'])
    expect(faultsOf({ attachments: [], doubted })).toEqual([])
    expect(faultsOf({ attachments: [], files: [], doubted })).toEqual([])
    expect(files).toHaveLength(1)
  })
})
