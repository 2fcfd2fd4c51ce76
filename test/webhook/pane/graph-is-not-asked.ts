import type { Providers } from '../../../webhook/provider/provider.ts'

/** Fails whoever asks the mailbox for what the ledger knows. */
export const graphIsNotAsked: Providers = {
  forMailbox: () => {
    throw new Error('the mailbox was asked')
  },
}
