/*
 * Every name that the manifest (package.json) and the code must agree on. test/unit/ui/manifest.test.ts
 * compares the two.
 */

export const viewContainer = 'podNetwork';

export const views = {
  cluster: 'podNetwork.cluster',
  checks: 'podNetwork.checks',
  forwards: 'podNetwork.forwards',
} as const;

export const commands = {
  testPodToPod: 'podNetwork.testPodToPod',
  testService: 'podNetwork.testService',
  testLocalhost: 'podNetwork.testLocalhost',
  testAddress: 'podNetwork.testAddress',
  testDns: 'podNetwork.testDns',
  testFromHere: 'podNetwork.testFromHere',
  testVolume: 'podNetwork.testVolume',
  testMatrix: 'podNetwork.testMatrix',
  exportMatrix: 'podNetwork.exportMatrix',
  showMatrix: 'podNetwork.showMatrix',
  runChecksFile: 'podNetwork.runChecksFile',
  selectContext: 'podNetwork.selectContext',
  selectNamespaces: 'podNetwork.selectNamespaces',
  refresh: 'podNetwork.refresh',
  search: 'podNetwork.search',
  showMap: 'podNetwork.showMap',
  showYaml: 'podNetwork.showYaml',
  describe: 'podNetwork.describe',
  deleteObject: 'podNetwork.deleteObject',
  showPodLog: 'podNetwork.showPodLog',
  showPreviousLog: 'podNetwork.showPreviousLog',
  forwardPort: 'podNetwork.forwardPort',
  openInBrowser: 'podNetwork.openInBrowser',
  openForward: 'podNetwork.openForward',
  stopForward: 'podNetwork.stopForward',
  filter: 'podNetwork.filter',
  clearFilter: 'podNetwork.clearFilter',
  groupByNamespace: 'podNetwork.groupByNamespace',
  groupTogether: 'podNetwork.groupTogether',
  retry: 'podNetwork.retry',
  explainCluster: 'podNetwork.explainCluster',
  explainConnection: 'podNetwork.explainConnection',
  explainCheck: 'podNetwork.explainCheck',
  whoCanReach: 'podNetwork.whoCanReach',
  whatCanReach: 'podNetwork.whatCanReach',
  previewPolicy: 'podNetwork.previewPolicy',
  applyFix: 'podNetwork.applyFix',
  discardFix: 'podNetwork.discardFix',
  showLog: 'podNetwork.showLog',
  copyIp: 'podNetwork.copyIp',
  copyAddress: 'podNetwork.copyAddress',
  copyDnsName: 'podNetwork.copyDnsName',
  copyClusterIp: 'podNetwork.copyClusterIp',
  openTerminal: 'podNetwork.openTerminal',
  startLab: 'podNetwork.startLab',
  startScenario: 'podNetwork.startScenario',
  resetLab: 'podNetwork.resetLab',
  stopLab: 'podNetwork.stopLab',
  openReport: 'podNetwork.openReport',
  runCheckAgain: 'podNetwork.runCheckAgain',
  copyReport: 'podNetwork.copyReport',
  copyKubectlCommand: 'podNetwork.copyKubectlCommand',
  cancelCheck: 'podNetwork.cancelCheck',
  removeCheck: 'podNetwork.removeCheck',
  clearChecks: 'podNetwork.clearChecks',
  explainRule: 'podNetwork.explainRule',
  switchOffRule: 'podNetwork.switchOffRule',
  repairManifest: 'podNetwork.repairManifest',
  applyFile: 'podNetwork.applyFile',
  applyDocument: 'podNetwork.applyDocument',
  deleteDocument: 'podNetwork.deleteDocument',
  createFromSelection: 'podNetwork.createFromSelection',
  showInCluster: 'podNetwork.showInCluster',
} as const;
export type CommandId = (typeof commands)[keyof typeof commands];

/** Without the prefix `podNetwork.`, as `getConfiguration('podNetwork').get` takes them. */
export const settings = {
  kubeconfig: 'kubeconfig',
  context: 'context',
  namespaces: 'namespaces',
  connectTimeout: 'checks.connectTimeout',
  timeout: 'checks.timeout',
  historySize: 'checks.historySize',
  probeImage: 'probeImage',
  logLines: 'logs.lines',
  logTimestamps: 'logs.timestamps',
  lintEnabled: 'lint.enabled',
  lintDisabledRules: 'lint.disabledRules',
  lintSeverity: 'lint.severity',
  lintOpinions: 'lint.opinions',
  lintFields: 'lint.fields',
  lintKubernetesVersion: 'lint.kubernetesVersion',
  lintNodePorts: 'lint.nodePorts',
  lensSelects: 'codeLens.selects',
  lensMounts: 'codeLens.mounts',
  lensEndpoints: 'codeLens.endpoints',
  lensApply: 'codeLens.apply',
  lensExplain: 'codeLens.explain',
  inlayHints: 'inlayHints.ports',
} as const;

/** Names for `when` clauses. */
export const contextKeys = {
  /** One of {@link ViewState}. */
  state: 'podNetwork.state',
  /** Whether the practice lab that this window started is running. */
  labRunning: 'podNetwork.labRunning',
  hasChecks: 'podNetwork.hasChecks',
  /** Whether the cluster view shows only what a filter finds. */
  hasFilter: 'podNetwork.hasFilter',
  hasForwards: 'podNetwork.hasForwards',
  /** Whether the cluster view shows all namespaces together. */
  together: 'podNetwork.together',
  /** Whether the active editor holds Kubernetes objects. */
  manifest: 'podNetwork.manifest',
} as const;

/** What the cluster view has to show; every state but `tree` and `opening` has its welcome text. */
export const viewStates = [
  'opening',
  'tree',
  'untrusted',
  'noKubeconfig',
  'brokenKubeconfig',
  'noContext',
  'unreachable',
  'unauthorised',
  'forbidden',
  'empty',
  'labFailed',
] as const;
export type ViewState = (typeof viewStates)[number];

/** The vocabulary of `viewItem` in `when` clauses. */
export const viewItems = {
  namespace: 'namespace',
  group: 'group',
  pod: 'pod',
  container: 'container',
  volume: 'volume',
  mount: 'mount',
  service: 'service',
  externalService: 'service.external',
  headlessService: 'service.headless',
  port: 'port',
  address: 'address',
  endpoint: 'endpoint',
  node: 'node',
  policy: 'policy',
  claim: 'claim',
  persistentVolume: 'persistentVolume',
  storageClass: 'storageClass',
  /** A row that only says something. */
  fact: 'fact',
  forward: 'forward',
  problem: 'problem',
  reachIn: 'reach.in',
  reachOut: 'reach.out',
  reachPeer: 'reach.peer',
  running: 'check.running',
  finished: 'check.finished',
  /** A finished check of something else than a connection: a volume, a name. */
  finishedOther: 'check.finished.other',
  evidence: 'evidence',
} as const;
export type ViewItem = (typeof viewItems)[keyof typeof viewItems];

/** The kinds of webview panels. Each is an activation event too: `onWebviewPanel:…`. */
export const panelTypes = {
  explain: 'podNetwork.explain',
  map: 'podNetwork.map',
  matrix: 'podNetwork.matrix',
} as const;

/** The scheme of the read-only documents that hold reports. */
export const reportScheme = 'podnetwork-report';

/** The tools of `languageModelTools` in package.json. */
export const languageModelTools = {
  list: 'podnet_list',
  check: 'podnet_check',
  trace: 'podnet_trace',
  lint: 'podnet_lint',
} as const;

/** The scheme of read-only texts of objects as they were when they were read. */
export const objectScheme = 'podnetwork-object';

/** The scheme of read-only documents about objects: their YAML and their descriptions. */
export const detailsScheme = 'podnetwork-details';

/** The scheme of previews of what a file's network policies change. */
export const previewScheme = 'podnetwork-preview';
