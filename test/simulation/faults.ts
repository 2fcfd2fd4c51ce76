import { crashPoints } from '../../webhook/crash-points.ts'
import { flowCrm } from '../../sandbox/sign-in/directory.ts'
import { HOUR, MINUTE, SECOND } from '../../webhook/duration.ts'
import { fairWeather, mishaps } from './inside/graph-line.ts'
import type { Action } from './story.ts'

/** What goes wrong with Graph, with the way there, with the store and with our own processes. */
export const faults: Record<string, [weight: number, act: Action]> = {
  'notifications are dropped': [
    2,
    ({ random, twin }) => {
      const rate = random.pick([0.2, 0.5, 1])
      twin.desk.dropNotifications({ rate })
      return `${rate}`
    },
  ],
  'notifications come twice': [
    1,
    ({ twin }) => void twin.desk.duplicateNotifications({ rate: 0.5 }),
  ],
  'notifications overtake': [
    1,
    ({ random, twin }) => {
      twin.desk.reorderNotifications(random.pick([{ rate: 0.5 }, { next: 5 }]))
    },
  ],
  'notifications are late': [
    1,
    ({ random, twin }) => void twin.desk.delayNotifications(random.between(1, 10) * MINUTE),
  ],
  silence: [1, ({ random, twin }) => void twin.desk.silence(random.between(5, 60) * MINUTE)],
  'notifications are well': [
    2,
    ({ twin }) => {
      for (const heal of [
        'dropNotifications',
        'duplicateNotifications',
        'reorderNotifications',
      ] as const)
        twin.desk[heal]({ rate: 0 })
      twin.desk.delayNotifications(0)
    },
  ],
  'lifecycle event': [
    2,
    ({ random, twin }) => {
      const event = random.pick(['missed', 'reauthorizationRequired'] as const)
      return `${event} to ${twin.desk.sendLifecycle(event)}`
    },
  ],
  'a subscription is removed': [
    2,
    ({ random, twin }) => {
      const [one] = random.shuffle(twin.subscriptions.all())
      if (one) twin.desk.removeSubscription(one.id)
    },
  ],
  'a subscription vanishes without a word': [
    1,
    ({ random, twin }) => {
      const [one] = random.shuffle(twin.subscriptions.all())
      if (one) twin.subscriptions.remove(one.id)
    },
  ],
  'Graph is sick': [
    4,
    (story) => {
      const { random, world } = story
      const kinds = random.shuffle(mishaps).slice(0, random.between(1, 4))
      world.weather = { rate: random.pick([0.1, 0.3, 0.6]), mishaps: kinds }
      story.later(random.between(1, 40) * MINUTE, () => void (world.weather = fairWeather))
      return `${world.weather.rate} ${kinds.join(' ')}`
    },
  ],
  'a mailbox is throttled': [
    1,
    (story) => {
      story.twin.desk.throttle(story.anyMailbox(), story.random.between(5, 300))
    },
  ],
  'delta tokens die': [
    2,
    (story) => {
      const { random, twin, owners } = story
      twin.knobs.mail.deltaReset = random.pick(['error', 'location'])
      const one = story.anyMailbox()
      const mailboxes = random.chance(0.2) ? owners : [one]
      const folders = mailboxes.flatMap((mailbox) =>
        story.watchables(mailbox).map((folder) => ({ mailbox, folder })),
      )
      const dying = random.chance(0.5) ? folders : [{ mailbox: one, folder: story.watchable(one) }]
      for (const { mailbox, folder } of dying) twin.desk.killDeltaToken(mailbox, folder)
      return `of ${dying.length}`
    },
  ],
  'the token expires': [1, ({ twin }) => void twin.desk.expireToken(flowCrm.clientId)],
  'the token is challenged': [1, ({ twin }) => void twin.desk.challengeToken(flowCrm.clientId)],
  'the authority refuses': [
    1,
    ({ random, world }) => {
      const refusal = random.pick(['wrong-secret', 'secret-expired', 'unavailable'] as const)
      world.authority.refusals.push(...Array.from({ length: random.between(1, 3) }, () => refusal))
      world.twin.desk.expireToken(flowCrm.clientId)
      return refusal
    },
  ],
  'consent is revoked': [
    0.5,
    (story) => {
      story.twin.desk.revokeConsent(flowCrm.clientId)
      story.later(story.random.between(5, 60) * MINUTE, () =>
        story.twin.desk.grantConsent(flowCrm.clientId),
      )
    },
  ],
  'the store is in trouble': [
    2,
    (story) => {
      const { random, world } = story
      const trouble = random.pick(['hangs', 'slow', 'fails', 'lost-answer'] as const)
      world.store.fall(trouble)
      story.later(random.between(5, 1_200) * SECOND, () => world.store.recover())
      return trouble
    },
  ],
  'the store forgets an account': [
    1,
    (story) => {
      const { random, world } = story
      const { store } = world
      const entries = 'ledgerEntries'
      const { cursor } = store.byHand({ find: entries, filter: { state: 'stored' } })
      const { firstBatch } = cursor as { firstBatch: { _id: string }[] }
      if (firstBatch.length === 0) return 'none there'
      const q = { _id: random.pick(firstBatch)._id }
      store.byHand({ delete: entries, deletes: [{ q, limit: 1 }] })
      story.hasForgotten = true
      return ''
    },
  ],
  'kill at a crash point': [
    4,
    (story) => {
      const point = story.random.pick(crashPoints)
      story.anyInstance()?.power.dieAt(point, story.random.between(1, 4))
      return point
    },
  ],
  'kill at a random touch': [
    3,
    (story) => void story.anyInstance()?.power.dieAfter(story.random.between(1, 120)),
  ],
  'kill now': [1, (story) => void story.anyInstance()?.power.kill()],
  freeze: [
    2,
    (story) => {
      const power = story.anyInstance()?.power
      power?.freeze()
      story.later(story.random.between(30, 900) * SECOND, () => power?.unfreeze())
    },
  ],
  'stop and start': [
    1,
    async (story) => {
      const instance = story.anyInstance()
      if (!instance || instance.power.isFrozen || story.world.alive.length < 2) return
      story.world.instances.splice(story.world.instances.indexOf(instance), 1)
      story.detach(instance.service.stop())
    },
  ],
  'start another': [
    3,
    async (story) => {
      story.world.removeDead()
      if (story.world.alive.length < 2) await story.world.startInstance()
    },
  ],
  'a long quiet time': [
    0.5,
    async (story) => void (await story.world.advance(story.random.between(1, 2) * HOUR)),
  ],
}
