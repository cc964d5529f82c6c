import { t } from '../../base/l10n.ts';
import type { MapNode } from '../../manifest/node.ts';
import { replace, removeFix, scalarText } from '../edits.ts';
import { asPortName, isPortNumber, portNameProblem, subdomainProblem } from '../formats.ts';
import { replaceFix } from '../edits.ts';
import { serviceNameProblem } from '../object/objectName.ts';
import { filledText, firstOf, integerOf, isSet, keyPlace, mapOf, placeOf, textOf } from '../read.ts';
import type { FixDraft, Rule, RuleContext } from '../rule.ts';
import { sentences } from '../sentences.ts';
import { backendsOf, ingressSpec, pathsOf, type BackendView } from './ingressView.ts';

/** A backend: a Service with a port by number or by name, or a resource. */
export const ingressBackend: Rule = {
  code: 'ingress-backend',
  title: 'A backend of an Ingress without Service or port, or with two of them',
  severity: 'error',
  kinds: ['Ingress'],
  check(context) {
    const spec = ingressSpec(context.object);
    if (spec === undefined) return;
    for (const path of pathsOf(spec)) {
      // A missing pathType ends the server's look at a path.
      if (!isSet(path.get('backend')) && isSet(path.get('pathType')))
        context.report(
          path.entry('backend')?.key ?? firstOf(path),
          t('This path leads nowhere: add a backend.'),
        );
    }
    for (const backend of backendsOf(spec)) checkBackend(backend, context);
  },
};

function checkBackend({ node, holder, key }: BackendView, context: RuleContext): void {
  const { report } = context;
  const at = keyPlace(holder, key);
  const hasService = isSet(node.get('service'));
  const hasResource = isSet(node.get('resource'));
  if (hasService && hasResource) {
    report(at, t('A backend has a service or a resource, not both.'), { fixes: removeFix(node, 'resource') });
  } else if (!hasService && !hasResource) {
    report(at, t('This backend names neither a service nor a resource.'), { fixes: fromOldForm(node) });
  } else {
    const service = mapOf(node.get('service'));
    if (service) checkService(service, keyPlace(node, 'service'), context);
    const group = filledText(mapOf(node.get('resource'))?.get('apiGroup'));
    const problem = group === undefined ? undefined : subdomainProblem(group);
    if (problem !== undefined)
      report(
        placeOf(mapOf(node.get('resource')) ?? node, 'apiGroup'),
        t('The apiGroup "{0}" {1}.', group ?? '', problem),
      );
  }
}

function checkService(
  service: MapNode,
  at: { start: number; end: number },
  { cluster, report }: RuleContext,
): void {
  const name = textOf(service.get('name'));
  if (name === undefined || name === '') {
    if (!isSet(service.get('name')) || name === '')
      report(service.entry('name')?.key ?? at, t('This backend does not name its Service.'));
  } else {
    const problem = serviceNameProblem(name, cluster.minorVersion ?? 36);
    if (problem !== undefined)
      report(placeOf(service, 'name'), t('"{0}" cannot be the name of a Service: it {1}.', name, problem));
  }
  const node = service.get('port');
  const port = mapOf(node);
  const portName = filledText(port?.get('name'));
  const number = integerOf(port?.get('number'));
  const hasNumber = number !== undefined && number !== 0;
  if (portName !== undefined && hasNumber) {
    report(keyPlace(service, 'port'), t('A port is given by number or by name, not both.'), {
      fixes: port ? removeFix(port, 'name') : [],
    });
  } else if (portName !== undefined && port) {
    const problem = portNameProblem(portName);
    if (problem !== undefined) checkPortName(port, portName, problem, report);
  } else if (hasNumber) {
    if (port && !isPortNumber(number))
      report(placeOf(port, 'number'), t('{0} is not a port: ports go from 1 to 65535.', number));
  } else if (!isSet(node) || (port && !isUnreadable(port))) {
    report(service.entry('port')?.key ?? at, t('This backend has no port: add port.number or port.name.'));
  }
}

/** Whether a port has a value of the wrong type, which is said elsewhere. */
function isUnreadable(port: MapNode): boolean {
  const name = port.get('name');
  const number = port.get('number');
  return (isSet(name) && textOf(name) === undefined) || (isSet(number) && integerOf(number) === undefined);
}

function checkPortName(port: MapNode, name: string, problem: string, report: RuleContext['report']): void {
  const at = placeOf(port, 'name');
  if (/^\d+$/.test(name)) {
    const entry = port.entry('name');
    report(at, t('{0} is a number: write it as port.number.', name), {
      fixes: entry ? [replaceFix(t('Write number: {0}', name), entry, `number: ${name}`, true)] : [],
    });
    return;
  }
  const better = asPortName(name);
  const message = sentences(
    t('The port name "{0}" {1}.', name, problem),
    name.length > 15 ? t('A Service port with such a long name can be used by its number only.') : undefined,
  );
  report(at, message, {
    fixes: better === undefined || name.length > 15 ? [] : [replaceFix(t('Write {0}', better), at, better)],
  });
}

/** The form of networking.k8s.io/v1beta1, serviceName and servicePort, in that of v1. */
function fromOldForm(node: MapNode): readonly FixDraft[] {
  const name = node.entry('serviceName');
  const port = node.entry('servicePort');
  const service = textOf(name?.value);
  const value = integerOf(port?.value) ?? textOf(port?.value);
  if (name === undefined || port === undefined || service === undefined || value === undefined) return [];
  if (node.flow || node.entries.length !== 2) return [];
  const kind = typeof value === 'number' || /^\d+$/.test(value) ? 'number' : 'name';
  const newText = `service: {name: ${scalarText(service)}, port: {${kind}: ${value}}}`;
  return [
    {
      title: t('Write it in the form of v1'),
      preferred: true,
      edits: [
        replace(
          { start: node.entries[0]?.start ?? node.start, end: node.entries[1]?.end ?? node.end },
          newText,
        ),
      ],
    },
  ];
}
