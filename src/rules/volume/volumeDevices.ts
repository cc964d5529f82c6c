import { t } from '../../base/l10n.ts';
import { nearest } from '../nearest.ts';
import { replaceFix } from '../edits.ts';
import { filledText, firstOf, isSet, keyPlace, mapsOf, placeOf } from '../read.ts';
import type { ContainerView } from '../podView.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { backstepProblem } from './paths.ts';
import { claimTemplateNames, mountsOf, volumesOf } from './volumeViews.ts';

/** volumeDevices: block devices, which only claims can be, each name and path used once and not also mounted. */
export const volumeDevices: Rule = {
  code: 'volume-devices',
  title: 'A block device that cannot be one, or that is also mounted',
  severity: 'error',
  kinds: 'pods',
  check(context) {
    for (const container of context.pod?.containers ?? []) checkContainer(container, context);
  },
};

function checkContainer(container: ContainerView, { pod, object, report }: RuleContext): void {
  const devices = mapsOf(container.node.get('volumeDevices'));
  if (pod === undefined || devices.length === 0) return;
  const volumes = new Map(volumesOf(pod).map((volume) => [volume.name ?? '', volume]));
  const claims = new Set(object.kind === 'StatefulSet' ? claimTemplateNames(object) : []);
  const mounts = mountsOf(container);
  const names = new Set<string>();
  const paths = new Set<string>();
  for (const device of devices) {
    const name = filledText(device.get('name'));
    const path = filledText(device.get('devicePath'));
    if (name === undefined && !isSet(device.get('name')))
      report(firstOf(device), t('This block device does not name a volume.'));
    if (path === undefined && !isSet(device.get('devicePath')))
      report(firstOf(device), t('This block device has no devicePath.'));
    if (name !== undefined) {
      const at = placeOf(device, 'name');
      const volume = volumes.get(name);
      const source = volume?.sources[0]?.key.value;
      if (volume === undefined && !claims.has(name)) {
        const meant = nearest(name, [...volumes.keys(), ...claims]);
        report(at, t('There is no volume "{0}" in this pod.', name), {
          fixes: meant === undefined ? [] : [replaceFix(t('Write {0}', meant), at, meant)],
        });
      } else if (
        volume &&
        !claims.has(name) &&
        source !== 'persistentVolumeClaim' &&
        source !== 'ephemeral'
      ) {
        report(
          at,
          t(
            'Volume "{0}" is a directory ({1}): only a claim with volumeMode: Block can be a device. Use volumeMounts.',
            name,
            source ?? 'emptyDir',
          ),
        );
      }
      if (names.has(name)) report(at, t('Volume "{0}" is a device of {1} twice.', name, container.title));
      if (mounts.some((mount) => mount.volume === name))
        report(at, t('Volume "{0}" is in volumeMounts too; it is either a directory or a device.', name));
      names.add(name);
    }
    if (path !== undefined) {
      const at = placeOf(device, 'devicePath');
      const problem = backstepProblem(path);
      if (problem !== undefined) report(at, t('devicePath "{0}" {1}.', path, problem));
      if (paths.has(path)) report(at, t('Container {0} has two devices at {1}.', container.title, path));
      if (mounts.some((mount) => mount.path === path))
        report(keyPlace(device, 'devicePath'), t('{0} is a mountPath of {1} too.', path, container.title));
      paths.add(path);
    }
  }
}
