/** The import rules of ARCHITECTURE.md. `npm run depcruise` fails as well when it cruised no modules. */
const folders = [
  'base',
  'model',
  'cluster',
  'manifest',
  'rules',
  'reach',
  'probe',
  'trace',
  'lab',
  'cli',
  'ui',
];

/** What each folder of src/ may import besides itself. */
const mayImport = {
  base: [],
  model: ['base'],
  manifest: ['base', 'model'],
  reach: ['base', 'model'],
  rules: ['base', 'model', 'manifest', 'reach'],
  probe: ['base', 'model'],
  trace: ['base', 'model', 'reach', 'probe'],
  cluster: ['base', 'model', 'probe'],
  lab: ['base'],
  cli: ['base', 'model', 'cluster', 'manifest', 'rules', 'reach', 'probe', 'trace'],
  ui: ['base', 'model', 'manifest', 'rules', 'reach', 'probe', 'trace'],
};
const uiFolders = [
  'explorer',
  'checks',
  'editor',
  'explain',
  'languageModel',
  'map',
  'matrix',
  'objects',
  'commands',
];

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^vscode$' },
    },
    ...folders.map((folder) => ({
      name: `${folder}-imports`,
      severity: 'error',
      from: { path: `^src/${folder}/` },
      to: { path: '^src/', pathNot: `^src/(${[folder, ...mayImport[folder]].join('|')})/` },
    })),
    ...uiFolders.map((folder) => ({
      name: `ui-${folder}-stays-in-its-folder`,
      severity: 'error',
      from: { path: `^src/ui/${folder}/` },
      to: { path: '^src/ui/', pathNot: `^src/ui/(${folder}|host|panels)/` },
    })),
    {
      name: 'ui-host-and-panels-know-no-feature',
      severity: 'error',
      from: { path: '^src/ui/(host|panels)/' },
      to: { path: '^src/ui/', pathNot: '^src/ui/(host|panels)/' },
    },
    {
      name: 'pages-are-not-imported',
      severity: 'error',
      comment: 'What stands in panels/web runs in a browser frame; the extension talks to it by messages.',
      from: { path: '^src/', pathNot: '^src/ui/panels/web/' },
      to: { path: '^src/ui/panels/web/' },
    },
    {
      name: 'pages-import-only-what-runs-in-a-browser',
      severity: 'error',
      from: { path: '^src/ui/panels/web/' },
      to: { path: '^src/', pathNot: '^src/(base|ui/panels/(web|protocol))/' },
    },
    {
      name: 'pages-do-not-import-each-other',
      severity: 'error',
      from: { path: '^src/ui/panels/web/([^/]+)/' },
      to: { path: '^src/ui/panels/web/', pathNot: '^src/ui/panels/web/($1|shared)/' },
    },
    {
      name: 'panel-messages-are-pure',
      severity: 'error',
      comment: 'Both sides of a panel import them. Types may come from the core.',
      from: { path: '^src/ui/panels/protocol/' },
      to: {
        path: '^src/',
        pathNot: '^src/(base|ui/panels/protocol)/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'vscode-only-in-ui',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(ui/|extension\\.ts)' },
      to: { path: '^vscode$|@types/vscode' },
    },
    {
      name: 'client-node-only-in-cluster',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/cluster/' },
      to: { path: '@kubernetes/client-node' },
    },
    {
      name: 'l10n-only-in-base',
      severity: 'error',
      comment: 'Others say their sentences with base/l10n.ts, which is English where nobody set a language.',
      from: { path: '^src/', pathNot: '^src/base/' },
      to: { path: '@vscode/l10n' },
    },
    {
      name: 'core-knows-no-network-and-no-files',
      severity: 'error',
      comment:
        'base, model, manifest, rules, reach, probe and trace are pure: they get what they need by argument.',
      from: { path: '^src/(base|model|manifest|rules|reach|probe|trace)/' },
      to: { dependencyTypes: ['core'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.mjs', '.js'],
    },
  },
};
