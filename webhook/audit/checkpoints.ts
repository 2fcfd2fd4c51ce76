import { open } from 'node:fs/promises'
import { compactVerify, importJWK } from 'jose'
import { AuditCheckpoint, CHECKPOINT_FORMAT, SignedCheckpoint } from '../../models/wire/audit.ts'
import type { Clock } from '../clock.ts'
import { AppError } from '../errors.ts'
import { publicKeysIn } from '../statement/public-keys.ts'
import type { StatementSigner } from '../statement/statement-signer.ts'
import type { AuditLog } from './audit-log.ts'
import type { AuditStore } from './audit-store.ts'

/** So that a statement, which the same key signs, cannot pass for a checkpoint. */
const CHECKPOINT_TYPE = 'flowcrm-audit-checkpoint'

/** What was given as checkpoints cannot be read as such. */
export class CheckpointUnreadableError extends AppError {
  readonly code = 'checkpoint-unreadable'
  readonly retry = 'never'
}

export type CheckpointParts = {
  audits: AuditStore
  audit: Pick<AuditLog, 'takeGrown'>
  signer: StatementSigner
  clock: Clock
  /** A file that whoever can write into the database cannot; null: the log has to do. */
  file: string | null
  everyMs: number
  /** Told of each one: the log leaves the machine, too. */
  onCheckpoint: (signed: SignedCheckpoint) => void
}

/**
 * Signed heads of the chains, kept outside the database: a chain that was rolled back or made anew as a whole is good in
 * itself, and contradicts them.
 */
export class Checkpoints {
  private nextAt = 0
  /** Which chains grew: after a start, and when one could not be taken. */
  private isUnknown = true

  constructor(private readonly parts: CheckpointParts) {}

  /** The chain's head as it is now, signed and put away. */
  async take(workspaceId: string): Promise<SignedCheckpoint> {
    const { audits, signer, clock, file, onCheckpoint } = this.parts
    const head = await audits.head(workspaceId)
    const at = clock.now().toISOString()
    const checkpoint = { format: CHECKPOINT_FORMAT, workspaceId, ...head, at } as const
    const signed = { checkpoint, signature: await signer.signJson(CHECKPOINT_TYPE, checkpoint) }
    onCheckpoint(signed)
    if (file !== null) await appendDurably(file, `${JSON.stringify(signed)}\n`)
    return signed
  }

  /** Now and then, of every chain that grew here meanwhile; of all when that is not known. */
  async takeDue(): Promise<void> {
    const { audits, audit, clock, everyMs } = this.parts
    const now = clock.now().getTime()
    if (now < this.nextAt) return
    this.nextAt = now + everyMs
    const grown = audit.takeGrown()
    const wanted = this.isUnknown ? await audits.workspaces() : grown
    this.isUnknown = true // until each of them is taken
    for (const workspaceId of wanted) await this.take(workspaceId)
    this.isUnknown = false
  }
}

/** What erasures add to the same file (webhook/people/erasure/record.ts). */
const OF_ERASURES = /^\{"(?:report|lifting)":/

/** Every checkpoint in a file. Throws a CheckpointUnreadableError. */
export function readCheckpoints(text: string): SignedCheckpoint[] {
  return text.split('\n').flatMap((line, at) => {
    if (line.trim() === '' || OF_ERASURES.test(line)) return []
    try {
      return [SignedCheckpoint.parse(JSON.parse(line))]
    } catch (cause) {
      const message = `Line ${at + 1} of the checkpoints cannot be read.`
      throw new CheckpointUnreadableError(message, { cause })
    }
  })
}

/** Whether one of these keys signed just that. `keys` is a JSON Web Key Set, or PEM. */
export async function isGenuine(signed: SignedCheckpoint, keys: unknown): Promise<boolean> {
  for (const key of publicKeysIn(keys)) {
    try {
      const { payload, protectedHeader } = await compactVerify(
        signed.signature,
        await importJWK(key, 'EdDSA'),
        { algorithms: ['EdDSA'] },
      )
      const said = AuditCheckpoint.parse(JSON.parse(Buffer.from(payload).toString('utf8')))
      if (
        protectedHeader.typ === CHECKPOINT_TYPE &&
        JSON.stringify(said) === JSON.stringify(signed.checkpoint)
      )
        return true
    } catch {
      // another key may be the one
    }
  }
  return false
}

/** On the disk when it resolves. */
export async function appendDurably(file: string, line: string): Promise<void> {
  const handle = await open(file, 'a', 0o600)
  try {
    await handle.writeFile(line)
    await handle.sync()
  } finally {
    await handle.close()
  }
}
