import { damages } from '../../http/request-faults.ts'

/** One input of a fault's form; whose mailbox it is about is chosen once, at the top of the page. */
export type Field =
  | { name: string; label: string; kind: 'number'; value: number; min: number }
  | { name: string; label: string; kind: 'choice'; options: readonly string[] }

/** One fault as the page offers it. Texts are constants of ours and need no escaping. */
export type FaultForm = {
  fault: string
  button: string
  explain: string
  fields: readonly Field[]
}
export type FormGroup = { title: string; forms: readonly FaultForm[] }

const form = (
  fault: string,
  button: string,
  explain: string,
  fields: readonly Field[],
): FaultForm => ({
  fault,
  button,
  explain,
  fields,
})
const number = (name: string, label: string, value: number, min = 0): Field => ({
  name,
  label,
  kind: 'number',
  value,
  min,
})
const choice = (name: string, label: string, options: readonly string[]): Field => ({
  name,
  label,
  kind: 'choice',
  options,
})
const to = choice('to', 'To folder', ['archive', 'inbox', 'junkemail', 'sentitems'])
const count = (value: number) => number('count', 'How many', value, 1)
const next = (value: number) => number('next', 'How many', value, 1)
const seconds = (value: number) => number('seconds', 'Seconds', value)
const milliseconds = (value: number) => number('ms', 'Milliseconds', value)
const EVENTS = ['missed', 'reauthorizationRequired', 'subscriptionRemoved']

const mail: FormGroup = {
  title: 'Mail',
  forms: [
    form('deliver', 'Deliver many', 'Several new mails, one after the other.', [count(10)]),
    form('move', 'Move', 'The newest mail of the Inbox goes to another folder.', [to]),
    form(
      'bulk-move',
      'Move many',
      'Many at once. Above 25, Exchange tells nobody and only says “missed”.',
      [count(30), to],
    ),
    form('delete', 'Delete', 'The newest mail of the Inbox goes to Deleted Items.', []),
    form('restore', 'Restore', 'The newest deleted mail comes back.', []),
  ],
}

const notifications: FormGroup = {
  title: 'Notifications',
  forms: [
    form('drop', 'Lose', 'The next notifications never arrive.', [next(3)]),
    form('duplicate', 'Double', 'The next notifications arrive twice.', [next(3)]),
    form('reorder', 'Reorder', 'The next notifications arrive back to front.', [next(5)]),
    form('delay', 'Delay', 'Every notification comes late; 0 ends it.', [milliseconds(5_000)]),
    form('silence', 'Silence', 'What happens meanwhile is never told, as in an outage.', [
      seconds(60),
    ]),
    form('burst', 'Gather', 'Notifications are held back and arrive all at once.', [seconds(10)]),
    form('lifecycle', 'Send', 'A lifecycle event to every subscription; “removed” deletes them.', [
      choice('event', 'Event', EVENTS),
    ]),
  ],
}

const answers: FormGroup = {
  title: 'Graph’s answers',
  forms: [
    form('throttle', 'Throttle', 'Every call to this mailbox is answered with 429.', [seconds(30)]),
    form('slow-down', 'Slow down', 'Every answer takes longer; 0 ends it.', [milliseconds(2_000)]),
    form('fail-requests', 'Fail', 'The next requests fail with this status.', [
      choice('status', 'Status', ['503', '500', '504', '429']),
      count(3),
    ]),
    form('damage-replies', 'Damage', 'The next answers are harmed on their way.', [
      choice('damage', 'How', damages),
      count(1),
    ]),
    form(
      'kill-delta-token',
      'Forget',
      'Graph forgets where the Inbox’s synchronisation stood (410).',
      [],
    ),
  ],
}

const signIn: FormGroup = {
  title: 'Sign-in of this person',
  forms: [
    form(
      'expire-token',
      'Expire',
      'Their access tokens expire now, those of subscriptions too.',
      [],
    ),
    form(
      'challenge-token',
      'Challenge',
      'Their tokens meet a claims challenge (continuous access evaluation).',
      [],
    ),
    form('revoke-consent', 'Revoke', 'The app loses their consent.', []),
    form('grant-consent', 'Give back', 'The consent is given again.', []),
  ],
}

/** Everything the page offers beside the large button. */
export const FORM_GROUPS: readonly FormGroup[] = [mail, notifications, answers, signIn]
