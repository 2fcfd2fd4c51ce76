import { World } from '../sandbox/world.ts'
import { connectAndWatch, eventually } from '../test/support/world.ts'
import { startDatabase } from './database-process.ts'
import { figure, heading, perSecond, spread, timed } from './figures.ts'

const NOTIFICATIONS = 2_000

/** How long Graph waits for us: from the notification's POST to the 202 that says it is written down. */
export async function benchAcknowledge(): Promise<void> {
  heading('Notifications, acknowledged by the real service over HTTP')
  await using database = await startDatabase()
  const mongodbUrl = Object.assign(new URL(database.url), { pathname: '/bench' }).href
  await using world = await World.start({ mongodbUrl })
  await connectAndWatch(world, 'alice', ['Inbox'])
  await eventually(
    async () => world.graph.subscriptions.all(),
    ({ length }) => length > 0,
  )
  for (const atOnce of [1, 16]) {
    const { eachMs, totalMs } = await timed(NOTIFICATIONS, atOnce, () => ring(world))
    const rate = perSecond((NOTIFICATIONS * 1_000) / totalMs)
    figure(`${atOnce} at once`, `${spread(eachMs)}, ${rate}`)
  }
}

/** One genuine notification. */
async function ring(world: World): Promise<void> {
  const [subscription] = world.graph.subscriptions.all()
  if (!subscription) throw new Error('the subscription is gone')
  const { id, clientState, tenantId, resource } = subscription
  const response = await fetch(subscription.notificationUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      value: [{ subscriptionId: id, clientState, tenantId, resource, changeType: 'created' }],
    }),
  })
  if (response.status !== 202) throw new Error(`the service answered ${response.status}`)
  await response.arrayBuffer()
}
