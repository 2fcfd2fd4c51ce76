import type { Erasure } from '../../../models/people/erasure.ts'
import {
  ERASURE_FORMAT,
  LIFTING_FORMAT,
  type ErasureReport,
  type Lifting,
  SignedErasureReport,
  SignedLifting,
} from '../../../models/wire/people/erasure.ts'
import { verifySigned } from '../../statement/verify-signed.ts'
import { SERVICE_VERSION } from '../../version.ts'

/** So that nothing else that the key signs passes for one of these. */
export const REPORT_TYPE = 'flowcrm-erasure'
export const LIFTING_TYPE = 'flowcrm-lifting'

const RULE =
  'Complete: since "suppressedAt" every message that names one of these addresses as sender, recipient or reply address is ' +
  'left out; and the last look over all e-mails, attachments, accounts of messages, contacts, suggestions and merges, begun ' +
  'after every decision made before that time had been carried out, found none of them. What others wrote about the person ' +
  'in mail that does not name these addresses is not part of it.'

/** The report of an erasure whose last look found nothing. */
export function reportOf(
  erasure: Erasure,
  { at, rulesNaming }: { at: Date; rulesNaming: number },
): ErasureReport {
  const { _id: id, workspaceId, by, askedAt, keys, figures, blobIds } = erasure
  return {
    format: ERASURE_FORMAT,
    ...{ id, workspaceId },
    by: { userId: by.userId, role: by.role },
    askedAt: askedAt.toISOString(),
    suppressedAt: (erasure.suppressedAt ?? askedAt).toISOString(),
    at: at.toISOString(),
    serviceVersion: SERVICE_VERSION,
    suppressed: keys,
    figures,
    remaining: { files: blobIds.length, rulesNaming },
    rule: RULE,
  }
}

export const liftingOf = (workspaceId: string, at: Date, lifted: string[]): Lifting => ({
  format: LIFTING_FORMAT,
  ...{ workspaceId, at: at.toISOString(), lifted },
})

/** Whether a report is one that the holder of one of these keys made, to the last figure. Needs no service. */
export const verifyReport = (document: unknown, keys: unknown) =>
  verifySigned(document, keys, {
    ...{ schema: SignedErasureReport, field: 'report', type: REPORT_TYPE },
  })

export const verifyLifting = (document: unknown, keys: unknown) =>
  verifySigned(document, keys, { schema: SignedLifting, field: 'lifting', type: LIFTING_TYPE })
