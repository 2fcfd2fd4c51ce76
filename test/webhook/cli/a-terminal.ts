import { runCli } from '../../../webhook/cli/cli.ts'
import type { CliIo } from '../../../webhook/cli/cli-io.ts'

/** What a command printed, and its exit code. */
export type Printed = { exit: number; out: string; err: string }

/** A terminal in whose environment the service runs; `folder` is where it stands. */
export const aTerminal =
  (env: CliIo['env'], folder = '/nowhere') =>
  async (...args: string[]): Promise<Printed> => {
    const printed = { out: '', err: '' }
    const exit = await runCli(args, {
      out: (text) => void (printed.out += text),
      err: (text) => void (printed.err += text),
      env,
      folder,
    })
    return { exit, ...printed }
  }
