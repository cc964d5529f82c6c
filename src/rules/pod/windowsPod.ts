import { t } from '../../base/l10n.ts';
import type { MapNode } from '../../manifest/node.ts';
import { removeFix } from '../edits.ts';
import { filledText, isSet, keyPlace, mapOf } from '../read.ts';
import type { Rule, RuleContext } from '../rule.ts';

const ofPods = ['hostUsers', 'hostPID', 'hostIPC', 'shareProcessNamespace'];
const ofPodSecurity = [
  'appArmorProfile',
  'seLinuxOptions',
  'seccompProfile',
  'fsGroup',
  'fsGroupChangePolicy',
  'sysctls',
  'runAsUser',
  'runAsGroup',
  'supplementalGroups',
  'supplementalGroupsPolicy',
  'seLinuxChangePolicy',
];
const ofContainerSecurity = [
  'appArmorProfile',
  'seLinuxOptions',
  'seccompProfile',
  'capabilities',
  'readOnlyRootFilesystem',
  'privileged',
  'allowPrivilegeEscalation',
  'procMount',
  'runAsUser',
  'runAsGroup',
];

/** What only Linux has cannot be asked of a pod that says os: windows (validateWindows). */
export const windowsPod: Rule = {
  code: 'windows-pod',
  title: 'A pod for Windows with a setting of Linux',
  severity: 'error',
  kinds: 'pods',
  check(context) {
    const spec = context.pod?.spec;
    if (spec === undefined || filledText(mapOf(spec.get('os'))?.get('name')) !== 'windows') return;
    refuse(spec, ofPods, context);
    const own = mapOf(spec.get('securityContext'));
    if (own) refuse(own, ofPodSecurity, context);
    for (const { node } of context.pod?.containers ?? []) {
      const settings = mapOf(node.get('securityContext'));
      if (settings) refuse(settings, ofContainerSecurity, context);
    }
  },
};

function refuse(map: MapNode, keys: readonly string[], { report }: RuleContext): void {
  for (const key of keys) {
    const value = map.get(key);
    // The two that are no pointers in the API are only refused when they are on.
    const isOff =
      (key === 'hostPID' || key === 'hostIPC') && value?.type === 'scalar' && value.value === false;
    if (!isSet(value) || isOff) continue;
    report(keyPlace(map, key), t('A pod for Windows (os: windows) cannot have {0}.', key), {
      fixes: removeFix(map, key),
    });
  }
}
