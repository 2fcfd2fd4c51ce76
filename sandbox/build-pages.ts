import { spawn } from 'node:child_process'

type Pages = 'console' | 'addin'

/** Builds the pages; webpack's cache makes the second time quick. Rejects with webpack's own words. */
export function buildPages(pages: Pages[] = ['console', 'addin']): Promise<void> {
  const args = ['--config', 'webpack.config.ts', '--mode', 'production']
  const names = pages.flatMap((name) => ['--config-name', name])
  const webpack = spawn(
    process.execPath,
    ['--import', 'tsx', 'node_modules/webpack-cli/bin/cli.js', ...args, ...names],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let said = ''
  for (const stream of [webpack.stdout, webpack.stderr])
    stream.on('data', (chunk: Buffer) => (said += chunk.toString()))
  return new Promise((resolve, reject) => {
    webpack.once('error', reject)
    webpack.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`The pages could not be built.\n${said}`)),
    )
  })
}
