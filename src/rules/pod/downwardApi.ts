import { t } from '../../base/l10n.ts';
import type { MapNode } from '../../manifest/node.ts';
import { replaceFix } from '../edits.ts';
import { qualifiedNameProblem } from '../formats.ts';
import { nearest, oneOf } from '../nearest.ts';
import { parseQuantity } from '../quantity.ts';
import { filledText, isSet, keyPlace, mapOf, mapsOf, placeOf } from '../read.ts';
import type { Rule, RuleContext } from '../rule.ts';

const ofVariables = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
];
const ofFiles = [
  'metadata.name',
  'metadata.namespace',
  'metadata.labels',
  'metadata.annotations',
  'metadata.uid',
];
const resources = [
  'limits.cpu',
  'limits.memory',
  'limits.ephemeral-storage',
  'requests.cpu',
  'requests.memory',
  'requests.ephemeral-storage',
];
const subscript = /^(metadata\.(?:labels|annotations))\['(.*)'\]$/;

/** What a pod can say about itself in variables and files: certain fields and resources. */
export const downwardApi: Rule = {
  code: 'downward-api',
  title: 'A field or resource that the downward API does not have',
  severity: 'error',
  kinds: 'pods',
  check(context) {
    const { pod } = context;
    for (const container of pod?.containers ?? []) {
      for (const variable of mapsOf(container.node.get('env'))) {
        const from = mapOf(variable.get('valueFrom'));
        if (from) checkSource(from, ofVariables, context);
      }
    }
    for (const volume of mapsOf(pod?.spec.get('volumes'))) {
      const holders = [volume, ...mapsOf(mapOf(volume.get('projected'))?.get('sources'))];
      for (const item of holders.flatMap((holder) =>
        mapsOf(mapOf(holder.get('downwardAPI'))?.get('items')),
      )) {
        checkSource(item, ofFiles, context);
        const resource = mapOf(item.get('resourceFieldRef'));
        if (resource && !isSet(resource.get('containerName')))
          context.report(
            keyPlace(item, 'resourceFieldRef'),
            t('A file about resources says of which container: add containerName.'),
          );
      }
    }
  },
};

function checkSource(holder: MapNode, known: readonly string[], { report }: RuleContext): void {
  const field = mapOf(holder.get('fieldRef'));
  const path = filledText(field?.get('fieldPath'));
  if (field && path !== undefined) {
    const parts = subscript.exec(path);
    const label = parts?.[1] === 'metadata.annotations' ? parts[2]?.toLowerCase() : parts?.[2];
    const problem = label === undefined ? undefined : qualifiedNameProblem(label);
    if (problem !== undefined) report(placeOf(field, 'fieldPath'), `"${label ?? ''}" ${problem}.`);
    else if (!parts && !known.includes(path)) {
      const meant = nearest(path, known);
      const at = placeOf(field, 'fieldPath');
      report(
        at,
        t("A pod cannot say {0} here: {1}, or one label as metadata.labels['NAME'].", path, oneOf(known)),
        {
          fixes: meant === undefined ? [] : [replaceFix(t('Write {0}', meant), at, meant)],
        },
      );
    }
  }
  const version = filledText(field?.get('apiVersion'));
  if (field && version !== undefined && version !== 'v1')
    report(placeOf(field, 'apiVersion'), t('A fieldRef is of apiVersion v1, not {0}.', version));
  const source = mapOf(holder.get('resourceFieldRef'));
  const resource = filledText(source?.get('resource'));
  if (source === undefined || resource === undefined) return;
  const divisor = source.get('divisor');
  if (divisor?.type === 'scalar' && !isDivisor(divisor.text, resource)) {
    const ones = resource.endsWith('.cpu') ? t('1m or 1') : t('1, 1k, 1M, 1G …, 1Ki, 1Mi, 1Gi …');
    report(divisor, t('The divisor of {0} is {1}.', resource, ones));
  }
  if (resources.includes(resource) || /^(?:limits|requests)\.hugepages-/.test(resource)) return;
  const meant = nearest(resource, resources);
  const at = placeOf(source, 'resource');
  report(at, t('A pod cannot say {0}: {1}.', resource, oneOf(resources)), {
    fixes: meant === undefined ? [] : [replaceFix(t('Write {0}', meant), at, meant)],
  });
}

/** A divisor is one of a unit (validateContainerResourceDivisor); 0 is the same as none. */
function isDivisor(text: string, resource: string): boolean {
  const value = parseQuantity(text);
  if (value === undefined || value === 0n) return true;
  const units = resource.endsWith('.cpu')
    ? ['1m', '1']
    : ['1', '1k', '1M', '1G', '1T', '1P', '1E', '1Ki', '1Mi', '1Gi', '1Ti', '1Pi', '1Ei'];
  return units.some((unit) => parseQuantity(unit) === value);
}
