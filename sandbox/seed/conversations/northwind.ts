import { inlinePng, pdf, xlsx } from '../files/attach.ts'
import { barChart, floorPlan } from '../files/pictures.ts'
import { conversation, type Filing, type Letter } from '../letter.ts'
import { alice, bob, nora, sales, tom } from '../people.ts'

const project: Filing = { folder: ['inbox', 'Projects', 'Northwind'] }
const forBoth = { alice: project, bob: project }

/** The big deal of the fortnight: from a wish to machines that brew. */
export const northwind = (): Letter[] => [
  ...conversation('northwind-rollout', 'Coffee for three warehouses', [
    {
      at: [10, '08:14'],
      from: nora,
      to: [alice],
      text: `Hello Alice,

we talked at the fair: three warehouses, 210 people, and coffee that has been described in our staff survey as "a cry for help".

Could you send an offer for three large machines with service? We would like to decide before the end of the month.`,
      filed: { alice: project },
    },
    {
      at: [10, '09:40'],
      from: alice,
      to: [nora],
      cc: [bob],
      text: `Hello Nora,

I remember, and I have had your coffee, so I understand the survey.

Bob (in copy) runs our service. Before I put numbers together: how many cups a day, and is there water and a drain near where the machines should stand?`,
    },
    {
      at: [10, '13:22'],
      from: nora,
      to: [alice],
      cc: [bob, tom],
      text: `Around 900 cups a day, most of them before nine.

Tom knows the pipes. Tom, please tell Bob about the pipes.`,
      filed: forBoth,
    },
    {
      at: [10, '14:05'],
      from: tom,
      to: [bob],
      cc: [alice, nora],
      text: `Hi Bob,

Warehouse 1: water yes, drain yes.
Warehouse 2: water yes, drain yes, if we move the table football. There will be resistance.
Warehouse 3: water no, drain no, hope no.`,
      filed: forBoth,
    },
    {
      at: [9, '09:15'],
      from: bob,
      to: [tom],
      cc: [alice, nora],
      text: `Hi Tom,

1 and 2 are easy. For 3 we have a model with its own tank; somebody fills it every morning. It makes that person very popular.

Plan is below, green dots are machines. The table football can stay if it moves two metres to the left.`,
      below: `<p><img src="cid:plan@contoso.test" width="300" height="180" alt="Floor plan with three machines"></p>`,
      attachments: () => [
        inlinePng(
          'plan@contoso.test',
          'floor-plan.png',
          floorPlan([
            [40, 40],
            [150, 60],
            [250, 140],
          ]),
        ),
      ],
      filed: { alice: { ...project, flagged: true } },
    },
    {
      at: [8, '10:02'],
      from: alice,
      to: [nora],
      cc: [bob, tom],
      text: `Dear Nora,

here is the offer: two Barista 900 with fixed water, one Barista 600 with tank, service within four hours. The sheet has the cost per cup, which your CFO will ask for.

The price is good for 30 days. The coffee is good for longer.`,
      attachments: () => [
        pdf('Offer 2107 Northwind.pdf', 'Offer 2107', [
          'Northwind, three warehouses',
          '2 x Barista 900, fixed water      EUR 11,800',
          '1 x Barista 600, tank             EUR  4,150',
          'Service, 4 hours, 36 months       EUR    290 a month',
          'Valid for 30 days.',
        ]),
        xlsx('Cost per cup.xlsx', [
          ['Warehouse', 'Cups a day', 'Cost per cup (EUR)'],
          ['1', 420, 0.21],
          ['2', 310, 0.22],
          ['3', 170, 0.27],
        ]),
      ],
      filed: { bob: project },
    },
    {
      at: [7, '15:48'],
      from: nora,
      to: [alice],
      text: `Thank you. The CFO asked for the cost per cup, as you said, and then for a cup.

Two questions: can the first machine come before our audit, and is oat milk included?`,
      filed: { alice: project },
    },
    {
      at: [7, '16:20'],
      from: alice,
      to: [nora],
      text: `Bob says yes to the first: Warehouse 1 can be running within a week of the order.

Oat milk is included. It is the only thing auditors agree on.`,
    },
    {
      at: [5, '08:31'],
      from: nora,
      to: [alice],
      cc: [sales],
      text: `Good morning,

the order is attached, signed. Please confirm the delivery date to Tom and me.

There was applause.`,
      attachments: () => [
        pdf('PO 4500017 signed.pdf', 'Purchase order 4500017', [
          'Northwind to Contoso',
          'As in offer 2107. Signed: N. Lindqvist',
        ]),
      ],
      filed: { alice: { ...project, flagged: true } },
    },
    {
      at: [5, '09:05'],
      from: alice,
      to: [nora, tom],
      cc: [bob, sales],
      text: `Wonderful, thank you! First machine next week, the other two within ten days.

Bob's people will ring Tom an hour before they arrive. Please warn the table football.`,
      filed: { bob: project },
    },
    {
      at: [2, '14:44'],
      from: tom,
      to: [alice, bob],
      cc: [nora],
      text: `It is in. It is shiny. The queue reached the loading dock and two drivers stayed for a second cup.

One thing: the display greets everybody with "Hello Bob". Can that be changed? We have a Bob and he has become unbearable.`,
      filed: { alice: { ...project, unread: true }, bob: { ...project, unread: true } },
    },
    {
      at: [1, '08:52'],
      from: bob,
      to: [tom],
      cc: [alice, nora],
      text: `That is the demo name, sorry. Settings > Display > Greeting, code 0000. Leave your Bob one day of it, as a present.`,
    },
  ]),
  ...conversation('northwind-first-week', 'Warehouse 1: the first week in cups', [
    {
      at: 95,
      from: nora,
      to: [alice],
      cc: [bob],
      text: `Dear both,

the machine counts, so I made a chart. The last bar is yesterday, when the office upstairs found out.

Can we talk about a fourth machine?`,
      below: `<p><img src="cid:cups@northwind.test" width="320" height="160" alt="Cups a day: 310, 360, 390, 420, 640"></p>`,
      attachments: () => [
        inlinePng('cups@northwind.test', 'cups.png', barChart([0.45, 0.53, 0.57, 0.62, 0.95])),
      ],
      filed: { alice: { unread: true, flagged: true }, bob: { unread: true } },
    },
    {
      at: 12,
      from: alice,
      to: [nora],
      cc: [bob],
      text: `Dear Nora,

what a chart. Of course we can. For the office upstairs I would suggest`,
      isDraft: true,
    },
  ]),
]
