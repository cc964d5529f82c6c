import { t } from '../../base/l10n.ts';
import type { MapNode } from '../../manifest/node.ts';
import { replaceFix, scalarText } from '../edits.ts';
import { nearest } from '../nearest.ts';
import { filledText, integerOf, mapOf, mapsOf, placeOf } from '../read.ts';
import type { FixDraft, Rule, RuleContext } from '../rule.ts';
import { withGuess } from '../sentences.ts';
import { backendsOf, ingressSpec } from './ingressView.ts';

/** A Service, port, TLS Secret or class that an Ingress refers to and that does not exist. */
export const ingressReference: Rule = {
  code: 'ingress-reference',
  title: 'An Ingress refers to a Service, port, Secret or class that does not exist',
  severity: 'warning',
  kinds: ['Ingress'],
  check(context) {
    const spec = ingressSpec(context.object);
    if (spec === undefined) return;
    for (const backend of backendsOf(spec)) {
      const service = mapOf(backend.node.get('service'));
      if (service) checkService(service, context);
    }
    for (const tls of mapsOf(spec.get('tls'))) checkName(tls, 'secretName', 'Secret', context);
    checkName(spec, 'ingressClassName', 'IngressClass', context);
  },
};

function checkName(map: MapNode, field: string, kind: string, { neighbours, report }: RuleContext): boolean {
  const name = filledText(map.get(field));
  if (name === undefined) return false;
  if (neighbours.named(kind, name).length > 0) return true;
  const all = neighbours.ofKind(kind).map((facts) => facts.name);
  // Secrets and classes are often made by others; a near miss among the known ones is still told.
  const meant = nearest(name, all);
  const complete = neighbours.isComplete(kind);
  if (!complete && (meant === undefined || kind !== 'Service')) return false;
  const fixes: FixDraft[] =
    meant === undefined
      ? []
      : [replaceFix(t('Write {0}', meant), placeOf(map, field), scalarText(meant), kind === 'Service')];
  report(
    placeOf(map, field),
    withGuess(
      complete ? t('There is no {0} "{1}".', kind, name) : t('There is no {0} "{1}" here.', kind, name),
      meant,
    ),
    {
      fixes,
      severity: complete ? 'warning' : 'hint',
    },
  );
  return false;
}

function checkService(service: MapNode, context: RuleContext): void {
  if (!checkName(service, 'name', 'Service', context)) return;
  const name = filledText(service.get('name'));
  const facts = context.neighbours.named('Service', name ?? '')[0];
  const port = mapOf(service.get('port'));
  const ports = facts?.service?.ports ?? [];
  if (facts === undefined || port === undefined || ports.length === 0) return;
  const number = integerOf(port.get('number'));
  const portName = filledText(port.get('name'));
  const found = ports.some((each) =>
    portName === undefined ? each.port === number : each.name === portName,
  );
  if (found || (number === undefined && portName === undefined)) return;
  const field = portName === undefined ? 'number' : 'name';
  const known = ports.map((each) => (each.name === '' || field === 'number' ? String(each.port) : each.name));
  const meant =
    portName === undefined
      ? known.length === 1
        ? known[0]
        : undefined
      : nearest(portName, ports.map((each) => each.name).filter(Boolean));
  context.report(
    placeOf(port, field),
    t('Service {0} has no port {1}; it has {2}.', facts.name, portName ?? number ?? '', known.join(', ')),
    {
      fixes:
        meant === undefined ? [] : [replaceFix(t('Write {0}', meant), placeOf(port, field), meant, true)],
      related: facts.place ? [{ at: facts.place, message: t('Service {0}', facts.name) }] : [],
    },
  );
}
