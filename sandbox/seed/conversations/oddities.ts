import { noise } from '../files/noise.ts'
import { singles, type Letter } from '../letter.ts'
import { aMime } from '../mime-builder.ts'
import { alice, bob, felix, grace, nora, tess, tom, will, type Person } from '../people.ts'
import { moment } from '../when.ts'

const scanner: Person = { name: 'Scanner 2nd floor', address: 'scanner@devices.test', company: '' }
const oldShop: Person = { name: 'Jost', address: 'jost@oldshop.test', company: 'Old Shop' }
const outlook97: Person = { name: 'Piet Vermeer', address: 'piet@trey.test', company: 'Trey' }

/** 30 MB, as large as many servers let through. */
export const BIG_FILE_BYTES = 30 * 1024 * 1024

/** Mail as the world sends it: broken, huge, nested, nameless, and three drafts. */
export const oddities = (): Letter[] => [
  ...singles('broken', [
    {
      at: [6, '12:30'],
      from: grace,
      to: [alice],
      subject: 'Photos of the ninth floor',
      text: `Two photos of the machine with a view. The upload stopped in between, so it may be one and a half.`,
      attachments: () => [jpeg('view-1.jpg', 900), jpeg('view-2.jpg', 1200)],
      // The line dropped inside the last picture: no closing boundary, no end of its base64.
      spoil: (mime) => mime.slice(0, -700),
    },
    {
      at: [5, '10:20'],
      from: tess,
      to: [bob],
      subject: 'Sound of the machine',
      text: `I recorded the hum before you repaired it. For the archive.`,
      attachments: () => [{ name: 'hum.wav', type: 'audio/wav', content: noise(600, 11).make() }],
      // A gateway rewrote a few characters of the base64.
      spoil: (mime) => mime.replace(/(audio\/wav[^]*?\r\n\r\n.{30})..../, '$1*&%!'),
    },
    {
      at: [4, '09:41'],
      from: oldShop,
      to: [alice],
      subject: 'Gruesse aus dem Lager',
      text: 'Drei Kartons Kaffee sind da. Danke und schoene Gruesse!',
      // Raw Latin-1 in header and body, without saying so.
      spoil: (mime) => mime.replaceAll('schoene', 'sch\xf6ne').replaceAll('Gruesse', 'Gr\xfc\xdfe'),
    },
    {
      at: [3, '15:00'],
      from: scanner,
      to: [bob],
      subject: 'Scan_0017',
      text: 'Scanned document attached.',
      attachments: () => [jpeg('Scan_0017.jpg', 1500)],
      spoil: (mime) => mime.replace(/^Message-ID:.*\r\n/m, ''),
    },
    {
      at: [2, '22:10'],
      from: will,
      to: [alice],
      subject: '',
      text: 'generator works. windsock too. students warm. thx',
    },
  ]),
  ...singles('unusual', [
    {
      at: [3, '10:05'],
      from: felix,
      to: [alice],
      subject: 'The robot makes a cappuccino (video)',
      text: `Thirty megabytes, sorry. She does the foam herself from 00:40 on.`,
      attachments: () => [
        { name: 'cappuccino.mp4', type: 'video/mp4', content: noise(BIG_FILE_BYTES, 2107) },
      ],
      filed: { alice: { flagged: true } },
    },
    {
      at: [2, '11:30'],
      from: nora,
      to: [alice],
      subject: 'FW: Who moved the table football',
      text: `For your collection. The mail is attached as it came.`,
      attachments: (now) => [
        {
          name: 'Who moved the table football.eml',
          type: 'message/rfc822',
          content: petition(now),
        },
      ],
      filed: { alice: { folder: ['inbox', 'Projects', 'Northwind'] } },
    },
    {
      at: [7, '07:20'],
      from: outlook97,
      to: [alice],
      subject: 'Filters for the old machine',
      text: 'Do you still have paper filters, size 4? The list is in the attachment, if your computer can read it.',
      attachments: () => [
        { name: 'winmail.dat', type: 'application/ms-tnef', content: transportNeutral() },
      ],
    },
  ]),
  ...singles('drafts', [
    {
      at: [2, '17:55'],
      from: alice,
      to: [grace],
      subject: 'Descaling on the ninth floor',
      text: `Hello Grace,

a small reminder, before the machine reminds you itself:`,
      isDraft: true,
    },
    {
      at: [1, '16:30'],
      from: alice,
      subject: 'Ideas for the Christmas card',
      text: `- reindeer with milk foam
- not the plant
- ask Bob`,
      isDraft: true,
    },
    {
      at: [1, '18:00'],
      from: bob,
      to: [tom],
      subject: 'Tank, Warehouse 3',
      text: `Hi Tom, about the person who fills the tank:`,
      isDraft: true,
    },
  ]),
]

const jpeg = (name: string, sizeBytes: number) => ({
  name,
  type: 'image/jpeg',
  content: Buffer.concat([
    Buffer.from([0xff, 0xd8, 0xff, 0xe0]),
    noise(sizeBytes - 6, sizeBytes).make(),
    Buffer.from([0xff, 0xd9]),
  ]),
})

const petition = (now: Date) =>
  aMime({
    from: tom,
    to: 'Everybody <all@northwind.test>',
    cc: nora,
    subject: 'Who moved the table football — a petition',
    date: moment([2, '09:58'], now),
    utcOffset: '+0100',
    text: 'It now stands 1.9 metres to the left. We were promised two. Signatures: 14.\n',
    attachments: [
      { name: 'signatures.csv', type: 'text/csv', content: 'name\nTom\nThe other Tom\n' },
    ],
  })

/** Outlook's own wrapping (MS-OXTNEF): its signature, a key, and what only Outlook reads. */
const transportNeutral = () =>
  Buffer.concat([Buffer.from([0x78, 0x9f, 0x3e, 0x22, 0x01, 0x00]), noise(400, 97).make()])
