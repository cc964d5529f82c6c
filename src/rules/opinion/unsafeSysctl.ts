import { t } from '../../base/l10n.ts';
import { filledText, keyPlace, mapOf, mapsOf, placeOf } from '../read.ts';
import type { Rule } from '../rule.ts';

/** Sysctls that a node takes without being told to (Kubernetes documentation, "Safe and Unsafe Sysctls"). */
const safe = new Set([
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.ping_group_range',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_wmem',
]);

/** A sysctl that nodes refuse unless they are told to allow it. */
export const unsafeSysctl: Rule = {
  code: 'unsafe-sysctl',
  title: 'A sysctl that nodes refuse by default',
  severity: 'hint',
  opinion: true,
  kinds: 'pods',
  check({ pod, report }) {
    const settings = mapOf(pod?.spec.get('securityContext'));
    for (const setting of mapsOf(settings?.get('sysctls'))) {
      const name = filledText(setting.get('name'));
      if (name !== undefined && !safe.has(name))
        report(
          setting.has('name') ? placeOf(setting, 'name') : keyPlace(setting, 'value'),
          t('Nodes refuse a pod with {0} unless their kubelet allows it (--allowed-unsafe-sysctls).', name),
        );
    }
  },
};
