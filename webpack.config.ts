import CopyPlugin from 'copy-webpack-plugin'
import { EsbuildPlugin } from 'esbuild-loader'
import HtmlPlugin from 'html-webpack-plugin'
import path from 'node:path'
import { BannerPlugin, type Configuration } from 'webpack'
import { TEMPLATE_ORIGIN } from './addin/manifest/fill.ts'

const root = import.meta.dirname
const at = (...parts: string[]) => path.join(root, ...parts)

/** What browsers the pages are for: Fluent UI's own floor (outlook-addin 7.1). */
const PAGE_TARGET = 'es2020'

type Mode = 'production' | 'development'

/** Three builds; `--config-name console|addin|service` makes one. */
export default (_env: unknown, { mode = 'production' }: { mode?: Mode }) => [
  consoleBuild(mode),
  addinBuild(mode),
  serviceBuild(mode),
]

function consoleBuild(mode: Mode): Configuration {
  return {
    ...page('console', mode),
    entry: { console: at('console/index.tsx') },
    plugins: [
      new HtmlPlugin({
        template: at('console/index.html'),
        favicon: at('console/icon.svg'),
        publicPath: '/',
      }),
    ],
  }
}

/** The address of Office.js stays open in the pages, and the add-in's own in its manifest: the server that sends them fills it in. */
function addinBuild(mode: Mode): Configuration {
  const html = (name: string, template: string) =>
    new HtmlPlugin({
      filename: `${name}.html`,
      template: at('addin', template),
      chunks: [name],
      publicPath: '/',
    })
  return {
    ...page('addin', mode),
    entry: {
      taskpane: at('addin/taskpane/index.tsx'),
      commands: at('addin/commands/commands.ts'),
      'auth-redirect': at('addin/auth/redirect.ts'),
    },
    plugins: [
      html('taskpane', 'taskpane/taskpane.html'),
      html('commands', 'commands/commands.html'),
      html('auth-redirect', 'auth/auth-redirect.html'),
      new CopyPlugin({
        patterns: [
          { from: at('addin/assets'), to: 'assets' },
          {
            from: at('manifest.xml'),
            transform: (xml) => xml.toString().replaceAll(TEMPLATE_ORIGIN, '{{ADDIN_URL}}'),
          },
        ],
      }),
    ],
  }
}

function serviceBuild(mode: Mode): Configuration {
  return {
    ...common('service', mode),
    target: 'node20',
    entry: {
      main: at('webhook/main.ts'),
      flowcrm: at('webhook/flowcrm.ts'),
      'html/worker': at('webhook/html/worker.ts'), // beside main.js as it is beside main.ts
    },
    output: { path: at('dist/service'), filename: '[name].js', module: true, clean: true },
    experiments: { outputModule: true },
    module: { parser: { javascript: { importMeta: false } }, rules: [typescript('node20')] },
    externalsPresets: { node: true },
    externalsType: 'module',
    // Whatever is not one of our own files is installed beside us.
    externals: ({ request = '' }, answer) =>
      /^[./]/.test(request) ? answer() : answer(undefined, request),
    plugins: [
      // What npm links as a command must say what runs it.
      new BannerPlugin({ banner: '#!/usr/bin/env node', raw: true, include: /^flowcrm\.js$/ }),
    ],
    optimization: { minimize: false },
    devtool: 'source-map',
  }
}

/** What the two web pages have in common. Nothing is inline, so that `script-src 'self'` holds. */
function page(name: string, mode: Mode): Configuration {
  const production = mode === 'production'
  return {
    ...common(name, mode),
    target: ['web', PAGE_TARGET],
    output: {
      path: at('dist', name),
      filename: production ? '[name].[contenthash:8].js' : '[name].js',
      publicPath: '/',
      clean: true,
    },
    module: { rules: [typescript(PAGE_TARGET)] },
    optimization: {
      minimizer: [new EsbuildPlugin({ target: PAGE_TARGET })],
      splitChunks: { chunks: 'all' },
    },
    devtool: production ? false : 'source-map',
    performance: false,
  }
}

function common(name: string, mode: Mode): Configuration {
  return {
    name,
    mode,
    context: root,
    resolve: { extensions: ['.ts', '.tsx', '.js'] },
    cache: {
      type: 'filesystem',
      cacheDirectory: at('node_modules/.cache/webpack'),
      name: `${name}-${mode}`,
      buildDependencies: { config: [at('webpack.config.ts')] },
    },
    stats: 'errors-warnings',
  }
}

function typescript(target: string) {
  return {
    test: /\.tsx?$/,
    exclude: /node_modules/,
    loader: 'esbuild-loader',
    options: { target, jsx: 'automatic' },
  }
}
