import type { Mailbox as WireMailbox, WatchedFolder } from '../../models/wire/mailbox.ts'
import type { AppContext } from '../context.ts'
import { SERVICE_VERSION } from '../version.ts'
import { EXIT, type Answer } from './cli-io.ts'
import { figure, indent, moment, paragraphs, table } from './layout.ts'
import { mailboxNamed } from './open.ts'

/** How the service and its mailboxes are; of one mailbox everything that is known. */
export async function status(context: AppContext, name?: string): Promise<Answer> {
  const { mailboxes, mailboxDesk, heartbeat, clock } = context
  const chosen =
    name === undefined ? await mailboxes.everywhere() : [await mailboxNamed(context, name)]
  const shown: WireMailbox[] = []
  for (const mailbox of chosen) shown.push(await mailboxDesk.overview(mailbox))
  const instances = (await heartbeat.awake()).map(({ _id: id, version, startedAt }) => ({
    ...{ id, version, startedAt: startedAt.toISOString() },
  }))
  const isWell = shown.every(({ light }) => light.colour === 'green' || light.colour === 'off')
  return {
    json: { at: clock.now().toISOString(), version: SERVICE_VERSION, instances, mailboxes: shown },
    text: paragraphs(
      instancesLine(instances.length),
      name === undefined ? mailboxTable(shown) : shown.map(mailboxText).join('\n\n'),
    ),
    exit: isWell && instances.length > 0 ? EXIT.fine : EXIT.incomplete,
  }
}

const instancesLine = (awake: number): string =>
  awake === 0
    ? 'No instance of the service is awake: nothing is being read.'
    : `${awake} ${awake === 1 ? 'instance' : 'instances'} awake.`

function mailboxTable(mailboxes: WireMailbox[]): string {
  if (mailboxes.length === 0) return 'No mailbox is connected.'
  return table([
    ['LIGHT', 'MAILBOX', 'FOLDERS', 'LAST SYNC', 'WHY'],
    ...mailboxes.map(({ light, address, folders }) => [
      light.colour,
      address,
      String(folders.length),
      moment(
        folders
          .map(({ lastSyncAt }) => lastSyncAt)
          .sort()
          .at(-1) ?? null,
      ),
      light.sentence,
    ]),
  ])
}

export function mailboxText(mailbox: WireMailbox): string {
  const { address, id, authMode, light, trouble, paused, settings, folders } = mailbox
  const { pollEveryMinutes, windowDays } = settings
  const facts = table([
    ['mailbox', id],
    ['light', `${light.colour}: ${light.sentence}`],
    ...(light.todo ? [['to do', light.todo]] : []),
    [
      'credential',
      trouble ? `${trouble.code} since ${moment(trouble.since)}` : `good (${authMode})`,
    ],
    ...(paused ? [['paused', `${moment(paused.at)} by ${paused.byName}`]] : []),
    ['asked', pollEveryMinutes ? `every ${pollEveryMinutes} minutes` : 'in real time'],
    ['history', windowDays === null ? 'all' : `${windowDays} days`],
  ])
  return paragraphs(address, indent(facts), ...folders.map((folder) => indent(folderText(folder))))
}

function folderText(folder: WatchedFolder): string {
  const { displayName, light, backfill, lastSyncAt, subscriptionExpiresAt, proof } = folder
  const { done, total, finishedAt } = backfill
  const facts = table([
    ['light', `${light.colour}: ${light.sentence}`],
    ['last sync', moment(lastSyncAt)],
    [
      'history',
      finishedAt ? `read (${moment(finishedAt)})` : `${figure(done)} of ${figure(total)}`,
    ],
    ['subscription', subscriptionExpiresAt ? `until ${moment(subscriptionExpiresAt)}` : 'none'],
    ['compared', proof ? `${proof.equal ? 'equal' : 'not equal'}, ${moment(proof.at)}` : 'never'],
  ])
  return `${displayName}\n${indent(facts)}`
}
