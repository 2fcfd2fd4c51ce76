import { existsSync } from 'node:fs'
import path from 'node:path'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome']

/** The browser for the page tests: the one `CHROMIUM_PATH` names, else the first one on `PATH`. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | undefined {
  if (env['CHROMIUM_PATH']) return env['CHROMIUM_PATH']
  const folders = ['/usr/bin', ...(env['PATH'] ?? '').split(path.delimiter).filter(Boolean)]
  return NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name))).find(existsSync)
}
