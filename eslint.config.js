import tseslint from 'typescript-eslint'

/**
 * Who may import whom (docs/architecture.md draws it). Nothing points back.
 * `from` is a list of globs; `never` lists what files there may not import, as gitignore-like patterns.
 */
const boundary = (files, never, message, ignores = []) => ({
  files,
  ignores,
  rules: { 'no-restricted-imports': ['error', { patterns: [{ group: never, message }] }] },
})

const beyondWire = [
  '**/webhook/**',
  '**/sandbox/**',
  '**/ui/**',
  '**/addin/**',
  '**/console/**',
  'mongoose',
]

export default tseslint.config(
  { ignores: ['dist/**', 'node_modules/**', 'coverage/**', '.sandbox/**', 'test/peers/target/**'] },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { project: './tsconfig.json' } },
    rules: {
      'max-lines': ['error', { max: 300, skipBlankLines: false }],
      'max-params': ['error', 4],
      complexity: ['error', 16],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { attributes: false, arguments: false } },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      '@typescript-eslint/require-await': 'off',
      'no-console': 'error',
    },
  },
  { files: ['**/*.js'], ...tseslint.configs.disableTypeChecked },
  { files: ['test/**'], rules: { '@typescript-eslint/no-non-null-assertion': 'off' } },
  {
    files: [
      'sandbox/**/start.ts',
      'sandbox/**/main.ts',
      'test/**/run.ts',
      'bench/**',
      'docs/**',
      'addin/manifest/**',
      'webhook/config/write-example.ts',
    ],
    rules: { 'no-console': 'off' },
  },
  boundary(['models/wire/*.ts'], [...beyondWire, '../*'], 'models/wire is zod only.'),
  boundary(['models/wire/*/**'], [...beyondWire, '../../*'], 'models/wire is zod only.'),
  boundary(
    ['models/*.ts'],
    ['**/webhook/**', '**/sandbox/**', '**/ui/**', '**/addin/**', '**/console/**', '**/test/**'],
    'models is what is stored; it knows nobody.',
  ),
  boundary(
    ['webhook/**'],
    ['**/sandbox/**', '**/ui/**', '**/addin/**', '**/console/**', '**/test/**'],
    'The service is given URLs; it knows neither sandbox nor pages.',
  ),
  boundary(
    ['webhook/sync/decide/**'],
    ['mongoose', '**/models/*', '**/store/**', '**/provider/graph/**', 'express'],
    'Decisions are pure: types and plain values only.',
  ),
  boundary(
    ['ui/**'],
    [
      '**/webhook/**',
      '**/sandbox/**',
      '**/addin/**',
      '**/console/**',
      '**/test/**',
      '**/models/*.ts',
      'mongoose',
    ],
    'ui imports models/wire only.',
  ),
  boundary(
    ['addin/**'],
    ['**/console/**', '**/webhook/**', '**/sandbox/**', '**/test/**', '**/models/*.ts', 'mongoose'],
    'The add-in does not see the console.',
  ),
  boundary(
    ['console/**'],
    ['**/addin/**', '**/webhook/**', '**/sandbox/**', '**/test/**', '**/models/*.ts', 'mongoose'],
    'The console does not see the add-in.',
  ),
  boundary(
    ['sandbox/**'],
    [
      '**/webhook/**',
      '!**/webhook/service.ts',
      '!**/webhook/clock.ts',
      '!**/webhook/duration.ts',
      '!**/webhook/config',
      '!**/webhook/config/**',
      '**/addin/**',
      '**/console/**',
      '**/ui/**',
      '**/test/**',
    ],
    'The sandbox boots the service; it does not reach into it.',
  ),
)
