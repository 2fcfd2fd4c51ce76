import { deriveKey, openBytes, sealBytes, SealBrokenError } from '../keys/cipher.ts'

const PREFIX = 'v1.'

/** Seals small texts that leave the service, such as cookies, under a key derived from the root key by a label. */
export class Sealer {
  private readonly key: Buffer

  constructor(rootKey: Buffer, label: string) {
    this.key = deriveKey(rootKey, label)
  }

  /** `boundTo` names what the text belongs to; it opens for nothing else. */
  seal(text: string, boundTo: string): string {
    const sealed = sealBytes({ key: this.key, aad: boundTo }, Buffer.from(text))
    return PREFIX + sealed.toString('base64url')
  }

  /** Throws a SealBrokenError. */
  open(sealed: string, boundTo: string): string {
    if (!sealed.startsWith(PREFIX)) throw new SealBrokenError('This is no sealed text.')
    const bytes = Buffer.from(sealed.slice(PREFIX.length), 'base64url')
    return openBytes({ key: this.key, aad: boundTo }, bytes).toString('utf8')
  }
}
