import * as vscode from 'vscode';
import type { Judge } from '../host/judge.ts';
import { passageText } from '../host/portsText.ts';
import type { MapKind } from '../panels/protocol/map.ts';
import type { MapWords } from './graph/words.ts';

/** The map's words in the user's language. */
export function mapWords(judge: Judge): MapWords {
  return {
    pod: (pod) => judge.pod(pod),
    service: (snapshot, service) => judge.service(snapshot, service),
    kind: kindText,
    cluster: vscode.l10n.t('Cluster'),
    fact: {
      namespace: vscode.l10n.t('Namespace'),
      addresses: vscode.l10n.t('Addresses'),
      node: vscode.l10n.t('Node'),
      ports: vscode.l10n.t('Ports'),
      type: vscode.l10n.t('Type'),
      pods: vscode.l10n.t('Pods'),
      services: vscode.l10n.t('Services'),
      images: vscode.l10n.t('Images'),
      size: vscode.l10n.t('Size'),
      class: vscode.l10n.t('Storage class'),
    },
    ready: vscode.l10n.t('ready'),
    notReady: vscode.l10n.t('not ready'),
    terminating: vscode.l10n.t('terminating'),
    unschedulable: vscode.l10n.t('takes no new pods'),
    claimPending: vscode.l10n.t('pending'),
    claimLost: vscode.l10n.t('lost its volume'),
    noAddress: vscode.l10n.t('no address yet'),
    hostNetwork: vscode.l10n.t("its node's network"),
    headless: vscode.l10n.t('headless'),
    onePerPod: vscode.l10n.t('one in each pod, shared by its containers'),
    readyOf: (ready, all) => vscode.l10n.t('{0} of {1} ready', ready, all),
    podCount: (count) => (count === 1 ? vscode.l10n.t('1 pod') : vscode.l10n.t('{0} pods', count)),
    serviceCount: (count) =>
      count === 1 ? vscode.l10n.t('1 service') : vscode.l10n.t('{0} services', count),
    problemCount: (count) =>
      count === 1 ? vscode.l10n.t('1 problem') : vscode.l10n.t('{0} problems', count),
    nodeCount: (count) => vscode.l10n.t('{0} nodes', count),
    sendsTo: (ready, ports) =>
      ready
        ? vscode.l10n.t('endpoint on port {0}, ready', ports || '–')
        : vscode.l10n.t('endpoint on port {0}, gets no traffic: not ready', ports || '–'),
    runsOn: (count) =>
      count === 1 ? vscode.l10n.t('runs on this node') : vscode.l10n.t('{0} pods run on this node', count),
    mountedAt: (paths) =>
      paths === '' ? vscode.l10n.t('volume of the pod, not mounted') : vscode.l10n.t('mounted at {0}', paths),
    boundTo: vscode.l10n.t('bound to this volume'),
    mayReach: (passage) => vscode.l10n.t('network policies let pass: {0}', passageText(passage)),
    mayNotReach: vscode.l10n.t('network policies let nothing pass'),
    allowed: vscode.l10n.t('allowed'),
    denied: vscode.l10n.t('denied'),
    checks: (failed, all) =>
      failed === 0
        ? vscode.l10n.t('{0} checks, all reachable', all)
        : vscode.l10n.t('{0} of {1} checks failed', failed, all),
    check: (outcome, startedAt) =>
      outcome === ''
        ? vscode.l10n.t('checked {0}', whenText(startedAt))
        : vscode.l10n.t('{0}, checked {1}', outcome, whenText(startedAt)),
  };
}

function whenText(startedAt: string): string {
  const at = new Date(startedAt);
  return Number.isNaN(at.getTime()) ? startedAt : at.toLocaleString();
}

function kindText(kind: MapKind): string {
  switch (kind) {
    case 'Namespace':
      return vscode.l10n.t('namespace');
    case 'Workload':
      return vscode.l10n.t('workload');
    case 'Service':
      return vscode.l10n.t('service');
    case 'Pod':
      return vscode.l10n.t('pod');
    case 'Node':
      return vscode.l10n.t('node');
    case 'PersistentVolumeClaim':
      return vscode.l10n.t('volume claim');
    case 'PersistentVolume':
      return vscode.l10n.t('persistent volume');
    case 'Volume':
      return vscode.l10n.t('shared volume');
  }
}
