import { t } from '../base/l10n.ts';
import type { Mention } from '../manifest/links/mention.ts';
import {
  dns1035LabelProblem,
  dnsLabelProblem,
  labelValueProblem,
  portNameProblem,
  qualifiedNameProblem,
  subdomainProblem,
} from './formats.ts';

/** What kind of name a mention is, as the end of "The name of …"; for the words of errors. */
export function whatIsNamed(mention: Mention): string {
  const { what } = mention;
  switch (what.is) {
    case 'object':
      return `the ${what.kind}`;
    case 'volume':
      return t('the volume');
    case 'port':
      return t('the container port');
    case 'servicePort':
      return t("the Service's port");
    case 'label':
      return what.part === 'key' ? t('the label') : t('the label {0}', what.key);
  }
}

/** The name as it stands now; a number for ports that have none. */
export function nameOf({ what }: Mention): string | number {
  switch (what.is) {
    case 'object':
    case 'volume':
      return what.name;
    case 'port':
    case 'servicePort':
      return what.port;
    case 'label':
      return what.part === 'key' ? what.key : (what.value ?? '');
  }
}

/** What is wrong with a new name, as a sentence with the way out; undefined when the server would take it. */
export function newNameProblem(mention: Mention, name: string): string | undefined {
  if (name === '') return t('Write a name: it cannot be empty.');
  const problem = problemOf(mention, name);
  return problem === undefined ? undefined : `"${name}" ${problem}.`;
}

function problemOf({ what }: Mention, name: string): string | undefined {
  switch (what.is) {
    case 'object':
      return objectNameProblem(what.kind, name);
    case 'volume':
    case 'servicePort':
      return dnsLabelProblem(name);
    case 'port':
      return portNameProblem(name);
    case 'label':
      return what.part === 'key' ? qualifiedNameProblem(name) : labelValueProblem(name);
  }
}

/** Names of kinds that become a DNS label; all others are DNS subdomains (apimachinery's name validation). */
function objectNameProblem(kind: string, name: string): string | undefined {
  if (kind === 'Service') return dns1035LabelProblem(name);
  if (kind === 'Namespace') return dnsLabelProblem(name);
  // Role and the like are path segments: nearly everything is allowed.
  if (/^(?:Cluster)?Role(?:Binding)?$/.test(kind)) {
    return name === '.' || name === '..' || /[/%]/.test(name)
      ? t('may not be "." or "..", and may not hold "/" or "%"')
      : undefined;
  }
  return subdomainProblem(name);
}
