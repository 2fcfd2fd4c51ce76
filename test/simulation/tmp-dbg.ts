import { simulate } from './simulate.ts'
import { SimulatedWorld } from './world.ts'
import { MongoClient } from 'mongodb'
const orig = SimulatedWorld.prototype.findings
SimulatedWorld.prototype.findings = async function () {
  const c = await MongoClient.connect((this as any).store.urlFor('dbg')); const db = c.db()
  console.log(this.clock.now())
  for (const m of await db.collection('mailboxes').find().toArray()) console.log(JSON.stringify({ a: m.address, id: m._id, s: m.status, t: m.trouble, r: m.recheckAt, p: m.paused, set: m.settings }))
  for (const f of await db.collection('folders').find().toArray()) console.log(JSON.stringify({ id: f._id, m: f.mailboxId.slice(0,5), n: f.displayName, w: f.watched, del: f.deletedAt, c: !!f.cursor, mid: f.midRound, d: f.dirtySeq, n2: f.doneSeq, att: f.attempts, due: f.dueAt, err: f.lastErrorCode, lease: f.lease, proof: f.proof && { at: f.proof.at, e: f.proof.equal, miss: f.proof.missing, sur: f.proof.surplus }, pd: f.proofDueAt, ls: f.lastSyncAt, bf: f.backfill }))
  for (const r of this.twin.requests.last(12)) console.log(r.at.toISOString(), r.method, r.path.slice(0, 60).replace(/users.{40}/,''), r.status)
  await c.close()
  return orig.call(this)
}
const { broken, story } = await simulate(Number(process.argv[2]))
console.log(story.slice(-Number(process.argv[3] ?? 25)).join('\n'))
console.log(broken.length, broken.slice(0, 3), broken.slice(-6))
