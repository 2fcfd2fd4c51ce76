import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { Random } from '../../../sandbox/random.ts'
import { SealBrokenError } from '../../../webhook/keys/cipher.ts'
import type { DocumentName, Sealed } from '../../../webhook/keys/workspace-keys.ts'
import { someKeys } from '../../support/keys.ts'

const keys = someKeys()
const email: DocumentName = { collection: 'emails', id: 'one' }

describe('a sealed document', () => {
  it('opens as it was, whatever its texts', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.lorem({ maxCount: 200 }))
    fc.assert(
      fc.property(text, text, fc.string(), (header, body, id) => {
        const of = { collection: 'emails', id }
        const sealed = keys.seal(of, { header, body })
        expect(keys.open(of, sealed, 'header')).toBe(header)
        expect(keys.open(of, sealed, 'body')).toBe(body)
      }),
    )
  })

  it('takes further texts under the data key that it has', () => {
    const sealed = keys.seal(email, { body: 'Good morning.' })
    const { details } = keys.sealMore(email, sealed, { details: 'seen by Ada' })
    const open = keys.opener(email, sealed)
    expect(open('details', details)).toBe('seen by Ada')
    expect(() => open('body', details)).toThrow(SealBrokenError)
  })

  it('looks different each time, and takes less room than a long text did', () => {
    const body = '<p>Good morning, here are the figures you asked for.</p>'.repeat(100)
    const [one, other] = [keys.seal(email, { body }), keys.seal(email, { body })]
    expect(one.dataKey).not.toEqual(other.dataKey)
    expect(one.fields.body).not.toEqual(other.fields.body)
    expect(one.fields.body.length).toBeLessThan(body.length / 5)
  })

  it('is the same to read after its data key was moved to a newer version', () => {
    const before = someKeys(undefined, [1])
    const after = someKeys(undefined, [1, 2])
    const sealed = before.seal(email, { body: 'Good morning.' })
    const moved = { ...sealed, ...after.rewrap(email, sealed) }
    expect(moved.version).toBe(2)
    expect(after.open(email, moved, 'body')).toBe('Good morning.')
    expect(after.open(email, sealed, 'body')).toBe('Good morning.')
    expect(() => before.open(email, moved, 'body')).toThrow(SealBrokenError)
  })
})

/** K6: what belongs to one place is of no use in another. */
describe('a thousand swaps of ciphertext', () => {
  const random = new Random(6)
  const workspaces = ['w-one', 'w-two'].map((id) => someKeys(id, [1, 2]))
  const older = ['w-one', 'w-two'].map((id) => someKeys(id, [1]))
  const all = Array.from({ length: 60 }, (_, n) => {
    const at = n % 2
    const of = { collection: random.pick(['emails', 'folders']), id: `document ${n}` }
    const sealing = random.pick([workspaces[at]!, older[at]!])
    const sealed = sealing.seal(of, { header: `header ${n}`, body: `body ${n}` })
    return { keys: workspaces[at]!, of, sealed }
  })
  type Place = (typeof all)[number]
  type Fields = 'header' | 'body'

  const swaps: Record<string, (to: Place, from: Place) => Sealed<Fields>> = {
    'a field for the other': ({ sealed }) => ({
      ...sealed,
      fields: { header: sealed.fields.body, body: sealed.fields.header },
    }),
    'a field of another document': ({ sealed }, from) => ({
      ...sealed,
      fields: { ...sealed.fields, body: from.sealed.fields.body },
    }),
    'another document, with its key': (_to, from) => from.sealed,
    'the data key of another document': ({ sealed }, from) => ({
      ...sealed,
      dataKey: from.sealed.dataKey,
      version: from.sealed.version,
    }),
    'another version': ({ sealed }) => ({ ...sealed, version: 3 - sealed.version }),
  }

  it.each(Object.entries(swaps))('are refused, all of them: %s', (_name, swap) => {
    for (let n = 0; n < 200; n++) {
      const to = random.pick(all)
      const from = random.pick(all.filter((other) => other !== to))
      const bent = swap(to, from)
      expect(() => to.keys.open(to.of, bent, 'body')).toThrow(SealBrokenError)
    }
  })

  it('into another workspace, collection or document are refused by name as well', () => {
    const { of, sealed } = all[0]!
    const [one, two] = workspaces
    expect(one!.open(of, sealed, 'body')).toBe('body 0')
    expect(() => two!.open(of, sealed, 'body')).toThrow(SealBrokenError)
    expect(() => one!.open({ ...of, id: 'other' }, sealed, 'body')).toThrow(SealBrokenError)
    expect(() => one!.open({ ...of, collection: 'x' }, sealed, 'body')).toThrow(SealBrokenError)
  })
})

describe('a sealed stream', () => {
  const PIECE = 64 * 1024 + 28
  const seal = async (bytes: Buffer, chunk = 10_000) => {
    const { key, stream } = keys.sealStream(email)
    return { key, sealed: await through(inChunks(bytes, chunk), stream) }
  }
  const open = (key: Awaited<ReturnType<typeof seal>>['key'], sealed: Buffer, chunk = 7_000) =>
    through(inChunks(sealed, chunk), keys.openStream(email, key))

  it.each([0, 1, 65_535, 65_536, 65_537, 131_072, 1_000_003])(
    'of %i bytes comes out as it was, however it is cut on the way',
    async (length) => {
      const bytes = randomBytes(length)
      for (const chunk of [1_000, 65_536, 10_000_000]) {
        const { key, sealed } = await seal(bytes, chunk)
        expect((await open(key, sealed, chunk)).equals(bytes)).toBe(true)
      }
    },
  )

  it.each<[string, (pieces: Buffer[]) => Buffer[]]>([
    ['without its last piece', (pieces) => pieces.slice(0, -1)],
    ['without its first piece', (pieces) => pieces.slice(1)],
    ['with two pieces exchanged', ([one, two, ...rest]) => [two!, one!, ...rest]],
    ['with a piece twice', ([one, ...rest]) => [one!, one!, ...rest]],
    ['with something added', (pieces) => [...pieces, Buffer.alloc(100)]],
    ['with one bit changed', ([one, ...rest]) => [bent(one!), ...rest]],
    ['cut within its last piece', (pieces) => [...pieces.slice(0, -1), pieces.at(-1)!.subarray(1)]],
    ['that is empty', () => []],
  ])('%s is refused', async (_how, change) => {
    const { key, sealed } = await seal(randomBytes(200_000))
    const pieces = Array.from({ length: Math.ceil(sealed.length / PIECE) }, (_, n) =>
      sealed.subarray(n * PIECE, (n + 1) * PIECE),
    )
    await expect(open(key, Buffer.concat(change(pieces)))).rejects.toThrow(SealBrokenError)
  })

  it('of another document is refused', async () => {
    const { key, sealed } = await seal(randomBytes(10))
    expect(() => keys.openStream({ ...email, id: 'two' }, key)).toThrow(SealBrokenError)
    const other = keys.sealStream(email)
    await expect(open(other.key, sealed)).rejects.toThrow(SealBrokenError)
  })

  it('of 100 MB leaves no trace in memory', async () => {
    const { key, stream } = keys.sealStream(email)
    const block = randomBytes(1024 * 1024)
    const [before, peak] = [process.memoryUsage().arrayBuffers, { bytes: 0, length: 0 }]
    const source = Readable.from(Array.from({ length: 100 }, () => block))
    await pipeline(source, stream, keys.openStream(email, key), async (opened) => {
      for await (const bytes of opened as AsyncIterable<Buffer>) {
        peak.length += bytes.length
        peak.bytes = Math.max(peak.bytes, process.memoryUsage().arrayBuffers - before)
      }
    })
    expect(peak.length).toBe(100 * block.length)
    expect(peak.bytes).toBeLessThan(60 * 1024 * 1024)
  })
})

describe('a blind key', () => {
  it('is equal for equal values alone, of one workspace and one kind', () => {
    const { blind } = keys
    expect(blind('address', 'a@b.example')).toBe(someKeys().blind('address', 'a@b.example'))
    expect(blind('address', 'a@b.example')).not.toBe(blind('address', 'A@b.example'))
    expect(blind('address', 'a@b.example')).not.toBe(blind('domain', 'a@b.example'))
    expect(blind('address', 'a@b.example')).not.toBe(someKeys('x').blind('address', 'a@b.example'))
  })

  it('has 128 bits, and stays when the workspace’s key changes', () => {
    const key = keys.blind('address', 'a@b.example')
    expect(Buffer.from(key, 'base64url')).toHaveLength(16)
    expect(someKeys(undefined, [1, 2, 3]).blind('address', 'a@b.example')).toBe(key)
  })
})

const bent = (bytes: Buffer) => {
  const other = Buffer.from(bytes)
  other[100]! ^= 1
  return other
}

const inChunks = (bytes: Buffer, length: number) =>
  Readable.from(
    (function* () {
      for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length)
    })(),
  )

async function through(source: Readable, stream: NodeJS.ReadWriteStream): Promise<Buffer> {
  const out: Buffer[] = []
  await pipeline(source, stream, async (result) => {
    for await (const bytes of result as AsyncIterable<Buffer>) out.push(bytes)
  })
  return Buffer.concat(out)
}
