import { pdf } from '../files/attach.ts'
import { conversation, singles, type Letter } from '../letter.ts'
import { alice, aliceAlias, bob, grace, hello, sales, will, type Person } from '../people.ts'

const webForm: Person = {
  name: 'Contoso website',
  address: 'form@web.contoso-site.test',
  company: 'Contoso',
}

/** New people at the sales desk, and two older stories that Alice has put away in her archive. */
export const enquiries = (): Letter[] => [
  ...conversation('adatum-move', 'Moving office, machine included', [
    {
      at: [13, '10:00'],
      from: grace,
      to: [alice],
      text: `Hello Alice,

we move at the end of the month, from the second floor to the ninth. The lift man asks what the machine weighs, and so, after nine floors, will I.`,
      filed: { alice: { folder: ['archive'] } },
    },
    {
      at: [13, '11:25'],
      from: alice,
      to: [grace],
      cc: [bob],
      text: `Hello Grace,

48 kg empty, and please move it empty. Bob can send two people and a strap.`,
    },
    {
      at: [12, '09:14'],
      from: grace,
      to: [aliceAlias],
      cc: [bob],
      text: `Two people and a strap it is. Purchase order attached. We have told the ninth floor to expect something.`,
      attachments: () => [
        pdf('PO 77.pdf', 'Purchase order 77', [
          'Adatum Insurance',
          'Moving one Barista 900  EUR 240',
        ]),
      ],
      filed: { alice: { folder: ['archive'] }, bob: { folder: ['archive'] } },
    },
  ]),
  ...conversation('wingtip-hangar', 'coffee in a hangar??', [
    {
      at: [12, '18:40'],
      from: will,
      to: [hello],
      text: `hi, we run a small flight school. hangar is 4 degrees in winter. does your machine mind? the students do`,
    },
    {
      at: [11, '08:10'],
      from: sales,
      to: [will],
      cc: [alice],
      text: `Hello Will,

it minds below 2 degrees, so it will outlast your students. Alice looks after customers in your part of the world and is in copy.`,
      filed: { alice: { folder: ['archive'] } },
    },
    {
      at: [11, '15:33'],
      from: will,
      to: [sales],
      cc: [alice],
      text: `great. we'll take the small one. can it run on a generator? asking because ours also runs the windsock light`,
      filed: { alice: { folder: ['archive'] } },
    },
  ]),
  ...singles('web-form', [
    {
      at: [5, '12:12'],
      from: webForm,
      to: [sales],
      subject: 'Website: new enquiry from Proseware',
      text: `Name: Kim Abara
Company: Proseware
E-mail: kim@proseware.test
Message: We are eleven writers. How many cups is that?`,
      headers: { 'Reply-To': 'Kim Abara <kim@proseware.test>' },
      filed: { sales: { flagged: true } },
    },
    {
      at: [1, '09:09'],
      from: webForm,
      to: [sales],
      subject: 'Website: new enquiry from Lucerne Publishing',
      text: `Name: Sacha Brunner
Company: Lucerne Publishing
E-mail: sacha@lucerne.test
Message: Do your machines make hot chocolate? It is for the editors. They are under pressure.`,
      headers: { 'Reply-To': 'Sacha Brunner <sacha@lucerne.test>' },
      filed: { sales: { unread: true } },
    },
  ]),
]
