import { deflateRawSync, inflateRawSync } from 'node:zlib'

/** The first byte of what is sealed says what follows. */
const AS_IT_IS = 0
const DEFLATED = 1
/** Shorter texts gain less room than deflating them costs time. */
const WORTH_A_TRY_BYTES = 1_024

/**
 * A text as bytes, deflated when that makes it shorter: what is sealed cannot be compressed any more by the database.
 * The fastest level, as the mail waits for it.
 */
export function pack(text: string): Buffer {
  const bytes = Buffer.from(text)
  if (bytes.length >= WORTH_A_TRY_BYTES) {
    const deflated = deflateRawSync(bytes, { level: 1 })
    if (deflated.length < bytes.length) return Buffer.concat([Buffer.of(DEFLATED), deflated])
  }
  return Buffer.concat([Buffer.of(AS_IT_IS), bytes])
}

export function unpack(packed: Buffer): string {
  const bytes = packed.subarray(1)
  return (packed[0] === DEFLATED ? inflateRawSync(bytes) : bytes).toString('utf8')
}
