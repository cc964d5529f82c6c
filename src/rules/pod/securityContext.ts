import { t } from '../../base/l10n.ts';
import type { MapNode } from '../../manifest/node.ts';
import { removeFix } from '../edits.ts';
import {
  booleanOf,
  filledText,
  integerOf,
  isFilled,
  isSet,
  itemsOf,
  keyPlace,
  mapOf,
  mapsOf,
  placeOf,
  textOf,
} from '../read.ts';
import type { Rule, RuleContext } from '../rule.ts';

const sysctl = /^[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?(?:[./][a-z0-9](?:[-_a-z0-9]*[a-z0-9])?)*$/;

/** Security settings of pods and containers that contradict each other, or have values out of range. */
export const securityContext: Rule = {
  code: 'security-context',
  title: 'Security settings that contradict each other',
  severity: 'error',
  kinds: 'pods',
  check(context) {
    const { pod, report } = context;
    if (pod === undefined) return;
    const own = mapOf(pod.spec.get('securityContext'));
    if (own) checkCommon(own, context);
    for (const container of pod.containers) {
      const settings = mapOf(container.node.get('securityContext'));
      if (settings) checkContainer(settings, container.title, context);
    }
    const names = new Set<string>();
    for (const setting of mapsOf(own?.get('sysctls'))) {
      const name = filledText(setting.get('name'));
      if (name === undefined) continue;
      if (!sysctl.test(name) || name.length > 253)
        report(placeOf(setting, 'name'), t('"{0}" is not the name of a sysctl.', name));
      if (names.has(name)) report(placeOf(setting, 'name'), t('{0} is set twice.', name));
      names.add(name);
      const shared = hostNamespaceOf(name);
      if (shared !== undefined && booleanOf(pod.spec.get(shared)) === true)
        report(
          placeOf(setting, 'name'),
          t("With {0} the setting {1} would be the node's: it cannot be set.", shared, name),
        );
    }
    const labels = filledText(own?.get('seLinuxChangePolicy'));
    if (own && labels !== undefined && labels !== 'Recursive' && labels !== 'MountOption')
      report(placeOf(own, 'seLinuxChangePolicy'), t('seLinuxChangePolicy is Recursive or MountOption.'));
    checkHost(pod.spec, context);
  },
};

/** The setting of a pod by which it shares what a sysctl is about with its node. */
function hostNamespaceOf(name: string): 'hostNetwork' | 'hostIPC' | undefined {
  const dotted = name.replaceAll('/', '.');
  if (dotted.startsWith('net.')) return 'hostNetwork';
  return /^(?:kernel\.(?:sem$|shm|msg)|fs\.mqueue\.)/.test(dotted) ? 'hostIPC' : undefined;
}

function checkCommon(settings: MapNode, { pod, report }: RuleContext): void {
  for (const key of ['runAsUser', 'runAsGroup', 'fsGroup']) {
    const id = integerOf(settings.get(key));
    if (id !== undefined && (id < 0 || id > 2_147_483_647))
      report(placeOf(settings, key), t('{0} goes from 0 to 2147483647.', key));
  }
  for (const item of itemsOf(settings.get('supplementalGroups'))) {
    const id = integerOf(item);
    if (id !== undefined && (id < 0 || id > 2_147_483_647))
      report(item, t('A group goes from 0 to 2147483647.'));
  }
  for (const key of ['seccompProfile', 'appArmorProfile']) {
    const profile = mapOf(settings.get(key));
    const type = filledText(profile?.get('type'));
    if (profile === undefined || type === undefined) continue;
    const local = isSet(profile.get('localhostProfile'));
    if (type === 'Localhost' && !local)
      report(
        keyPlace(profile, 'type'),
        t('type: Localhost needs localhostProfile: which profile of the node.'),
      );
    if (type !== 'Localhost' && local)
      report(keyPlace(profile, 'localhostProfile'), t('localhostProfile is only for type: Localhost.'), {
        fixes: removeFix(profile, 'localhostProfile'),
      });
    const path = textOf(profile.get('localhostProfile'));
    if (
      key === 'appArmorProfile' &&
      type === 'Localhost' &&
      path !== undefined &&
      (path === '' || path !== path.trim())
    )
      report(
        placeOf(profile, 'localhostProfile'),
        t('localhostProfile is the name of a profile, without blanks around it.'),
      );
    if (
      key === 'seccompProfile' &&
      path !== undefined &&
      (path.startsWith('/') || path.split('/').includes('..'))
    ) {
      report(
        placeOf(profile, 'localhostProfile'),
        t('localhostProfile is a path inside of the folder of profiles: relative, without "..".'),
      );
    }
  }
  if (
    isSet(settings.get('windowsOptions')) &&
    filledText(mapOf(pod?.spec.get('os'))?.get('name')) === 'linux'
  ) {
    report(keyPlace(settings, 'windowsOptions'), t('A pod of os: linux has no windowsOptions.'), {
      fixes: removeFix(settings, 'windowsOptions'),
    });
  }
}

function checkContainer(settings: MapNode, title: string, context: RuleContext): void {
  checkCommon(settings, context);
  // Only a pod with users of its own may see /proc unmasked (feature ProcMountType, on since 1.33).
  if (
    filledText(settings.get('procMount')) === 'Unmasked' &&
    booleanOf(context.pod?.spec.get('hostUsers')) !== false &&
    (context.cluster.minorVersion ?? 36) >= 33
  )
    context.report(
      placeOf(settings, 'procMount'),
      t('procMount: Unmasked needs hostUsers: false in the pod.'),
    );
  const added = itemsOf(mapOf(settings.get('capabilities'))?.get('add')).map((item) => textOf(item));
  if (booleanOf(settings.get('allowPrivilegeEscalation')) !== false) return;
  const message =
    booleanOf(settings.get('privileged')) === true
      ? t('Container {0} cannot have allowPrivilegeEscalation: false, since it is privileged.', title)
      : added.includes('CAP_SYS_ADMIN')
        ? t('Container {0} cannot have allowPrivilegeEscalation: false, since it has CAP_SYS_ADMIN.', title)
        : undefined;
  if (message !== undefined) {
    context.report(keyPlace(settings, 'allowPrivilegeEscalation'), message, {
      fixes: removeFix(settings, 'allowPrivilegeEscalation'),
    });
  }
}

function checkHost(spec: MapNode, { report }: RuleContext): void {
  const on = (key: string): boolean => booleanOf(spec.get(key)) === true;
  if (on('hostPID') && on('shareProcessNamespace')) {
    report(
      keyPlace(spec, 'shareProcessNamespace'),
      t('shareProcessNamespace and hostPID cannot both be on.'),
      {
        fixes: removeFix(spec, 'shareProcessNamespace'),
      },
    );
  }
  if (booleanOf(spec.get('hostUsers')) === false) {
    for (const key of ['hostNetwork', 'hostPID', 'hostIPC']) {
      if (on(key))
        report(
          keyPlace(spec, key),
          t('A pod with users of its own (hostUsers: false) cannot have {0}.', key),
        );
    }
    for (const key of isFilled(spec.get('volumes')) ? ['volumes'] : []) {
      const devices = mapsOf(spec.get('containers')).some((container) =>
        isFilled(container.get('volumeDevices')),
      );
      if (devices)
        report(
          keyPlace(spec, key),
          t('A pod with users of its own (hostUsers: false) cannot have block devices.'),
        );
    }
  }
}
