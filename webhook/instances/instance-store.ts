import type { Connection } from 'mongoose'
import { instanceModel, type Instance } from '../../models/instance.ts'
import { createOnce } from '../store/duplicate.ts'

/** The service's running processes, as far as they have told. */
export class InstanceStore {
  private readonly instances

  constructor(db: Connection) {
    this.instances = instanceModel(db)
  }

  async beat(instance: Instance): Promise<void> {
    if (await createOnce(() => this.instances.create(instance))) return
    const { _id, seenAt } = instance
    await this.instances.updateOne({ _id }, { $set: { seenAt } })
  }

  /** Those whose heart beat after `since`, the last one first. */
  async seenAfter(since: Date): Promise<Instance[]> {
    return this.instances
      .find({ seenAt: { $gt: since } })
      .sort({ seenAt: -1 })
      .lean()
  }

  async sweep(before: Date): Promise<void> {
    await this.instances.deleteMany({ seenAt: { $lt: before } })
  }
}
