// The boundaries of ARCHITECTURE.md. build/check-imports.test.ts plants a violation of each and expects it to be found.
const test = '\\.(?:test|test-d)\\.tsx?$'
const node = { dependencyTypes: ['core'] }
/** The package, or its bare name where it is not installed; not a folder of ours that is called the same. */
const library = (name) => `^(?:node_modules/(?:@types/)?${name}(?:/|$)|${name}$)`

/** A library that only one place may know, so that it can be replaced, and its faults handled, in that place. */
const oneDoor = (name, doors, path = library(name)) => ({
  name: `one-door-${name.replaceAll(/[^a-z0-9]+/g, '-')}`,
  severity: 'error',
  from: { path: '^(?:electron|renderer|shared)/', pathNot: [test, ...doors] },
  to: { path },
})

module.exports = {
  forbidden: [
    {
      name: 'engine-is-plain-node',
      comment: 'The engine runs in a thread, in tests and on servers without Electron; type imports count.',
      severity: 'error',
      from: { path: '^electron/(?:engine|hosts|practice)/' },
      to: { path: [library('electron'), '^electron/(?:main|preload)/'] },
    },
    {
      name: 'engine-knows-no-host',
      severity: 'error',
      from: { path: '^electron/engine/', pathNot: test },
      to: { path: '^electron/hosts/' },
    },
    {
      name: 'shared-is-pure',
      severity: 'error',
      from: { path: '^shared/', pathNot: test },
      to: { path: '^(?:electron|renderer|e2e|build)/' },
    },
    { name: 'shared-has-no-node', severity: 'error', from: { path: '^shared/', pathNot: test }, to: node },
    {
      name: 'shared-has-no-library',
      comment: 'valibot checks the input of calls, and nothing else.',
      severity: 'error',
      from: { path: '^shared/', pathNot: [test, '^shared/contract/'] },
      to: { path: 'node_modules/' },
    },
    {
      name: 'contract-only-has-valibot',
      severity: 'error',
      from: { path: '^shared/contract/', pathNot: test },
      to: { path: 'node_modules/', pathNot: library('valibot') },
    },
    {
      name: 'renderer-is-a-page',
      severity: 'error',
      from: { path: '^renderer/', pathNot: test },
      to: { path: ['^(?:electron|e2e|build)/', library('electron')] },
    },
    { name: 'renderer-has-no-node', severity: 'error', from: { path: '^renderer/', pathNot: [test, '\\.mjs$'] }, to: node },
    {
      name: 'main-goes-through-hosts',
      comment: 'Only the types of ports and log lines, which hosts hand on.',
      severity: 'error',
      from: { path: '^electron/(?:main|preload)/', pathNot: test },
      to: { path: '^electron/engine/', pathNot: '^electron/engine/(?:ports|log)\\.ts$' },
    },
    { name: 'nobody-imports-tests', severity: 'error', from: { pathNot: test }, to: { path: [test, '^e2e/'], pathNot: '^e2e/' } },
    oneDoor('imapflow', ['^electron/engine/protocol/imap/']),
    oneDoor('node-pop3', ['^electron/engine/protocol/pop3/']),
    oneDoor('nodemailer', ['^electron/engine/protocol/smtp/', '^electron/engine/mime/compose-message\\.ts$']),
    oneDoor('oauth4webapi', ['^electron/engine/accounts/oauth/']),
    oneDoor('socks', ['^electron/engine/protocol/tunnel-socks\\.ts$']),
    oneDoor('node:sqlite', ['^electron/engine/store/'], '^(?:node:)?sqlite$'),
    oneDoor('smtp-server', ['^electron/practice/']),
    oneDoor('dexie', ['^renderer/cache/']),
    oneDoor('ws', ['^electron/hosts/']),
    {
      name: 'migrations-are-frozen',
      comment: 'A released step must not change because something it imports has changed.',
      severity: 'error',
      from: { path: '^electron/engine/store/migrations/\\d' },
      to: { pathNot: '^electron/engine/store/(?:migrate|migration|migrations/migration)\\.ts$' },
    },
    {
      name: 'migrations-import-only-types',
      severity: 'error',
      from: { path: '^electron/engine/store/migrations/\\d' },
      to: { dependencyTypesNot: ['type-only'] },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(?:^|/)(?:dist|fixtures)/' },
    // Type imports are imports: they decide what can be moved and what can be loaded.
    tsPreCompilationDeps: true,
    // The default parser finds no modules at all with TypeScript 7.
    parser: 'swc',
  },
}
