import { stableRandom } from '../stable-random.ts'
import type { Attachment } from './part.ts'

/** What every package begins with. */
const MAGIC = Buffer.from('76e80460c411e386', 'hex')

/**
 * What makes a mail rights-managed (MS-OXORMMS 2.2): a note for those who cannot open it in the place of its text, and the
 * message itself in a package, here of random bytes.
 */
export const rightsManaged = (recipient: string) => ({
  headers: { 'Content-Class': 'rpmsg.message' },
  text: 'This message is protected. You can open it with an app that supports rights management.',
  attachments: [
    {
      name: 'message.rpmsg',
      type: 'application/x-microsoft-rpmsg-message',
      content: Buffer.concat([MAGIC, stableRandom(recipient).bytes(2_000)]),
    } satisfies Attachment,
  ],
})
