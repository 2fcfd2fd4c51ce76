import { createHmac, hkdfSync } from 'node:crypto'

/** What is looked up without being kept: a label keeps equal values of different kinds apart. */
export type BlindLabel = 'message-id' | 'address'

/** 128 bits: equal only for equal values (reliability 5.1). */
const BYTES = 16

/**
 * Keyed digests for look-ups: whoever has the database and not the root key can neither read nor guess a value. One key
 * for each workspace and label, so that equal values of two customers look different.
 */
export class BlindIndex {
  private readonly keys = new Map<string, Buffer>()

  constructor(private readonly rootKey: Buffer) {}

  of(workspaceId: string, label: BlindLabel, value: string): string {
    const digest = createHmac('sha256', this.key(workspaceId, label)).update(value).digest()
    return digest.subarray(0, BYTES).toString('base64url')
  }

  private key(workspaceId: string, label: BlindLabel): Buffer {
    const name = `${workspaceId}/${label}`
    const known = this.keys.get(name)
    if (known) return known
    const key = Buffer.from(hkdfSync('sha256', this.rootKey, workspaceId, `idx:${label}`, 32))
    this.keys.set(name, key)
    return key
  }
}
