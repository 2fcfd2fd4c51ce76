import { pdf, xlsx } from '../files/attach.ts'
import { conversation, singles, type Letter } from '../letter.ts'
import { encryptedFor } from '../mime/smime.ts'
import { alice, leo, sales } from '../people.ts'

/** An invoice with one digit too many, and bank details that nobody but Alice can read. */
export const litware = (): Letter[] => [
  ...conversation('litware-invoice', 'Invoice 90211: a small question', [
    {
      at: [8, '09:00'],
      from: leo,
      to: [sales],
      cc: [alice],
      text: `Dear colleagues,

your invoice 90211 asks us for EUR 29,000.00 for coffee beans in October. We do like coffee. We think you mean EUR 290.00.

Our system would have paid it. I would not.`,
      attachments: () => [
        pdf('Invoice 90211.pdf', 'Invoice 90211', ['Beans, October      EUR 29,000.00']),
      ],
    },
    {
      at: [8, '09:26'],
      from: alice,
      to: [leo],
      cc: [sales],
      text: `Dear Leo,

oh dear. Thank you for reading it. Somebody's cat, or somebody, leaned on the zero key. The corrected invoice comes today, and the old one is void.`,
    },
    {
      at: [8, '11:30'],
      from: sales,
      to: [leo],
      cc: [alice],
      answers: 0,
      text: `Dear Mr Hartmann,

attached is invoice 90211-B over EUR 290.00, and a credit note for the rest. Please accept our apologies, and a bag of the beans.`,
      attachments: () => [
        pdf('Invoice 90211-B.pdf', 'Invoice 90211-B', ['Beans, October      EUR 290.00']),
        xlsx('Credit note.xlsx', [
          ['Invoice', 'Amount (EUR)'],
          ['90211', -29000],
          ['90211-B', 290],
        ]),
      ],
    },
    {
      at: [7, '10:12'],
      from: leo,
      to: [sales, alice],
      text: `Received, booked, paid. The apology is filed under "coffee, received".`,
    },
  ]),
  ...singles('litware-encrypted', [
    {
      at: [5, '11:11'],
      from: leo,
      to: [alice],
      subject: 'New bank details (encrypted)',
      text: 'Our bank details change next month. Please ring me before you use them, as it should be.',
      protect: encryptedFor('Alice Archer'),
    },
  ]),
  ...conversation('litware-beans', 'Monthly beans: a change', [
    {
      at: [2, '09:33'],
      from: leo,
      to: [alice],
      text: `Dear Alice,

the developers have moved to the ground floor and drink twice as much there. Nobody can explain it. Could you raise our beans from 12 to 20 kilos a month?`,
    },
    {
      at: [2, '10:18'],
      from: alice,
      to: [leo],
      text: `Dear Leo,

done, from the next delivery. Bob's theory: the stairs were the only thing that slowed them down.`,
    },
  ]),
]
