import { createCipheriv, createHash } from 'node:crypto'

/**
 * AES-256-GCM, HMAC-SHA256 and HKDF-SHA256 written down from their standards over nothing but AES and SHA-256, to hold our
 * wrapper against. Slow, and for tests alone.
 */

/** GCM with an iv of 96 bits (NIST SP 800-38D, 7.1): ciphertext and tag. */
export function gcm(key: Buffer, iv: Buffer, aad: Buffer, plain: Buffer): [Buffer, Buffer] {
  const encrypt = (block: Buffer) =>
    createCipheriv('aes-256-ecb', key, null).setAutoPadding(false).update(block)
  const counter = (n: number) => {
    const block = Buffer.alloc(16)
    iv.copy(block)
    block.writeUInt32BE(n, 12)
    return encrypt(block)
  }
  const cipher = Buffer.from(plain)
  for (let at = 0; at < cipher.length; at++)
    cipher[at]! ^= counter(2 + Math.floor(at / 16))[at % 16]!
  const lengths = Buffer.alloc(16)
  lengths.writeBigUInt64BE(BigInt(aad.length * 8), 0)
  lengths.writeBigUInt64BE(BigInt(cipher.length * 8), 8)
  const hashed = ghash(
    encrypt(Buffer.alloc(16)),
    Buffer.concat([padded(aad), padded(cipher), lengths]),
  )
  return [cipher, xor(hashed, counter(1))]
}

const padded = (bytes: Buffer) =>
  Buffer.concat([bytes, Buffer.alloc((16 - (bytes.length % 16)) % 16)])
const xor = (one: Buffer, other: Buffer) => Buffer.from(one.map((byte, at) => byte ^ other[at]!))
const numberOf = (block: Buffer) => BigInt(`0x${block.toString('hex')}`)

function ghash(subkey: Buffer, blocks: Buffer): Buffer {
  let sum = 0n
  for (let at = 0; at < blocks.length; at += 16)
    sum = product(sum ^ numberOf(blocks.subarray(at, at + 16)), numberOf(subkey))
  return Buffer.from(sum.toString(16).padStart(32, '0'), 'hex')
}

/** In the field of 2 to the 128; the first bit is the lowest power (SP 800-38D, 6.3). */
function product(x: bigint, y: bigint): bigint {
  let [sum, power] = [0n, y]
  for (let bit = 127n; bit >= 0n; bit--) {
    if ((x >> bit) & 1n) sum ^= power
    power = power & 1n ? (power >> 1n) ^ (0xe1n << 120n) : power >> 1n
  }
  return sum
}

const sha256 = (...parts: Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest()

/** RFC 2104, 2. */
export function hmac(key: Buffer, text: Buffer): Buffer {
  const block = Buffer.alloc(64)
  ;(key.length > 64 ? sha256(key) : key).copy(block)
  const masked = (mask: number) => Buffer.from(block.map((byte) => byte ^ mask))
  return sha256(masked(0x5c), sha256(masked(0x36), text))
}

/** RFC 5869, 2: one block of 32 bytes is all we ever take. */
export const hkdf = (secret: Buffer, salt: Buffer, info: Buffer): Buffer =>
  hmac(hmac(salt, secret), Buffer.concat([info, Buffer.from([1])]))
