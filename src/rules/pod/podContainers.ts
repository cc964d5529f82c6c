import { t } from '../../base/l10n.ts';
import { isSet, mapOf } from '../read.ts';
import { templatePaths } from '../../manifest/facts.ts';
import type { Rule } from '../rule.ts';

/** A pod, or a template of pods, without containers. */
export const podContainers: Rule = {
  code: 'pod-containers',
  title: 'The pod has no containers',
  severity: 'error',
  kinds: ['Pod', ...Object.keys(templatePaths)],
  check({ object, pod, report }) {
    if (pod) {
      const containers = pod.spec.get('containers');
      // Something other than a list is said to be of the wrong type.
      if (isSet(containers) && (containers.type !== 'list' || containers.items.length > 0)) return;
      report(
        pod.spec.entry('containers')?.key ?? pod.root.entry('spec')?.key ?? pod.spec,
        t('The pod has no containers. Add at least one, with a name and an image.'),
      );
      return;
    }
    const path = templatePaths[object.kind] ?? [];
    const template = mapOf(object.at(path));
    const spec = template?.entry('spec');
    if (spec && isSet(spec.value)) return;
    // A missing template is said to be missing; here it is the spec inside of one.
    const isBare = object.kind === 'Job' && !isSet(object.at(['spec']));
    if (path.length > 0 && template === undefined && !isBare) return;
    report(
      spec?.key ?? object.entryAt(path)?.key ?? object.entryAt(['kind']) ?? object.root,
      t('There is no spec, and so no containers. Add "spec:" with at least one container.'),
    );
  },
};
