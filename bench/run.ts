import { cpus } from 'node:os'
import { benchAcknowledge } from './acknowledge.ts'
import { benchDatabase } from './database.ts'
import { benchDecide } from './decide.ts'
import { benchTwin } from './twin.ts'

console.log(`Node ${process.versions.node}, ${cpus().length} cores (${cpus()[0]?.model ?? '?'})`)
benchDecide()
await benchTwin()
await benchDatabase()
await benchAcknowledge()
