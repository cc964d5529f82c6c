import * as vscode from 'vscode';

/** The texts of the page itself; what it shows comes with the content. */
export function pageStrings(): Readonly<Record<string, string>> {
  return {
    from: vscode.l10n.t('From'),
    to: vscode.l10n.t('To'),
    cause: vscode.l10n.t('Cause'),
    decisive: vscode.l10n.t('decisive'),
    otherCauses: vscode.l10n.t('Also found'),
    notes: vscode.l10n.t('Worth knowing'),
    way: vscode.l10n.t('The way'),
    notSeen: vscode.l10n.t('Not seen'),
    notSeenAbout: vscode.l10n.t(
      'This would have helped, and could not be seen. The answer is no surer than that allows.',
    ),
    evidence: vscode.l10n.t('Evidence'),
    fixes: vscode.l10n.t('What to do'),
    readMore: vscode.l10n.t('Read about this cause'),
    openObject: vscode.l10n.t('Open {0}', '{0}'),
    copyCommand: vscode.l10n.t('Copy Command'),
    copyYaml: vscode.l10n.t('Copy YAML'),
    applyFix: vscode.l10n.t('Apply Fix…'),
    applyHint: vscode.l10n.t('Shows the difference first and asks'),
    runAgain: vscode.l10n.t('Run Again'),
    withProbes: vscode.l10n.t('Look Again with Probes'),
    withoutProbes: vscode.l10n.t('By the Objects Alone'),
    copyMarkdown: vscode.l10n.t('Copy as Markdown'),
    cancel: vscode.l10n.t('Cancel'),
    probe: vscode.l10n.t('Probe'),
    output: vscode.l10n.t('Output'),
    noOutput: vscode.l10n.t('The command printed nothing.'),
    expandAll: vscode.l10n.t('Unfold All'),
    collapseAll: vscode.l10n.t('Fold All'),
    reachable: vscode.l10n.t('reachable'),
    unreachable: vscode.l10n.t('unreachable'),
    inconclusive: vscode.l10n.t('inconclusive'),
    running: vscode.l10n.t('looking'),
    stopped: vscode.l10n.t('stopped'),
    step: vscode.l10n.t('Step {0} of {1}: {2}, {3}', '{0}', '{1}', '{2}', '{3}'),
  };
}
