import type { Connection } from 'mongoose'
import { folderModel, type Folder } from '../../models/folder.ts'
import { mailboxModel, type Mailbox, type StoredMailbox } from '../../models/mailbox.ts'
import { subscriptionModel, type Subscription } from '../../models/subscription.ts'
import type { Clock } from '../clock.ts'
import { presentMailbox } from '../crm/present.ts'
import { HOUR } from '../duration.ts'
import type { Heartbeat } from '../instances/heartbeat.ts'
import type { Instruments } from './instruments.ts'

export type SurveyParts = {
  db: Connection
  clock: Clock
  heartbeat: Heartbeat
  reconcileMs: number
}

/** A subscription is renewed at two thirds of its life; with so little left, renewing has failed for long. */
const EXPIRING_MS = 6 * HOUR

/**
 * What only the database knows, put into the gauges: four reads, whatever the number of mailboxes. All instances see the
 * same, so these figures are not to be summed over instances.
 */
export async function takeSurvey(parts: SurveyParts, gauges: Instruments): Promise<void> {
  const { db, clock, heartbeat, reconcileMs } = parts
  const [mailboxes, folders, subscriptions, awake] = await Promise.all([
    mailboxModel(db).find().lean(),
    folderModel(db).find({ watched: true }).lean(),
    subscriptionModel(db).find().lean(),
    heartbeat.awake(),
  ])
  const now = clock.now()
  const foldersOf = grouped(folders.map((folder) => ({ ...folder, displayName: '' })))
  const subscriptionsOf = grouped(subscriptions)
  const lights = { green: 0, amber: 0, red: 0, off: 0 }
  for (const mailbox of mailboxes) {
    const own = {
      folders: foldersOf.get(mailbox._id) ?? [],
      subscriptions: subscriptionsOf.get(mailbox._id) ?? [],
    }
    const nameless = { mailbox: withoutName(mailbox), ...own }
    lights[presentMailbox({ ...nameless, now, reconcileMs }).light.colour]++
  }
  gauges.instances.set(awake.length)
  setAll(lights, (light, count) => gauges.mailboxes.set({ light }, count))
  setAll(statesOf(folders, now), (state, count) => gauges.folders.set({ state }, count))
  setAll(backfillOf(folders), (what, count) => gauges.backfill.set({ what }, count))
  setAll(livesOf(subscriptions, now), (state, count) => gauges.subscriptions.set({ state }, count))
}

/** Names are sealed, and no gauge shows one. */
const withoutName = ({ paused, ...mailbox }: StoredMailbox): Mailbox => ({
  ...mailbox,
  ...{ address: '', displayName: '', paused: paused && { at: paused.at, byName: '' } },
})

const statesOf = (folders: Folder[], now: Date) => ({
  watched: folders.length,
  due: count(folders, ({ dueAt, lease }) => dueAt <= now && lease.until <= now),
  leased: count(folders, ({ lease }) => lease.owner !== null && lease.until > now),
  failing: count(folders, ({ attempts }) => attempts > 0),
  'first-pass': count(folders, isInFirstPass),
})

function backfillOf(folders: Folder[]) {
  const running = folders.filter(isInFirstPass).map(({ backfill }) => backfill)
  const sum = (figures: number[]) => figures.reduce((total, figure) => total + figure, 0)
  return {
    done: sum(running.map(({ done }) => done)),
    total: sum(running.map(({ done, total }) => Math.max(done, total))),
  }
}

function livesOf(subscriptions: Subscription[], now: Date) {
  const lives = subscriptions.map(({ expiresAt }) => expiresAt.getTime() - now.getTime())
  return {
    alive: count(lives, (life) => life > EXPIRING_MS),
    expiring: count(lives, (life) => life > 0 && life <= EXPIRING_MS),
    expired: count(lives, (life) => life <= 0),
  }
}

const isInFirstPass = ({ backfill, deletedAt }: Folder) => !backfill.finishedAt && !deletedAt

const count = <T>(all: T[], isMeant: (one: T) => boolean): number => all.filter(isMeant).length

function setAll(figures: Record<string, number>, set: (name: string, figure: number) => void) {
  for (const [name, figure] of Object.entries(figures)) set(name, figure)
}

function grouped<T extends { mailboxId: string }>(all: T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const one of all) {
    const group = groups.get(one.mailboxId)
    if (group) group.push(one)
    else groups.set(one.mailboxId, [one])
  }
  return groups
}
