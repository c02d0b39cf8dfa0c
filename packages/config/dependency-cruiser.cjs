const test = '(\\.test\\.ts$|/test/)'
const packaged = (names) => `(^|/)node_modules/(${names})(/|$)`

/** One floor may only look down: what stands in `never` is above it, beside it or outside. */
const floor = (path, mayUse) => ({
  name: `${path.replaceAll('/', '-')}-looks-down`,
  comment: `${path} may use ${mayUse.join(', ') || 'no other workspace'} (docs/architecture.md).`,
  severity: 'error',
  from: { path: `^${path}/`, pathNot: test },
  to: { path: '^(apps|packages|infra)/', pathNot: [path, ...mayUse].map((allowed) => `^${allowed}/`) },
})

module.exports = {
  forbidden: [
    floor('packages/domain', []),
    floor('packages/db', ['packages/domain']),
    floor('packages/actions', ['packages/db', 'packages/domain']),
    floor('apps/api', ['packages/actions', 'packages/db', 'packages/domain']),
    floor('apps/worker', ['packages/actions', 'packages/db', 'packages/domain']),
    floor('apps/web', ['packages/domain']),
    floor('apps/journeys', ['packages/domain']),
    {
      name: 'domain-is-pure',
      comment: 'The domain runs in the browser and knows zod only.',
      severity: 'error',
      from: { path: '^packages/domain/src/', pathNot: test },
      to: { dependencyTypesNot: ['local', 'undetermined'], pathNot: ['^packages/domain/', packaged('zod')] },
    },
    {
      name: 'statements-live-in-actions',
      comment: 'Tables in db, statements in actions, nowhere else.',
      severity: 'error',
      from: { path: '^(apps|packages/domain)/', pathNot: test },
      to: { path: packaged('drizzle-orm') },
    },
    {
      name: 'tests-stay-tests',
      comment: 'Nothing that runs for people may lean on test code.',
      severity: 'error',
      from: { path: '^(apps|packages)/', pathNot: test },
      to: { path: test, pathNot: 'node_modules' },
    },
    {
      name: 'no-circles',
      comment: 'Two files that need each other are one file, or miss a third.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'everything-is-declared',
      comment: 'An import that does not resolve is missing from package.json or misspelled.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: ['^vite/client$', '^virtual:', '^#', '\\?'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['/dist/', '/\\.turbo/', '/out/'] },
    moduleSystems: ['es6', 'cjs'],
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'module', 'node', 'default', 'types'],
      extensions: ['.ts', '.vue', '.js', '.mjs', '.cjs', '.json', '.d.ts'],
      mainFields: ['module', 'main', 'types'],
    },
  },
}
