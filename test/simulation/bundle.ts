import path from 'node:path'
import webpack, { type Configuration } from 'webpack'

const FOLDER = path.resolve('dist/simulation')

/** Puts the simulation into one file, compiled; processes that run it do not compile the sources again. */
export async function bundleSimulation(): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    webpack(configuration, (error, stats) => {
      if (error) reject(error)
      else if (stats?.hasErrors()) reject(new Error(stats.toString('errors-only')))
      else resolve()
    })
  })
  return path.join(FOLDER, 'worker.mjs')
}

const configuration: Configuration = {
  mode: 'production',
  target: 'node20',
  entry: { worker: path.resolve('test/simulation/worker.ts') },
  output: { path: FOLDER, filename: '[name].mjs', module: true, clean: true },
  experiments: { outputModule: true },
  resolve: { extensions: ['.ts', '.js'] },
  module: {
    rules: [{ test: /\.ts$/, loader: 'esbuild-loader', options: { target: 'node20' } }],
  },
  // What is not one of our own files is installed beside us.
  externalsPresets: { node: true },
  externalsType: 'module',
  externals: ({ request = '' }, answer) =>
    /^[./]/.test(request) ? answer() : answer(undefined, request),
  optimization: { minimize: false },
  devtool: false,
}
