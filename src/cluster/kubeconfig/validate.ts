import type * as YamlModule from 'yaml';
import type { Document, LineCounter, Node } from 'yaml';
import { oneLine } from '../../base/hostileText.ts';
import { t } from '../../base/l10n.ts';
import type { KubeconfigProblem } from './types.ts';

type Yaml = typeof YamlModule;

/**
 * Finds what is wrong in a kubeconfig's text, with lines: the library only names the first bad entry, and
 * without a place. `fatal` says that nothing of the file can be used.
 */
export function validateKubeconfig(
  file: string,
  text: string,
  yaml: Yaml,
): { readonly document: Document; readonly problems: readonly KubeconfigProblem[]; readonly fatal: boolean } {
  const lines = new yaml.LineCounter();
  const document = yaml.parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const problems: KubeconfigProblem[] = [];
  const [syntax] = document.errors;
  if (syntax !== undefined) {
    problems.push({
      file,
      line: lines.linePos(syntax.pos[0]).line,
      message: t('This is not valid YAML: {0}', oneLine(syntax.message)),
      remedy: t('Correct this line, or restore the file from a backup.'),
    });
    return { document, problems, fatal: true };
  }
  if (document.contents !== null && !yaml.isMap(document.contents) && !isNull(document.contents, yaml)) {
    const message = t('This is not a kubeconfig: it should hold clusters, users and contexts.');
    const remedy = t(
      'Point to the kubeconfig your cluster gave you; "kubectl config view" shows the one in use.',
    );
    return { document, problems: [{ file, line: 1, message, remedy }], fatal: true };
  }
  for (const rule of rules) {
    problems.push(...problemsOfList(file, document, lines, yaml, rule));
  }
  return { document, problems, fatal: false };
}

interface Rule {
  readonly list: string;
  readonly entry: string;
  readonly required: readonly string[];
  readonly entryMayBeEmpty?: boolean;
}

const rules: readonly Rule[] = [
  { list: 'clusters', entry: 'cluster', required: ['server'] },
  { list: 'contexts', entry: 'context', required: ['cluster'] },
  { list: 'users', entry: 'user', required: [], entryMayBeEmpty: true },
];

function problemsOfList(
  file: string,
  document: Document,
  lines: LineCounter,
  yaml: Yaml,
  rule: Rule,
): KubeconfigProblem[] {
  const node = document.get(rule.list, true) as Node | undefined;
  if (node === undefined || isNull(node, yaml)) return [];
  const problem = (at: Node | undefined, message: string, remedy: string): KubeconfigProblem => ({
    file,
    line: at?.range ? lines.linePos(at.range[0]).line : undefined,
    message,
    remedy,
  });
  if (!yaml.isSeq(node)) {
    return [problem(node, t('"{0}" is not a list.', rule.list), t('Write one "- name: …" entry for each.'))];
  }
  return node.items.flatMap((item, index) => {
    const where = `${rule.list}[${index}]`;
    const at = item as Node;
    if (!yaml.isMap(item) || !isText(item.get('name'))) {
      return [problem(at, t('{0} has no name.', where), t('Give the entry a "name:", or remove it.'))];
    }
    const name = oneLine(String(item.get('name')), 80);
    const body = item.get(rule.entry, true);
    if (rule.entryMayBeEmpty) return [];
    if (!yaml.isMap(body)) {
      const remedy = t('Give the entry a "{0}:", or remove it.', rule.entry);
      return [problem(at, t('{0} ("{1}") has no {2}.', where, name, rule.entry), remedy)];
    }
    return rule.required
      .filter((field) => !isText(body.get(field)))
      .map((field) =>
        problem(
          body,
          t('{0} ("{1}") has no {2}.', where, name, field),
          t('Add "{0}:" to it, or remove the entry.', field),
        ),
      );
  });
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function isNull(node: Node, yaml: Yaml): boolean {
  return yaml.isScalar(node) && node.value === null;
}
