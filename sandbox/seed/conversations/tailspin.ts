import { inlinePng, pdf } from '../files/attach.ts'
import { cupFromAbove, logo } from '../files/pictures.ts'
import { conversation, type Letter } from '../letter.ts'
import { alice, bob, sales, tess } from '../people.ts'

const ticket = '<p><img src="cid:logo@contoso.test" width="96" height="64" alt="Contoso"></p>'
const withLogo = () => [inlinePng('logo@contoso.test', 'contoso.png', logo())]

/** A complaint that ends well, handled from the shared mailbox. */
export const tailspin = (): Letter[] => [
  ...conversation('tailspin-spill', 'Our machine has opinions', [
    {
      at: [7, '08:05'],
      from: tess,
      to: [sales],
      text: `Good morning,

our Barista 600 now puts about a third of each coffee next to the cup. Picture below, taken seconds before I needed a new keyboard.

It also hums. It is not an unpleasant tune. Still.`,
      below:
        '<p><img src="cid:spill@tailspin.test" width="200" height="150" alt="A cup with coffee beside it"></p>',
      attachments: () => [inlinePng('spill@tailspin.test', 'IMG_0412.png', cupFromAbove(true))],
    },
    {
      at: [7, '08:22'],
      from: sales,
      to: [tess],
      cc: [bob],
      text: `Dear Tess,

that is not how it should be, and we are sorry about the keyboard. Bob from service is in copy.

Could you send him the number on the back of the machine?`,
      below: ticket,
      attachments: withLogo,
    },
    {
      at: [7, '09:11'],
      from: tess,
      to: [bob],
      cc: [sales],
      text: `B600-0471. I had to move it to read that, and now it hums in a different key.`,
    },
    {
      at: [7, '09:30'],
      from: bob,
      to: [tess],
      cc: [sales],
      text: `Thank you, Tess. Humming and spilling together mean the outlet has come loose. A colleague can be there today between two and four. Keep children and toys away from it until then.`,
    },
    {
      at: [7, '16:35'],
      from: tess,
      to: [bob, sales],
      text: `Fixed in eleven minutes, and your colleague repaired a music box while the kettle cooled.

A clean cup, as proof. I almost miss the tune.`,
      below:
        '<p><img src="cid:clean@tailspin.test" width="200" height="150" alt="A cup of coffee"></p>',
      attachments: () => [inlinePng('clean@tailspin.test', 'IMG_0419.png', cupFromAbove())],
      filed: { sales: { categories: ['Solved'] } },
    },
    {
      at: [6, '08:40'],
      from: sales,
      to: [tess],
      bcc: [alice],
      text: `Dear Tess,

good to hear. Your next bag of beans is on us, for the keyboard.`,
      below: ticket,
      attachments: withLogo,
    },
  ]),
  ...conversation('tailspin-christmas', 'A machine for the Christmas shop?', [
    {
      at: [3, '12:15'],
      from: tess,
      to: [alice],
      cc: [sales],
      text: `Hello Alice,

I told Bob I would not buy a second machine until the first one behaves. It has behaved for days. So: what would a small one cost for six weeks, for the Christmas shop?`,
    },
    {
      at: [3, '14:50'],
      from: alice,
      to: [tess],
      text: `Hello Tess,

six weeks of a Barista 300 are EUR 390 with beans for about 2,000 cups. Offer attached.

It does not hum. I can ask Bob to change that.`,
      attachments: () => [
        pdf('Offer 2115 Tailspin.pdf', 'Offer 2115', [
          'Tailspin Toys, Christmas shop',
          '1 x Barista 300, six weeks, beans included   EUR 390',
        ]),
      ],
    },
    {
      at: [1, '17:02'],
      from: tess,
      to: [alice],
      cc: [sales],
      text: `Yes please. And if it could hum just a little, in December...`,
      filed: { alice: { unread: true }, sales: { unread: true } },
    },
  ]),
]
