import type * as vscode from 'vscode';
import { factsOfObject, type ObjectFacts } from '../../../manifest/facts.ts';
import type { ManifestFile } from '../../../manifest/file.ts';
import type { KnownFacts } from '../../../manifest/links/knownFacts.ts';
import type { WorkspaceIndex } from '../workspaceIndex.ts';

/**
 * What a document and the workspace's other files hold; the cluster's objects are told apart, and never counted
 * with what makes them. Quick at each keystroke: of other files only what has a label in question is looked at.
 */
export function fileFactsAround(
  document: vscode.TextDocument,
  file: ManifestFile,
  index: WorkspaceIndex,
): KnownFacts {
  index.take(document, file);
  const own = file.objects.map(factsOfObject);
  const others = index.besides(document);
  return {
    podsFor: ({ matchLabels }) => {
      const groups = Object.entries(matchLabels).map(([key, value]) => others.group(`label ${key}=${value}`));
      const [fewest = others.group('pods')] = groups.sort((a, b) => a.length - b.length);
      return [...own.filter(({ pods }) => pods !== undefined), ...fewest];
    },
    named: (kind, name) => {
      const isIt = (facts: ObjectFacts): boolean => facts.kind === kind && facts.name === name;
      return [...own.filter(isIt), ...others.group(`name ${kind}/${name}`)];
    },
  };
}
