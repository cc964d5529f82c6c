import { t } from '../../base/l10n.ts';
import { entriesOf } from '../read.ts';
import type { Rule } from '../rule.ts';

/** What to write instead; of pods and their templates. */
const ofPods: Readonly<Record<string, string>> = {
  'scheduler.alpha.kubernetes.io/critical-pod': 'priorityClassName',
  'seccomp.security.alpha.kubernetes.io/pod': 'securityContext.seccompProfile',
  'container.seccomp.security.alpha.kubernetes.io/': 'securityContext.seccompProfile',
  'container.apparmor.security.beta.kubernetes.io/': 'securityContext.appArmorProfile',
};
const ofKinds: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Service: { 'service.kubernetes.io/topology-aware-hints': 'service.kubernetes.io/topology-mode' },
  PersistentVolumeClaim: { 'volume.beta.kubernetes.io/storage-class': 'spec.storageClassName' },
  PersistentVolume: {
    'volume.beta.kubernetes.io/storage-class': 'spec.storageClassName',
    'volume.beta.kubernetes.io/mount-options': 'spec.mountOptions',
  },
};

/** Annotations that a field took the place of; the server warns of them. */
export const deprecatedAnnotation: Rule = {
  code: 'deprecated-annotation',
  title: 'An annotation that a field took the place of',
  severity: 'warning',
  check({ object, pod, report }) {
    const places = [
      { annotations: pod?.metadata?.get('annotations'), known: ofPods },
      { annotations: object.at(['metadata', 'annotations']), known: ofKinds[object.kind] ?? {} },
    ];
    for (const { annotations, known } of places) {
      for (const { key } of entriesOf(annotations)) {
        const found = Object.keys(known).find((name) =>
          name.endsWith('/') ? key.value.startsWith(name) : key.value === name,
        );
        if (found !== undefined)
          report(
            key,
            t('This annotation is deprecated, or does nothing any more: use {0}.', known[found] ?? ''),
          );
      }
    }
  },
};
