import { Random } from '../random.ts'

/** Randomness that depends on a name alone: the same letter gets the same ids on each run and in any order. */
export function stableRandom(name: string): Random {
  let hash = 0x811c9dc5 // FNV-1a, 32 bits
  for (const byte of Buffer.from(name)) hash = Math.imul(hash ^ byte, 0x01000193)
  return new Random(hash)
}
