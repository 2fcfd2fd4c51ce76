import { Schema, type Connection } from 'mongoose'

/** What one erasure does, in this order; `looking` begins again at `emails`, `done` may look again later. */
export const erasureSteps = [
  'suppressing',
  'emails',
  'ledger',
  'people',
  'looking',
  'done',
] as const
export type ErasureStep = (typeof erasureSteps)[number]

/** What went. */
export const erasureFigures = [
  'emails',
  'attachments',
  'ledgerEntries',
  'contactsDeleted',
  'contactsChanged',
  'suggestions',
  'merges',
  'pins',
  'followUps',
] as const
export type ErasureFigures = Record<(typeof erasureFigures)[number], number>

export const noFigures = (): ErasureFigures => ({
  ...{ emails: 0, attachments: 0, ledgerEntries: 0, contactsDeleted: 0, contactsChanged: 0 },
  ...{ suggestions: 0, merges: 0, pins: 0, followUps: 0 },
})

/** E-mails that go now: written down before the first of them goes, so that a crash leaves nothing half gone. */
export type Stretch = Record<'emailIds' | 'entryIds' | 'blobIds', string[]> & {
  figures: ErasureFigures
}

/** A person who is taken out: whom it is about is known by keyed digests alone. */
export type Erasure = {
  /** Made from workspace, keys and how often they were erased before, so that two who ask at once make one. */
  _id: string
  workspaceId: string
  /** Of all keys together. */
  subject: string
  /** Blind keys of every spelling of every address. */
  keys: string[]
  by: { userId: string; role: string }
  askedAt: Date
  /** Since when nothing more comes in. */
  suppressedAt: Date | null
  step: ErasureStep
  /** E-mails that were there when it began. */
  total: number
  figures: ErasureFigures
  stretch: Stretch | null
  /** When this walk over everything began, and whether it has found anything: then there is another one. */
  walkAt: Date | null
  foundAny: boolean
  /** Bytes of attachments that somebody used just before; the sweep takes them later. */
  blobIds: string[]
  /** Looks taken after the first report. */
  looks: number
  dueAt: Date
  /** Compare-and-set: whoever carries it on names the one it read. */
  rev: number
  finishedAt: Date | null
  /** The signed report as JSON; null until it is done. */
  report: string | null
}

const figures = new Schema<ErasureFigures>(
  Object.fromEntries(erasureFigures.map((name) => [name, { type: Number, default: 0 }])),
  { _id: false },
)

const stretch = new Schema<Stretch>(
  {
    emailIds: { type: [String], required: true },
    entryIds: { type: [String], required: true },
    blobIds: { type: [String], required: true },
    figures: { type: figures, required: true },
  },
  { _id: false },
)

const by = new Schema(
  { userId: { type: String, required: true }, role: { type: String, required: true } },
  { _id: false },
)

const erasureSchema = new Schema<Erasure>(
  {
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    subject: { type: String, required: true },
    keys: { type: [String], required: true },
    by: { type: by, required: true },
    askedAt: { type: Date, required: true },
    suppressedAt: { type: Date, default: null },
    step: { type: String, enum: erasureSteps, required: true },
    total: { type: Number, required: true },
    figures: { type: figures, required: true },
    stretch: { type: stretch, default: null },
    walkAt: { type: Date, default: null },
    foundAny: { type: Boolean, required: true },
    blobIds: [String],
    looks: { type: Number, required: true },
    dueAt: { type: Date, required: true },
    rev: { type: Number, required: true },
    finishedAt: { type: Date, default: null },
    report: { type: String, default: null },
  },
  { collection: 'erasures' },
)
erasureSchema.index({ workspaceId: 1, subject: 1 }) // was this person erased before?
erasureSchema.index({ workspaceId: 1, askedAt: -1, _id: -1 }) // the list
erasureSchema.index({ dueAt: 1 }) // which one goes on next

export const erasureModel = (db: Connection) => db.model('Erasure', erasureSchema)
