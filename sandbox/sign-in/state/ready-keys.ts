import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'

export type KeyPair = { privateKey: KeyObject; publicKey: KeyObject }

/** Where the keys are that were made beforehand: a list of PEM texts, as JSON. */
const READY_KEYS = 'SANDBOX_RSA_KEYS'

/**
 * An RSA key takes a tenth of a second and more to make, and tests start hundreds of issuers. What is made here, all of
 * them share, in this process and those it starts.
 */
export function makeKeysReady(count: number): void {
  if (process.env[READY_KEYS] !== undefined) return
  const keys = Array.from({ length: count }, () =>
    newPair().privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  )
  process.env[READY_KEYS] = JSON.stringify(keys)
}

/** The key pair that an issuer needs as its first, second and so on: one that is ready, or else a new one. */
export function keyPair(position: number): KeyPair {
  const ready = (JSON.parse(process.env[READY_KEYS] ?? '[]') as string[])[position]
  if (ready === undefined) return newPair()
  const privateKey = createPrivateKey(ready)
  return { privateKey, publicKey: createPublicKey(privateKey) }
}

const newPair = (): KeyPair => generateKeyPairSync('rsa', { modulusLength: 2048 })
