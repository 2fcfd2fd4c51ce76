import path from 'node:path'
import webpack, { type Configuration } from 'webpack'

/** One file of the service under torture: a process loads it in half the time that the sources take. */
export async function bundleVictim(): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    webpack(configuration, (error, stats) => {
      if (error) reject(error)
      else if (stats?.hasErrors()) reject(new Error(stats.toString('errors-only')))
      else resolve()
    })
  })
  return path.join(FOLDER, 'victim.js')
}

const FOLDER = path.resolve('dist/torture')

const configuration: Configuration = {
  mode: 'development',
  target: 'node20',
  entry: { victim: path.resolve('test/torture/service-under-torture.ts') },
  output: { path: FOLDER, filename: '[name].js', module: true, clean: true },
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
