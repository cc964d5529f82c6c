import { t } from '../../base/l10n.ts';
import type { Node } from '../../manifest/node.ts';
import { addressProblem, parseIPv4, parseIPv6, specialAddressProblem } from '../addresses.ts';
import { dnsLabelProblem, isPortNumber, subdomainProblem } from '../formats.ts';
import {
  filledText,
  firstOf,
  integerOf,
  isFilled,
  itemsOf,
  keyPlace,
  mapsOf,
  placeOf,
  textOf,
} from '../read.ts';
import type { Rule, RuleContext } from '../rule.ts';

/** Endpoints written by hand, for Services without selector: addresses that others can reach, and ports. */
export const endpointAddresses: Rule = {
  code: 'endpoint-address',
  title: 'An address or port of endpoints that is not possible',
  severity: 'error',
  kinds: ['EndpointSlice', 'Endpoints'],
  check(context) {
    const { object } = context;
    if (object.kind === 'EndpointSlice') {
      const type = filledText(object.at(['addressType']));
      for (const endpoint of mapsOf(object.at(['endpoints']))) {
        for (const item of itemsOf(endpoint.get('addresses'))) checkAddress(item, type, context);
        if (itemsOf(endpoint.get('addresses')).length > 100)
          context.report(keyPlace(endpoint, 'addresses'), t('An endpoint has at most 100 addresses.'));
      }
      checkPorts(object.at(['ports']), context);
      return;
    }
    for (const subset of mapsOf(object.at(['subsets']))) {
      if (!isFilled(subset.get('addresses')) && !isFilled(subset.get('notReadyAddresses')))
        context.report(firstOf(subset), t('A subset needs addresses or notReadyAddresses.'));
      for (const list of ['addresses', 'notReadyAddresses']) {
        for (const address of mapsOf(subset.get(list))) {
          const ip = address.get('ip');
          if (ip) checkAddress(ip, undefined, context);
        }
      }
      checkPorts(subset.get('ports'), context);
    }
  },
};

function checkAddress(item: Node, type: string | undefined, { report }: RuleContext): void {
  const address = textOf(item);
  if (address === undefined || address === '') return;
  if (type === 'FQDN') {
    const problem = subdomainProblem(address);
    if (problem !== undefined) report(item, `"${address}" ${problem}.`);
    return;
  }
  const problem = addressProblem(address) ?? specialAddressProblem(address);
  if (problem !== undefined)
    report(item, t('"{0}" {1}: nobody reaches an endpoint there.', address, problem));
  else if (type === 'IPv4' && parseIPv4(address) === undefined)
    report(item, t('"{0}" is no IPv4 address, but addressType is IPv4.', address));
  else if (type === 'IPv6' && parseIPv6(address) === undefined)
    report(item, t('"{0}" is no IPv6 address, but addressType is IPv6.', address));
}

function checkPorts(node: Node | undefined, { object, report }: RuleContext): void {
  const ports = mapsOf(node);
  const names = new Set<string>();
  for (const port of ports) {
    const name = filledText(port.get('name'));
    const number = integerOf(port.get('port'));
    const problem = name === undefined ? undefined : dnsLabelProblem(name);
    if (problem !== undefined)
      report(placeOf(port, 'name'), t('The port name "{0}" {1}.', name ?? '', problem));
    if (number !== undefined && !isPortNumber(number))
      report(placeOf(port, 'port'), t('{0} is not a port: ports go from 1 to 65535.', number));
    if (object.kind === 'EndpointSlice' && names.has(name ?? ''))
      report(placeOf(port, 'name'), t('Two ports are called "{0}".', name ?? ''));
    if (object.kind === 'Endpoints' && ports.length > 1 && name === undefined)
      report(keyPlace(port, 'port'), t('With several ports, each needs a name.'));
    names.add(name ?? '');
  }
}
