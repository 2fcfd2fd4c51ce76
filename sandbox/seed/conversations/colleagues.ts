import { xlsx } from '../files/attach.ts'
import { conversation, singles, type Letter } from '../letter.ts'
import { admin, alice, bob, sales, type Person } from '../people.ts'

const sister: Person = { name: 'Emma Archer', address: 'emma@family.test', company: '' }
const dentist: Person = {
  name: 'Dr. Molar Dental Practice',
  address: 'reception@molar.test',
  company: 'Molar Dental',
}
const personal = { Sensitivity: 'private' }

/** What a CRM should keep out: colleagues among themselves, private mail, and what somebody marked No-CRM. */
export const colleagues = (): Letter[] => [
  ...conversation('kitchen-plant', 'The plant in the kitchen', [
    {
      at: [8, '11:11'],
      from: bob,
      to: [alice],
      text: `Somebody has been giving the plant the rest of the espresso. It has grown 20 cm and follows people with its leaves.

Was it you?`,
    },
    {
      at: [8, '11:15'],
      from: alice,
      to: [bob],
      text: `It looked tired.`,
    },
    {
      at: [8, '11:16'],
      from: bob,
      to: [alice],
      text: `It no longer looks tired, Alice. It looks at me.`,
    },
    {
      at: [7, '09:02'],
      from: alice,
      to: [bob],
      text: `I have switched it to decaf.`,
    },
  ]),
  ...conversation('forecast', 'Forecast for the quarter', [
    {
      at: [3, '16:10'],
      from: alice,
      to: [bob],
      text: `Bob, my numbers are in the sheet. Could you add the service hours?

Northwind is in at 100 %, Jinlan at 30 %, and the fourth Northwind machine at "she has not asked yet".`,
      attachments: () => [
        xlsx('Forecast.xlsx', [
          ['Customer', 'EUR', 'Chance'],
          ['Northwind', 26390, 1],
          ['Fabrikam', 9200, 0.9],
          ['Jinlan', 54000, 0.3],
          ['Zaytuna', 2340, 0.6],
        ]),
      ],
    },
    {
      at: [2, '09:50'],
      from: bob,
      to: [alice],
      text: `Added. 41 hours, 38 of them Tom's pipes.`,
    },
  ]),
  ...singles('house', [
    {
      at: [6, '14:00'],
      from: admin,
      to: [alice, bob, sales],
      subject: 'Passwords, again',
      text: `Dear all,

"Espresso1!" is not a secret in this company. Please change it by the end of the week, and not to "Espresso2!".`,
      filed: { bob: { flagged: true } },
    },
  ]),
  ...conversation('private-birthday', "Mum's birthday", [
    {
      at: [5, '19:30'],
      from: sister,
      to: [alice],
      text: `Do we give her the machine? You get them cheaper, and I would drink it too when I visit.`,
      headers: personal,
    },
    {
      at: [5, '19:52'],
      from: alice,
      to: [sister],
      text: `The small one, yes. I will say it is from both of us and you wash it for a year.`,
      headers: personal,
    },
  ]),
  ...singles('private-dentist', [
    {
      at: [3, '08:00'],
      from: dentist,
      to: [alice],
      subject: 'Your appointment',
      text: `We look forward to seeing you next week at 08:15. Please do not drink coffee in the hour before.`,
      headers: { ...personal, 'Auto-Submitted': 'auto-generated' },
    },
  ]),
  ...conversation('headhunter', 'A position that suits you', [
    {
      at: [4, '17:45'],
      from: { name: 'Robin Hale', address: 'robin@talent.test', company: 'Talent & Partners' },
      to: [alice],
      text: `Hello Alice,

a well-known maker of tea machines is looking for you. They do not know it yet, but I do. May I ring you?`,
      filed: { alice: { categories: ['No-CRM'] } },
    },
    {
      at: [3, '08:31'],
      from: alice,
      to: [{ name: 'Robin Hale', address: 'robin@talent.test' }],
      text: `Dear Robin,

tea? I am flattered and slightly hurt. No, thank you.`,
      filed: { alice: { categories: ['No-CRM'] } },
    },
  ]),
]
