import { t } from '../../base/l10n.ts';
import { insertFix } from '../edits.ts';
import { filledText, firstOf, integerOf, isSet } from '../read.ts';
import type { Rule } from '../rule.ts';
import { protocolOf, serviceView } from './serviceView.ts';

const wellKnown: Readonly<Record<string, string>> = {
  'TCP/80': 'http',
  'TCP/443': 'https',
  'TCP/8080': 'http-alt',
  'TCP/8443': 'https-alt',
  'TCP/53': 'dns-tcp',
  'UDP/53': 'dns',
  'TCP/22': 'ssh',
  'TCP/3306': 'mysql',
  'TCP/5432': 'postgresql',
  'TCP/6379': 'redis',
  'TCP/27017': 'mongodb',
  'TCP/9090': 'metrics',
};

/** Several ports: each needs a name. */
export const servicePortUnnamed: Rule = {
  code: 'service-port-unnamed',
  title: 'One of several ports has no name',
  severity: 'error',
  kinds: ['Service'],
  check({ object, text, report }) {
    const ports = serviceView(object)?.ports ?? [];
    if (ports.length < 2) return;
    const taken = new Set(ports.map((port) => filledText(port.get('name'))));
    for (const port of ports) {
      const name = port.get('name');
      if (filledText(name) !== undefined || (isSet(name) && !(name.type === 'scalar' && name.value === '')))
        continue;
      const number = integerOf(port.get('port'));
      const key = `${protocolOf(port)}/${number ?? 0}`;
      const proposed = wellKnown[key] ?? `${protocolOf(port).toLowerCase()}-${number ?? 'port'}`;
      const free = taken.has(proposed) ? `${proposed}-${ports.indexOf(port) + 1}` : proposed;
      taken.add(free);
      report(
        port.entry('name')?.key ?? firstOf(port),
        t('A Service with several ports must name each of them; port {0} has no name.', number ?? ''),
        {
          fixes: port.has('name')
            ? []
            : insertFix({ title: t('Add name: {0}', free), preferred: true }, port, `name: ${free}`, text),
        },
      );
    }
  },
};
