import { writeFileSync } from 'node:fs'
import { envExample } from './example.ts'

writeFileSync('.env.example', envExample())
