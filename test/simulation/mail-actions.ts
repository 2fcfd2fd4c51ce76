import { aMime } from '../../sandbox/seed/mime-builder.ts'
import { rightsManaged } from '../../sandbox/seed/mime/rights.ts'
import { encryptedFor } from '../../sandbox/seed/mime/smime.ts'
import { people } from '../../sandbox/sign-in/directory.ts'
import type { Action, Story } from './story.ts'

/** What people, rules and servers do to mail. Each says in a few words what it did. */
export const mailActions: Record<string, [weight: number, act: Action]> = {
  deliver: [10, (story) => deliver(story, story.random.between(1, 4))],
  'deliver many': [1, (story) => deliver(story, story.random.between(20, 60))],
  'mail with an old date': [1, async (story) => deliver(story, 1, 90 * 86_400_000)],
  move: [
    5,
    (story) =>
      story.withMessage((mailbox, id) => {
        const to = story.anyFolder(mailbox)
        story.mail.move(mailbox, id, to)
        return `to ${to.slice(-12)}`
      }),
  ],
  'there and back': [
    2,
    (story) =>
      story.withMessage((mailbox, id, from) => {
        story.mail.move(mailbox, id, story.anyFolder(mailbox))
        story.mail.move(mailbox, id, from)
        return ''
      }),
  ],
  'drag in the desktop client': [
    1,
    (story) =>
      story.withMessage((mailbox, id) => {
        story.mail.desktopMove(mailbox, id, story.anyFolder(mailbox))
        return ''
      }),
  ],
  copy: [
    1,
    (story) =>
      story.withMessage((mailbox, id) => {
        story.mail.copy(mailbox, id, story.anyFolder(mailbox))
        return ''
      }),
  ],
  'move many': [
    2,
    (story) => {
      const mailbox = story.anyMailbox()
      const ids = story
        .messagesIn(mailbox, story.watchable(mailbox))
        .slice(0, story.random.between(2, 60))
      story.mail.bulkMove(mailbox, ids, story.anyFolder(mailbox))
      return `${ids.length}`
    },
  ],
  delete: [
    3,
    (story) =>
      story.withMessage((mailbox, id) => {
        const purge = story.random.chance(0.3)
        story.mail.remove(mailbox, id, { purge })
        return purge ? 'for good' : ''
      }),
  ],
  restore: [
    2,
    (story) => {
      const mailbox = story.anyMailbox()
      const [id] = story.random.shuffle(story.messagesIn(mailbox, 'deleteditems'))
      if (id) story.mail.restore(mailbox, id)
      return id ? '' : 'nothing there'
    },
  ],
  'read or unread': [
    4,
    (story) =>
      story.withMessage((mailbox, id) => {
        story.mail.patch(mailbox, id, { isRead: story.random.chance(0.5) })
        return ''
      }),
  ],
  categorise: [
    1,
    (story) =>
      story.withMessage((mailbox, id) => {
        const { categories } = story.mail.at(mailbox, id).item
        story.mail.patch(mailbox, id, { categories: [...new Set([...categories, 'Blue'])] })
        return ''
      }),
  ],
  'server touch': [
    1,
    (story) =>
      story.withMessage((mailbox, id) => {
        story.mail.serverTouch(mailbox, id)
        return ''
      }),
  ],
  'write a draft': [
    1,
    async (story) => {
      const mailbox = story.anyMailbox()
      const folder = story.random.chance(0.5) ? 'drafts' : story.watchable(mailbox)
      const mime = mimeTo(story, mailbox)
      await story.world.rest.during(() =>
        story.mail.deliver(mailbox, { mime, isDraft: true, folder }),
      )
      return ''
    },
  ],
  'send a draft': [
    2,
    async (story) => {
      const mailbox = story.anyMailbox()
      const [id] = story.random.shuffle(story.draftsOf(mailbox))
      if (id) await story.mail.sendDraft(mailbox, id)
      return id ? '' : 'none there'
    },
  ],
  'new folder': [
    0.5,
    (story) => {
      const mailbox = story.anyMailbox()
      const parent = story.random.pick(['msgfolderroot', 'inbox'])
      const hidden = story.random.chance(0.2)
      const { id } = story.mail.addFolder(mailbox, parent, `Folder ${story.next()}`, { hidden })
      return id.slice(-12)
    },
  ],
  'rename a folder': [
    0.5,
    (story) =>
      story.withOwnFolder((mailbox, folder) => {
        story.mail.open(mailbox).folders.rename(folder, `Renamed ${story.next()}`)
      }),
  ],
  'move a folder': [
    0.5,
    (story) =>
      story.withOwnFolder((mailbox, folder) => {
        const under = story.mail.folder(
          mailbox,
          story.random.pick(['archive', 'msgfolderroot', 'inbox']),
        )
        if (under !== folder.parent) story.mail.open(mailbox).folders.move(folder, under)
      }),
  ],
  'delete a folder': [
    0.3,
    (story) =>
      story.withOwnFolder((mailbox, folder) => {
        story.mail.open(mailbox).eraseFolder(folder)
      }),
  ],
}

async function deliver(story: Story, count: number, ageMs = 0): Promise<string> {
  const mailbox = story.anyMailbox()
  const folder = story.random.chance(0.7) ? 'inbox' : story.watchable(mailbox)
  const receivedAt = new Date(story.clock.now().getTime() - ageMs)
  const mails = Array.from({ length: count }, () => ({
    mime: mimeTo(story, mailbox),
    folder,
    receivedAt,
  }))
  // Counted as work: reading its MIME takes turns of the event loop, and no virtual time.
  await story.world.rest.during(() => story.mail.deliverMany(mailbox, mails))
  return `${count}`
}

const SMALL = { name: 'small.txt', type: 'text/plain', content: Buffer.from('a small file') }
/** What hangs on some mail: often the same. One is larger than a chunk of the store. */
const FILES = [
  SMALL,
  { name: 'large.bin', type: 'application/octet-stream', content: Buffer.alloc(300_000, 'large ') },
]

/** Some mail goes to several of us: one e-mail, several sightings. The text of some is for its recipients alone. */
function mimeTo(story: Story, mailbox: string): Uint8Array {
  const number = story.random.chance(0.15) ? story.random.between(1, 20) : story.next()
  const owner = Object.values(people).find(({ oid }) => oid === mailbox)
  const to = [owner?.mail ?? '', ...(story.random.chance(0.2) ? [people.bob.mail] : [])]
  return aMime({
    messageId: `<${number}@customer.test>`,
    from: 'c@customer.test',
    to,
    subject: `Mail ${number}`,
    text: 'Hello.',
    ...(number % 5 === 0 && { attachments: [FILES[number % 3] ?? SMALL] }),
    ...(number % 11 === 0 && { protect: encryptedFor('Alice') }),
    ...(number % 13 === 0 && rightsManaged('Alice')),
  })
}
