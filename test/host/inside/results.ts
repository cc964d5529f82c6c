/** One test that ran in the extension host. */
export interface HostTest {
  title: string;
  /** Why it failed, with the stack; absent when it passed. */
  failure?: string;
  milliseconds: number;
}

/** What the extension host hands back, as JSON in a file. */
export interface HostResults {
  /** The version of VS Code, as the extension sees it. */
  vscode: string;
  node: string;
  tests: HostTest[];
  /** The suite itself broke: a file did not load, a hook threw outside a test. */
  crash?: string;
}
