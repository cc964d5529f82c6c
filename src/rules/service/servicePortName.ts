import { t } from '../../base/l10n.ts';
import { replaceFix } from '../edits.ts';
import { asDnsLabel, dnsLabelProblem } from '../formats.ts';
import { filledText, placeOf } from '../read.ts';
import type { Rule } from '../rule.ts';
import { serviceView } from './serviceView.ts';

/** The names of a Service's ports: DNS labels, each once. */
export const servicePortName: Rule = {
  code: 'service-port-name',
  title: 'A port name of the Service is not allowed, or there twice',
  severity: 'error',
  kinds: ['Service'],
  check({ object, report }) {
    const first = new Map<string, { start: number; end: number }>();
    for (const port of serviceView(object)?.ports ?? []) {
      const name = filledText(port.get('name'));
      if (name === undefined) continue;
      const at = placeOf(port, 'name');
      const problem = dnsLabelProblem(name);
      const better = asDnsLabel(name);
      if (problem !== undefined) {
        report(at, t('The port name "{0}" {1}.', name, problem), {
          fixes: better === undefined ? [] : [replaceFix(t('Rename to {0}', better), at, better, true)],
        });
      }
      const before = first.get(name);
      if (before === undefined) first.set(name, at);
      else {
        report(at, t('Two ports of this Service are called "{0}". Give each its own name.', name), {
          related: [{ at: before, message: t('The first "{0}"', name) }],
        });
      }
    }
  },
};
