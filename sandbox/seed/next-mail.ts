import type { Random } from '../random.ts'
import { inlinePng, pdf } from './files/attach.ts'
import { barChart } from './files/pictures.ts'
import { htmlPage } from './letter-words.ts'
import { aMime, type Attachment } from './mime-builder.ts'
import * as people from './people.ts'

const { felix, grace, ines, layla, leo, misaki, nora, tess, will } = people
type Occasion = {
  from: people.Person
  subject: string
  text: string
  picture?: true
  attachment?: (random: Random) => Attachment
}

const invoice = (random: Random) => {
  const number = random.between(90_300, 99_999)
  return pdf(`Invoice ${number}.pdf`, `Invoice ${number}`, [
    `Beans   EUR ${random.between(90, 900)}.00`,
  ])
}

const occasions: readonly Occasion[] = [
  {
    from: nora,
    subject: 'More beans, please',
    text: 'Hello,\n\nwe are down to the last bag, and people have begun to count. Could you send 20 kilos this week?',
  },
  {
    from: felix,
    subject: 'Small question about the API',
    text: 'Hi,\n\nthe machine reports 418. The documentation says this cannot happen. Who is right?',
  },
  {
    from: tess,
    subject: 'It hums again',
    text: 'Good morning,\n\nit is back, a third lower. My staff have started to sing along. No hurry.',
  },
  {
    from: leo,
    subject: 'Your invoice, for once without a question',
    text: 'Dear colleagues,\n\nattached with our booking number. Everything adds up. I checked twice, out of habit.',
    attachment: invoice,
  },
  {
    from: grace,
    subject: 'The tenth floor is jealous',
    text: 'Hello,\n\nthe tenth floor has noticed what the ninth floor drinks. Please quote one more machine.',
  },
  {
    from: will,
    subject: 'spare part?',
    text: 'hi, the little lever on the left came off. it still works but now we all look at the lever. can you send one',
  },
  {
    from: ines,
    subject: 'Clause 7, a follow-up',
    text: 'Dear both,\n\nthe robot has read the contract. She has comments. They are rather good.',
  },
  {
    from: nora,
    subject: 'This week in cups',
    text: 'Hello,\n\nthe chart below needs no words. The blue bar is today.',
    picture: true,
  },
  {
    from: misaki,
    subject: '納品日のご確認',
    text: 'お世話になっております。\n\n次回の納品日をお知らせいただけますでしょうか。',
  },
  {
    from: layla,
    subject: 'شكرا على القهوة',
    text: 'مرحبا،\n\nالمدير يبتسم منذ يومين. نود تمديد فترة التجربة، من فضلكم.',
  },
]

/** A believable fresh mail to `to`, sent at `now`; another one each time that `random` moves on. */
export function nextMail(random: Random, now: Date, to: string): { mime: Uint8Array } {
  const { from, subject, text, picture, attachment } = random.pick(occasions)
  const name = people.seedPeople.mailboxes.find(({ address }) => address === to)?.displayName
  const signature = from.signature ?? []
  const shown = '<p><img src="cid:chart@mail.test" width="320" height="160" alt="Cups a day"></p>'
  const mime = aMime({
    from,
    to: name ? { name, address: to } : to,
    subject,
    date: now,
    utcOffset: from.utcOffset ?? '+0000',
    charset: from.charset ?? 'utf-8',
    messageId: `<${random.guid()}@${from.address.split('@')[1]}>`,
    text: `${text}\n\n${signature.join('\n')}\n`,
    ...(from.writes !== 'plain' && {
      html: htmlPage(text, signature, { below: picture ? shown : '' }),
    }),
    attachments: [
      ...(attachment ? [attachment(random)] : []),
      ...(picture ? [inlinePng('chart@mail.test', 'cups.png', chart(random))] : []),
    ],
  })
  return { mime }
}

const chart = (random: Random) =>
  barChart(Array.from({ length: 5 }, () => 0.3 + random.next() * 0.65))
