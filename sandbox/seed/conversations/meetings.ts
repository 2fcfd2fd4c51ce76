import { anIcs, type Meeting } from '../files/calendar.ts'
import { conversation, singles, type Draft, type Letter } from '../letter.ts'
import { alice, bob, felix, nora, tom, type Person } from '../people.ts'
import { moment, type When } from '../when.ts'

type Plan = Omit<Meeting, 'method' | 'start'> & { starts: When }

const invitation =
  (plan: Plan, method: 'REQUEST' | 'REPLY' | 'CANCEL', change: Partial<Meeting> = {}) =>
  (now: Date) => {
    const { starts, ...meeting } = plan
    const content = anIcs({ ...meeting, method, start: moment(starts, now), ...change })
    return { method, content }
  }

const kickOff: Plan = {
  uid: 'kick-off-1@northwind.test',
  summary: 'Kick-off: coffee in Warehouse 2 and 3',
  starts: [-2, '09:00'],
  minutes: 45,
  location: 'Warehouse 2, next to the table football',
  organizer: nora,
  attendees: [alice, bob, tom],
}
const demo: Plan = {
  uid: 'demo-telemetry@fabrikam.test',
  summary: 'Bean telemetry, live',
  starts: [-1, '14:00'],
  minutes: 30,
  location: 'Online',
  organizer: felix,
  attendees: [bob],
}
const tasting: Plan = {
  uid: 'tasting@contoso.test',
  summary: 'Tasting: the Christmas blend',
  starts: [-4, '10:30'],
  minutes: 60,
  location: 'Kitchen, first floor',
  organizer: bob,
  attendees: [alice],
}

const answer = (from: Person, at: When, word: 'Accepted' | 'Declined', plan: Plan): Draft => ({
  at,
  from,
  to: [plan.organizer],
  subject: `${word}: ${plan.summary}`,
  text: word === 'Accepted' ? 'I will be there.' : 'Sorry, I cannot.',
  calendar: invitation(plan, 'REPLY', {
    attendees: [from],
    answer: word === 'Accepted' ? 'ACCEPTED' : 'DECLINED',
  }),
})

/** Invitations, answers, an update, a cancellation, and one .ics that came as a file. */
export const meetings = (): Letter[] => [
  ...conversation('kick-off', kickOff.summary, [
    {
      at: [4, '11:00'],
      from: nora,
      to: [alice, bob, tom],
      text: `Agenda: water, power, and who fills the tank in Warehouse 3. Coffee will be served, that is rather the point.`,
      calendar: invitation(kickOff, 'REQUEST'),
    },
    answer(alice, [4, '11:20'], 'Accepted', kickOff),
    { ...answer(bob, [4, '12:02'], 'Accepted', kickOff), answers: 0 },
    {
      at: [1, '10:40'],
      from: nora,
      to: [alice, bob, tom],
      subject: `Updated: ${kickOff.summary}`,
      answers: 0,
      text: `Fifteen minutes longer: Tom has prepared slides about the drain.`,
      calendar: invitation(kickOff, 'REQUEST', { minutes: 60, sequence: 1 }),
      filed: { alice: { unread: true } },
    },
  ]),
  ...conversation('telemetry-demo', demo.summary, [
    {
      at: [2, '08:30'],
      from: felix,
      to: [bob],
      text: `I share my screen, you share your opinion.`,
      calendar: invitation(demo, 'REQUEST'),
    },
    {
      at: [1, '19:15'],
      from: felix,
      to: [bob],
      subject: `Canceled: ${demo.summary}`,
      text: `No need any more, it simply works. I am as surprised as you are.`,
      calendar: invitation(demo, 'CANCEL', { sequence: 1 }),
    },
  ]),
  ...conversation('tasting', tasting.summary, [
    {
      at: [3, '13:05'],
      from: bob,
      to: [alice],
      text: `Six cups, no talking until all are empty.`,
      calendar: invitation(tasting, 'REQUEST'),
    },
  ]),
  ...singles('fair-slot', [
    {
      at: [2, '12:45'],
      from: { name: 'Beverage Fair', address: 'stands@fair.test', company: 'Beverage Fair' },
      to: [{ name: alice.name, address: 'alice+fairs@contoso.test' }],
      subject: 'Your stand: hall 4, next to the kettles',
      text: `Dear Ms Archer,

you have stand 4.17. Building up starts in the morning, please find the date for your calendar attached.`,
      attachments: (now) => [
        {
          name: 'stand-4-17.ics',
          type: 'text/calendar; method=PUBLISH',
          content: anIcs({
            uid: 'stand-4-17@fair.test',
            method: 'PUBLISH',
            summary: 'Beverage Fair: building up stand 4.17',
            start: moment([-15, '07:00'], now),
            minutes: 240,
            organizer: { name: 'Beverage Fair', address: 'stands@fair.test' },
            attendees: [],
          }),
        },
      ],
    },
  ]),
]
