import { t } from '../../base/l10n.ts';
import type { MapNode } from '../../manifest/node.ts';
import { filledText, isSet, mapOf, placeOf, textOf } from '../read.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { backstepProblem } from './paths.ts';

/** hostPath and local volumes: a path of the node. */
export const hostPath: Rule = {
  code: 'host-path',
  title: 'A hostPath without a path, or with ".." in it',
  severity: 'error',
  check(context) {
    const { pod, object } = context;
    if (pod) {
      const volumes = pod.spec.get('volumes');
      if (volumes?.type === 'list')
        for (const volume of volumes.items) checkSource(mapOf(volume), 'hostPath', context);
    }
    if (object.kind === 'PersistentVolume') {
      checkSource(mapOf(object.at(['spec'])), 'hostPath', context);
      checkSource(mapOf(object.at(['spec'])), 'local', context);
    }
  },
};

function checkSource(volume: MapNode | undefined, key: string, { report }: RuleContext): void {
  const entry = volume?.entry(key);
  const source = mapOf(entry?.value);
  if (entry === undefined || source === undefined) return;
  const path = filledText(source.get('path'));
  if (path === undefined) {
    const written = source.get('path');
    if (!isSet(written) || textOf(written) === '')
      report(
        source.entry('path')?.key ?? entry.key,
        t('This {0} has no path. Add "path:", the directory or file of the node.', key),
      );
    return;
  }
  const problem = backstepProblem(path);
  if (problem !== undefined) report(placeOf(source, 'path'), t('The path "{0}" {1}.', path, problem));
  else if (!path.startsWith('/')) {
    report(
      placeOf(source, 'path'),
      t(
        'The path "{0}" is not absolute: the server accepts it, but the node looks for it somewhere else. Write it from "/" on.',
        path,
      ),
      { severity: 'warning' },
    );
  }
}
