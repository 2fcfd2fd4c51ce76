import { once } from 'node:events'
import { spawn } from 'node:child_process'
import path from 'node:path'
import webpack, { type Configuration } from 'webpack'

/** The service under torture and its store, each in one file: they are there in a third of the time that sources take. */
export type Programs = { launcher: string; victim: string; store: string }

const FOLDER = path.resolve('dist/torture')

/** Puts each with all it needs into its file; what the launcher needs to start the service quickly lies beside it. */
export async function bundlePrograms(): Promise<Programs> {
  await new Promise<void>((resolve, reject) => {
    webpack(configuration, (error, stats) => {
      if (error) reject(error)
      else if (stats?.hasErrors()) reject(new Error(stats.toString('errors-only')))
      else resolve()
    })
  })
  const files = {
    launcher: path.join(FOLDER, 'launch.cjs'),
    victim: path.join(FOLDER, 'victim.cjs'),
    store: path.join(FOLDER, 'store.cjs'),
  }
  // Without an order it ends by itself.
  const learner = spawn(process.execPath, [files.launcher, files.victim, '--learn'], {
    stdio: 'ignore',
  })
  await once(learner, 'exit')
  return files
}

const configuration: Configuration = {
  mode: 'production',
  target: 'node20',
  entry: {
    victim: path.resolve('test/torture/service-under-torture.ts'),
    store: path.resolve('sandbox/database/main.ts'),
    launch: path.resolve('test/torture/launch.ts'),
  },
  output: { path: FOLDER, filename: '[name].cjs', clean: true },
  resolve: { extensions: ['.ts', '.js'] },
  module: {
    rules: [{ test: /\.ts$/, loader: 'esbuild-loader', options: { target: 'node20' } }],
  },
  // The database driver asks for packages that it can do without.
  ignoreWarnings: [/Can't resolve/, /dependency is an expression/],
  optimization: { minimize: false },
  devtool: false,
}
