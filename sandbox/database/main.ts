import { parseArgs } from 'node:util'
import { z } from 'zod'
import { DatabaseServer } from './server.ts'

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '27117' },
    host: { type: 'string', default: '127.0.0.1' },
    data: { type: 'string' },
  },
})
const port = z.coerce.number().int().min(0).max(65_535).parse(values.port)

console.log('FlowCRM sandbox database: for trying and testing only, keep no real mail in it.')
try {
  const database = await DatabaseServer.start({
    port,
    host: values.host,
    ...(values.data !== undefined && { dataFolder: values.data }),
  })
  if (database.tornBytes > 0)
    console.log(`Dropped ${database.tornBytes} bytes of a write that a crash had cut short.`)
  console.log(`ready ${database.url}`)
  const stop = (): void => void database[Symbol.asyncDispose]()
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
