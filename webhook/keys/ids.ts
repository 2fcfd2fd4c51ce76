import { createHash } from 'node:crypto'

/**
 * A record's `_id` made from what makes it unique. Creating it twice collides on `_id` alone, whatever order writers
 * come in, and whoever knows the parts knows the id without a look-up.
 */
export const idOf = (...parts: string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 27)
