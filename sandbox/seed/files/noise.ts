import type { LazyContent } from '../mime/part.ts'

/** Bytes that look like a film or a scan: they do not compress, and are the same for the same seed. */
export const noise = (sizeBytes: number, seed: number): LazyContent => ({
  sizeBytes,
  make: () => {
    const words = new Uint32Array(Math.ceil(sizeBytes / 4))
    let state = seed | 1
    for (let at = 0; at < words.length; at++) {
      state ^= state << 13 // xorshift32: a few milliseconds for 30 MB
      state ^= state >>> 17
      state ^= state << 5
      words[at] = state
    }
    return new Uint8Array(words.buffer, 0, sizeBytes)
  },
})
