import { Transform, type TransformCallback } from 'node:stream'
import { openBytes, SEAL_BYTES, sealBytes, SealBrokenError } from './cipher.ts'

/** A stream is sealed in pieces of this length, so that memory stays flat whatever its length. */
const PIECE_BYTES = 64 * 1024
const SEALED_PIECE_BYTES = PIECE_BYTES + SEAL_BYTES

/** Says what a piece belongs to: its number, and whether it is the last. Cut, repeated or reordered, nothing opens. */
export type PieceAad = (number: number, isLast: boolean) => string

/** Bytes in, sealed pieces out. The last piece may be empty; there is always one. */
export const sealing = (key: Buffer, aadOf: PieceAad): Transform =>
  inPieces(PIECE_BYTES, (piece, number, isLast) =>
    sealBytes({ key, aad: aadOf(number, isLast) }, piece),
  )

/**
 * Sealed pieces in, bytes out. Fails with a SealBrokenError; what came out before was genuine, and is not all: whoever
 * reads must count nothing as there before the end.
 */
export const opening = (key: Buffer, aadOf: PieceAad): Transform =>
  inPieces(SEALED_PIECE_BYTES, (piece, number, isLast) =>
    openBytes({ key, aad: aadOf(number, isLast) }, piece),
  )

type Work = (piece: Buffer, number: number, isLast: boolean) => Buffer

/** Cuts a stream into pieces of one length. A piece is worked on when the next has begun, as only then it is not the last. */
function inPieces(length: number, work: Work): Transform {
  let waiting: Buffer[] = []
  let waitingBytes = 0
  let number = 0
  const takeOff = (upTo: number): Buffer => {
    const [first = Buffer.alloc(0)] = waiting
    const all = waiting.length > 1 ? Buffer.concat(waiting) : first
    waiting = [all.subarray(upTo)]
    waitingBytes = all.length - Math.min(upTo, all.length)
    return all.subarray(0, upTo)
  }
  const guarded = (done: TransformCallback, go: () => void) => {
    try {
      go()
    } catch (error) {
      return done(error instanceof Error ? error : new SealBrokenError('The seal is broken.'))
    }
    done()
  }
  return new Transform({
    transform(bytes: Buffer, _encoding, done) {
      waiting.push(bytes)
      waitingBytes += bytes.length
      guarded(done, () => {
        while (waitingBytes > length) this.push(work(takeOff(length), number++, false))
      })
    },
    flush(done) {
      guarded(done, () => void this.push(work(takeOff(length), number, true)))
    },
  })
}
