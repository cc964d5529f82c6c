import { t } from '../../base/l10n.ts';
import { toJson } from '../../manifest/node.ts';
import { isSet, keyPlace } from '../read.ts';
import type { Rule } from '../rule.ts';

/** Liveness and readiness check the same: what should only stop the traffic ends the container. */
export const identicalProbes: Rule = {
  code: 'identical-probes',
  title: 'Liveness and readiness probe are the same',
  severity: 'hint',
  opinion: true,
  kinds: 'pods',
  check({ pod, report }) {
    for (const { node, title } of pod?.containers ?? []) {
      const [liveness, readiness] = [node.get('livenessProbe'), node.get('readinessProbe')];
      if (
        !isSet(liveness) ||
        !isSet(readiness) ||
        JSON.stringify(toJson(liveness)) !== JSON.stringify(toJson(readiness))
      )
        continue;
      report(
        keyPlace(node, 'livenessProbe'),
        t(
          'Container {0} is ended as soon as it is not ready: both probes are the same. Let liveness fail later, or check less.',
          title,
        ),
      );
    }
  },
};
