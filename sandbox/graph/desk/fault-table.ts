import { z } from 'zod'
import { SECOND } from '../../../webhook/duration.ts'
import { damages } from '../http/request-faults.ts'
import type { FaultDesk } from './fault-desk.ts'

/** One thing the desk can do: what it needs to know, and what it says when it is done. */
export type DeskAct = { run(desk: FaultDesk, input: unknown): Promise<string> }

/** A body that does not fit is thrown as zod's error. */
function act<Schema extends z.ZodType>(
  schema: Schema,
  run: (desk: FaultDesk, input: z.output<Schema>) => string | Promise<string>,
): DeskAct {
  return { run: async (desk, input) => run(desk, schema.parse(input)) }
}

const count = z.coerce.number().int().min(1).max(10_000)
const seconds = z.coerce.number().min(0).max(86_400)
const ms = z.coerce.number().int().min(0).max(86_400_000)
const mailbox = z.string().min(1)
const Mailbox = z.object({ mailbox })
const User = z.object({ user: z.string().min(1) })
const Amount = z.union([
  z.object({ next: count }),
  z.object({ rate: z.coerce.number().min(0).max(1) }),
])
const Target = z.object({ method: z.string().optional(), path: z.string().optional() })
const optionalText = z
  .string()
  .optional()
  .transform((text) => text || undefined)

const amountText = (amount: z.output<typeof Amount>) =>
  'next' in amount
    ? `The next ${amount.next} notifications`
    : `${Math.round(amount.rate * 100)} % of notifications`

/** Every fault of `POST /desk/api/<name>`, by name. */
export const DESK_ACTS: Readonly<Record<string, DeskAct>> = {
  deliver: act(
    Mailbox.extend({ count: count.default(1), folder: z.string().default('inbox') }),
    async (desk, input) => {
      await desk.bulkDeliver(input.mailbox, input.count, input.folder)
      return input.count === 1
        ? `A mail is in the mailbox of ${input.mailbox}.`
        : `${input.count} mails are in the mailbox of ${input.mailbox}.`
    },
  ),
  move: act(
    Mailbox.extend({ from: z.string().default('inbox'), to: z.string() }),
    (desk, { mailbox, from, to }) => {
      desk.move(mailbox, { from, to })
      return `The newest mail has moved to ${to}.`
    },
  ),
  'bulk-move': act(
    Mailbox.extend({ count, from: z.string().default('inbox'), to: z.string() }),
    (desk, { mailbox, ...move }) =>
      `${desk.bulkMove(mailbox, move).length} mails have moved to ${move.to}.`,
  ),
  delete: act(Mailbox, (desk, { mailbox }) => {
    desk.delete(mailbox)
    return 'The newest mail is in Deleted Items.'
  }),
  restore: act(Mailbox, (desk, { mailbox }) => {
    desk.restore(mailbox)
    return 'The mail deleted last is back.'
  }),
  drop: act(Amount, (desk, amount) => {
    desk.dropNotifications(amount)
    return `${amountText(amount)} will be lost.`
  }),
  duplicate: act(Amount, (desk, amount) => {
    desk.duplicateNotifications(amount)
    return `${amountText(amount)} will come twice.`
  }),
  reorder: act(Amount, (desk, amount) => {
    desk.reorderNotifications(amount)
    return `${amountText(amount)} will come in another order.`
  }),
  delay: act(z.object({ ms }), (desk, { ms }) => {
    desk.delayNotifications(ms)
    return ms === 0
      ? 'Notifications come at their usual time.'
      : `Every notification comes ${ms} ms late.`
  }),
  silence: act(z.object({ seconds }), (desk, { seconds }) => {
    desk.silence(seconds * SECOND)
    return `What happens in the next ${seconds} s will never be told.`
  }),
  burst: act(z.object({ seconds }), (desk, { seconds }) => {
    desk.burst(seconds * SECOND)
    return `Notifications of the next ${seconds} s will arrive together at their end.`
  }),
  lifecycle: act(
    z.object({
      event: z.enum(['missed', 'reauthorizationRequired', 'subscriptionRemoved']),
      subscriptionId: optionalText,
    }),
    (desk, { event, subscriptionId }) => {
      const told =
        event === 'subscriptionRemoved'
          ? desk.removeSubscription(subscriptionId)
          : desk.sendLifecycle(event, subscriptionId)
      return `${told} subscriptions are told ${event}.`
    },
  ),
  throttle: act(Mailbox.extend({ seconds }), (desk, { mailbox, seconds }) => {
    desk.throttle(mailbox, seconds)
    return `Graph answers 429 for ${mailbox} for ${seconds} s.`
  }),
  'slow-down': act(z.object({ ms }), (desk, { ms }) => {
    desk.slowDown(ms)
    return ms === 0
      ? 'Graph answers at its usual speed.'
      : `Graph takes ${ms} ms longer for every answer.`
  }),
  'fail-requests': act(
    Target.extend({
      status: z.coerce.number().int().min(400).max(599),
      count,
      retryAfterSeconds: seconds.optional(),
    }),
    (desk, { status, count, method, path, retryAfterSeconds }) => {
      desk.failRequests(status, count, {
        ...(method ? { method } : {}),
        ...(path ? { path } : {}),
        ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
      })
      return `The next ${count} fitting requests fail with ${status}.`
    },
  ),
  'damage-replies': act(
    Target.extend({ damage: z.enum(damages), count }),
    (desk, { damage, count, method, path }) => {
      desk.damageReplies(damage, count, {
        ...(method ? { method } : {}),
        ...(path ? { path } : {}),
      })
      return `The next ${count} fitting replies arrive damaged.`
    },
  ),
  'kill-delta-token': act(
    Mailbox.extend({ folder: z.string().default('inbox') }),
    (desk, { mailbox, folder }) => {
      desk.killDeltaToken(mailbox, folder)
      return `Graph has forgotten the sync state of ${folder} in ${mailbox}.`
    },
  ),
  'expire-token': act(User, (desk, { user }) => {
    desk.expireToken(user)
    return `The access tokens of ${user} have expired.`
  }),
  'challenge-token': act(User, (desk, { user }) => {
    desk.challengeToken(user)
    return `The access tokens of ${user} meet a claims challenge.`
  }),
  'revoke-consent': act(User, (desk, { user }) => {
    desk.revokeConsent(user)
    return `The consent of ${user} is revoked.`
  }),
  'grant-consent': act(User, (desk, { user }) => {
    desk.grantConsent(user)
    return `The consent of ${user} is given again.`
  }),
  clear: act(z.object({}), (desk) => {
    desk.clear()
    return 'Every fault is off.'
  }),
}
