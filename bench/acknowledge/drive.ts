import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startProcess } from '../../sandbox/processes.ts'
import type { Drive, Plan } from './plan.ts'

/** Runs the driver to its end. */
export async function drive(plan: Plan): Promise<Drive> {
  const folder = await mkdtemp(path.join(tmpdir(), 'flowcrm-bench-'))
  const planFile = path.join(folder, 'plan.json')
  await writeFile(planFile, JSON.stringify(plan))
  const child = startProcess('bench/acknowledge/driver-process.ts', { args: [planFile] })
  const chunks: Buffer[] = []
  for await (const chunk of child.stdout ?? []) chunks.push(chunk as Buffer)
  await rm(folder, { recursive: true })
  return JSON.parse(Buffer.concat(chunks).toString()) as Drive
}
