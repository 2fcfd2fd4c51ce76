import { Schema, type Connection } from 'mongoose'

/** A running process of the service. Its heart beats, so that others know whether anybody was awake. */
export type Instance = {
  _id: string
  version: string
  startedAt: Date
  seenAt: Date
}

const instanceSchema = new Schema<Instance>(
  {
    _id: { type: String, required: true },
    version: { type: String, required: true },
    startedAt: { type: Date, required: true },
    seenAt: { type: Date, required: true },
  },
  { collection: 'instances' },
)
instanceSchema.index({ seenAt: -1 }) // who was awake last; the sweep of those long gone

export const instanceModel = (db: Connection) => db.model('Instance', instanceSchema)
