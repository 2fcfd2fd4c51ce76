import { conversation, singles, type Letter } from '../letter.ts'
import { escapeHtml } from '../letter-words.ts'
import { textPart, multipart } from '../mime/part.ts'
import { alice, bob, sales, type Person } from '../people.ts'

const robot = (name: string, address: string): Person => ({ name, address, company: name })
const dailyGrind = robot('The Daily Grind', 'news@dailygrind.test')
const officeLife = robot('Office Life Weekly', 'weekly@officelife.test')
const descalers = robot('Descalers mailing list', 'descalers@lists.machines.test')
const parcels = robot('Parcel Service', 'noreply@parcels.test')
const status = robot('Statuspage', 'no-reply@status.test')
const postmaster = robot('Mail Delivery System', 'postmaster@contoso.test')
const fair = robot('Beverage Fair', 'invitation@fair.test')

const list = (id: string, host: string): Record<string, string> => ({
  'List-Id': `${id} <${id.toLowerCase().replace(/ /g, '-')}.${host}>`,
  'List-Unsubscribe': `<https://${host}/leave?who=7>, <mailto:leave@${host}>`,
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  Precedence: 'bulk',
})

type Story = readonly [headline: string, teaser: string]

/** A newsletter as they are: tables, a loud colour, and a picture that tells when it was seen. */
function newsletter(title: string, host: string, stories: readonly Story[]): string {
  const rows = stories.map(
    ([headline, teaser]) =>
      `<tr><td style="padding:12px 24px"><h2 style="margin:0;font-size:18px">${escapeHtml(headline)}</h2><p>${escapeHtml(teaser)} <a href="https://${host}/read?story=1&amp;reader=7">Read on</a></p></td></tr>`,
  )
  return `<html><body style="background:#f3f2f1;font-family:Georgia,serif">
<table width="600" align="center" cellspacing="0" style="background:#ffffff">
<tr><td style="background:#6b3e26;color:#ffffff;padding:24px;font-size:26px">${escapeHtml(title)}</td></tr>
${rows.join('\n')}
<tr><td style="padding:12px 24px;font-size:11px;color:#8a8886">You get this because you once ticked a box. <a href="https://${host}/leave?who=7">Leave</a></td></tr>
</table><img src="https://${host}/seen.gif?reader=7" width="1" height="1" alt=""></body></html>
`
}

const told = (stories: readonly Story[]) => stories.map((story) => story.join('\n')).join('\n\n')

const firstIssue: readonly Story[] = [
  ['Is decaf a feeling?', 'Our tasters argue, quietly, late into the night.'],
  ['Five grinders, one winner', 'And one that we now use as a door stop.'],
]
const secondIssue: readonly Story[] = [
  ['The milk question, again', 'Oat leads. Somebody asked for pea. We asked them to leave.'],
  ['Reader of the week', 'She cleans her machine every day. Every single day.'],
]
const meetings: readonly Story[] = [
  ['The meeting that was an e-mail', 'A true story in one line.'],
  ['Plants that thrive on neglect', 'Ranked by how little you care.'],
]

/** Mail that nobody wrote by hand: lists, robots, and what comes back. */
export const listsAndRobots = (): Letter[] => [
  ...singles('newsletters', [
    {
      at: [9, '05:00'],
      from: dailyGrind,
      to: [alice],
      subject: 'The Daily Grind ☕ Is decaf a feeling?',
      text: told(firstIssue),
      html: newsletter('The Daily Grind', 'dailygrind.test', firstIssue),
      headers: list('Daily Grind', 'dailygrind.test'),
    },
    {
      at: [4, '05:00'],
      from: dailyGrind,
      to: [alice],
      subject: 'The Daily Grind ☕ The milk question, again',
      text: told(secondIssue),
      html: newsletter('The Daily Grind', 'dailygrind.test', secondIssue),
      headers: list('Daily Grind', 'dailygrind.test'),
      filed: { alice: { unread: true } },
    },
    {
      at: [3, '06:30'],
      from: officeLife,
      to: [sales],
      alsoTo: [bob],
      subject: 'Plants that thrive on neglect, and 4 more',
      text: told(meetings),
      html: newsletter('Office Life Weekly', 'officelife.test', meetings),
      headers: list('Office Life', 'officelife.test'),
      filed: { sales: { unread: true }, bob: { unread: true } },
    },
    {
      at: [6, '18:20'],
      from: { ...descalers, name: 'Petra via Descalers' },
      to: [descalers],
      alsoTo: [bob],
      subject: '[descalers] Citric acid or the blue stuff?',
      text: `I have tried both. The blue stuff works. I do not know what is in it and I have stopped asking.`,
      headers: { ...list('Descalers', 'lists.machines.test'), Precedence: 'list' },
    },
  ]),
  ...singles('robots', [
    {
      at: [5, '16:01'],
      from: parcels,
      to: [sales],
      subject: 'Your parcel 3S-0099 is on its way',
      text: `One parcel, 14 kg, smells of coffee. Expected tomorrow between 08:00 and 20:00, roughly.`,
      headers: { 'Auto-Submitted': 'auto-generated' },
      messageId: '<1.parcel@localhost>',
    },
    {
      at: [4, '10:47'],
      from: parcels,
      to: [sales],
      subject: 'Your parcel 3S-0099 was left with a neighbour',
      text: `Your parcel is with: NEIGHBOUR. Thank you for choosing Parcel Service.`,
      headers: { 'Auto-Submitted': 'auto-generated' },
      messageId: '<1.parcel@localhost>', // their mailer knows one id only
    },
    {
      at: [2, '03:12'],
      from: status,
      to: [bob],
      subject: '[Resolved] Telemetry: delayed cups',
      text: `Between 02:40 and 03:05 UTC cups were counted late. No coffee was lost.`,
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    },
    {
      at: [6, '07:00'],
      from: fair,
      to: [{ name: 'Alice Archer', address: 'alice+fairs@contoso.test' }, ...guests()],
      subject: 'Save the date: Beverage Fair, hall 4',
      text: `Dear friends of hot water,

this year we have hall 4 to ourselves. Stands are given in the order of answers, and last year's winner was eight minutes fast.`,
    },
  ]),
  ...conversation('bounce', 'Your sample is on its way', [
    {
      at: [6, '10:05'],
      from: alice,
      to: [{ name: 'Grace Adeyemi', address: 'grace@adatmu.test' }],
      text: `Hello Grace,

the sample of the new beans left today. Tell me what the third floor says, they are the strict ones.`,
    },
    {
      at: [6, '10:06'],
      from: postmaster,
      to: [alice],
      subject: 'Undeliverable: Your sample is on its way',
      text: 'The address could not be found.',
      headers: { 'Auto-Submitted': 'auto-replied' },
      body: deliveryReport,
    },
  ]),
]

/** A delivery status notification (RFC 3464): for people, for machines. */
function deliveryReport() {
  const fields = [
    'Reporting-MTA: dns; mx.contoso.test',
    '',
    'Final-Recipient: rfc822; grace@adatmu.test',
    'Action: failed',
    'Status: 5.1.2',
    'Diagnostic-Code: smtp; 550 5.1.2 no such domain',
    '',
  ]
  const words =
    'Your message to grace@adatmu.test could not be delivered: there is no such domain.\n'
  return multipart(
    'report; report-type=delivery-status',
    [
      textPart(words, 'text/plain'),
      {
        headers: [['Content-Type', 'message/delivery-status']],
        body: [fields.map((line) => `${line}\r\n`).join('')],
      },
    ],
    '=_report.6f1d',
  )
}

/** Everybody in one To line: the sender will be told about Bcc. */
function guests() {
  return Array.from({ length: 48 }, (_, index) => ({
    name: `Stand ${String(index + 1).padStart(2, '0')}`,
    address: `stand${index + 1}@exhibitors.test`,
  }))
}
