import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { randomBytes } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import mongoose from 'mongoose'
import { conforming } from '../../peers/known-faults.ts'
import { startTestDatabase, type TestDatabase } from '../../support/database.ts'

let database: TestDatabase
let connection: mongoose.Connection
beforeAll(async () => {
  database = await startTestDatabase()
  connection = await mongoose.createConnection(database.url).asPromise()
})
afterAll(async () => {
  await connection.close()
  await database[Symbol.asyncDispose]()
})

describe('mongoose', () => {
  it('makes the indexes of a schema, validates, stores and reads with types', async () => {
    const schema = new mongoose.Schema(
      {
        mailbox: { type: String, required: true },
        key: { type: String, required: true },
        at: Date,
        body: Buffer,
        parts: [{ name: String, size: Number }],
      },
      { timestamps: true },
    )
    schema.index({ mailbox: 1, key: 1 }, { unique: true })
    const Email = connection.model('Email', schema)
    await Email.init()
    const saved = await Email.create({
      mailbox: 'm',
      key: 'k',
      at: new Date(7),
      body: Buffer.from([0, 255]),
      parts: [{ name: 'p', size: 1 }],
    })
    const found = await Email.findOne({ mailbox: 'm', key: 'k' }).orFail()
    expect(found.toObject()).toEqual(saved.toObject())
    await expect(Email.create({ mailbox: 'm', key: 'k' })).rejects.toMatchObject({ code: 11000 })
    found.parts.push({ name: 'q', size: 2 })
    await found.save()
    const updated = await Email.findOneAndUpdate(
      { key: 'k' },
      { $pull: { parts: { name: 'p' } } },
      { returnDocument: 'after' },
    ).lean()
    expect(updated?.parts.map((part) => part.name)).toEqual(['q'])
    expect(await Email.exists({ 'parts.size': { $gt: 1 } })).not.toBeNull()
  })

  it(
    'works in a session, as a standalone server allows',
    conforming(async () => {
      const session = await connection.startSession()
      const Note = connection.model('Note', new mongoose.Schema({ text: String }))
      await Note.create([{ text: 'in a session' }], { session })
      expect(await Note.countDocuments({}, { session })).toBe(1)
      await session.endSession()
    }),
  )

  it('streams through every document of a collection', async () => {
    const Line = connection.model('Line', new mongoose.Schema({ n: Number }))
    await Line.insertMany(Array.from({ length: 500 }, (_, n) => ({ n })))
    let sum = 0
    for await (const line of Line.find().sort({ n: 1 }).cursor({ batchSize: 50 }))
      sum += line.n ?? 0
    expect(sum).toBe((499 * 500) / 2)
  })
})

describe('GridFS', () => {
  it('keeps a large attachment byte for byte, and deletes it', async () => {
    const bucket = new mongoose.mongo.GridFSBucket(connection.db!, { bucketName: 'attachments' })
    const bytes = randomBytes(3_000_000)
    const upload = bucket.openUploadStream('plan.pdf', { metadata: { mail: 1 } })
    await new Promise<void>((resolve, reject) => {
      upload.once('finish', () => resolve())
      upload.once('error', reject)
      upload.end(bytes)
    })
    const [file] = await bucket.find({ 'metadata.mail': 1 }).toArray()
    expect(file).toMatchObject({ filename: 'plan.pdf', length: bytes.length })
    const read = await buffer(bucket.openDownloadStream(upload.id))
    expect(read.equals(bytes)).toBe(true)
    await bucket.delete(upload.id)
    expect(await connection.db!.collection('attachments.chunks').countDocuments()).toBe(0)
  })
})
