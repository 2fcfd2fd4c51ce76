import { pdf } from '../files/attach.ts'
import { conversation, type Letter } from '../letter.ts'
import { signedBy } from '../mime/smime.ts'
import { admin, alice, bob, felix, ines } from '../people.ts'

/** A contract between careful people: clear-signed mail, a Bcc, and one clause about robots. */
export const fabrikam = (): Letter[] => [
  ...conversation('fabrikam-contract', 'Service contract, clause 7', [
    {
      at: [9, '10:30'],
      from: ines,
      to: [alice],
      cc: [felix],
      text: `Dear Alice,

thank you for the draft. Legal has read it with a cup of your coffee, which is why there is only one remark.

Clause 7 says the machine "may be operated by persons only". We build robots. One of them already operates it. Could you offer a wording that includes her?`,
      attachments: () => [
        pdf('Contract draft 3 with remarks.pdf', 'Service contract, draft 3', [
          '7. Operation',
          'The machine may be operated by persons only.   [ID: see mail]',
        ]),
      ],
      protect: signedBy('Ines Duarte'),
    },
    {
      at: [9, '11:48'],
      from: alice,
      to: [ines],
      cc: [felix],
      bcc: [admin],
      text: `Dear Inês,

how about: "by persons, and by machines under the responsibility of a person"?

Our own lawyer smiled, which I had not seen before.`,
    },
    {
      at: [8, '08:20'],
      from: felix,
      to: [alice],
      cc: [ines],
      text: `Works for me. The responsible person is Inês, she just does not know it yet. Oh. Hello Inês.`,
    },
    {
      at: [8, '08:41'],
      from: ines,
      to: [felix, alice],
      text: `Agreed, on one condition: Felix stops answering legal mails before nine.

Alice, please send the final version for signature.`,
      protect: signedBy('Ines Duarte'),
    },
    {
      at: [6, '13:10'],
      from: alice,
      to: [ines, felix],
      cc: [bob],
      text: `Final version attached. Bob is in copy because clause 12 promises that he answers the phone.`,
      attachments: () => [
        pdf('Service contract 88-F.pdf', 'Service contract 88-F', [
          'Contoso and Fabrikam Robotics',
          '7. The machine may be operated by persons, and by machines',
          '   under the responsibility of a person.',
          '12. Faults are answered within four hours, by a human.',
        ]),
      ],
      filed: { bob: { categories: ['Contracts'] } },
    },
    {
      at: [4, '15:02'],
      from: ines,
      to: [alice],
      cc: [felix],
      text: `Signed, scanned, attached. A pleasure.

Our robot asks whether she gets a loyalty card.`,
      attachments: () => [
        pdf('Service contract 88-F signed.pdf', 'Service contract 88-F', [
          'Signed for Fabrikam Robotics: I. Duarte',
        ]),
      ],
      protect: signedBy('Ines Duarte'),
      filed: { alice: { flagged: true, categories: ['Contracts'] } },
    },
    {
      at: [4, '15:20'],
      from: alice,
      to: [ines],
      cc: [felix],
      text: `She does. The tenth cup is free, or ten millilitres of machine oil.`,
    },
    {
      at: [4, '15:21'],
      from: ines,
      to: [alice],
      subject: 'Automatic reply: Service contract, clause 7',
      text: `I am out of the office for three days and read mail only when the tide is out.

For contracts please write to legal@fabrikam.test. For robots, to Felix.`,
      headers: {
        'Auto-Submitted': 'auto-replied',
        'X-Auto-Response-Suppress': 'All',
        Precedence: 'auto_reply',
      },
    },
  ]),
  ...conversation('fabrikam-telemetry', 'Can the machine speak MQTT?', [
    {
      at: [3, '21:47'],
      from: felix,
      to: [bob],
      cc: [alice],
      text: `Hi Bob,

late question. Does the Barista 900 publish anything we can subscribe to? We would like to know when the beans run low before the developers do.`,
      filed: { bob: { flagged: true } },
    },
    {
      at: [2, '07:58'],
      from: bob,
      to: [felix],
      text: `Hi Felix,

yes: level of beans, milk, water, and cups since cleaning. Topic list follows, the port is closed by default, and please give it a password that is not "coffee".`,
    },
    {
      at: [2, '08:03'],
      from: felix,
      to: [bob],
      text: `Changing it now. No reason.`,
    },
    {
      at: 48,
      from: felix,
      to: [bob, alice],
      text: `The dashboard is up. At 10:00 sharp the bean level falls like a share price.

We would like two more machines, one for each floor. Alice, is there a price for three?`,
      filed: { alice: { unread: true }, bob: { unread: true } },
    },
  ]),
]
