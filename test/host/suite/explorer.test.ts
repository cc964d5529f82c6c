import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TestTree } from '../../../src/ui/host/testApi.ts';
import { callLab, eventually, rowAt, rowsOf, testApi } from './clusterTools.ts';

const podPath = '/api/v1/namespaces/default/pods';
const manifest = (name: string, labels: object): object => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, labels },
  spec: { containers: [{ name: 'web', image: 'nginx', ports: [{ containerPort: 80 }] }] },
});

describe('the cluster view', () => {
  let tree: TestTree;

  before(async () => {
    tree = (await testApi()).cluster;
    await vscode.commands.executeCommand('podNetwork.cluster.focus');
  });

  it('groups what there is', async () => {
    const labels = (await rowsOf(tree)).map(({ label }) => label);
    assert.deepEqual(labels, ['Pods', 'Services', 'Volumes', 'Network policies', 'Nodes', 'Storage classes']);
  });

  it('shows pods with IP, node and state, and says them with the name first', async () => {
    const { description, item } = await rowAt(tree, 'Pods', 'testpod1');
    assert.match(description, /^10\.\d+\.\d+\.\d+ · \S+ · Running, ready$/);
    assert.match(item.accessibilityInformation?.label ?? '', /^testpod1, pod, 10\./);
    assert.equal(item.contextValue, 'pod');
    assert.equal(item.command, undefined);
  });

  it('gives every item an id of its own', async () => {
    const ids = new Set<string>();
    const visit = async (rows: Awaited<ReturnType<typeof rowsOf>>): Promise<void> => {
      for (const row of rows) {
        assert.ok(row.item.id, row.label);
        assert.ok(!ids.has(row.item.id), row.item.id);
        ids.add(row.item.id);
        await visit(await rowsOf(tree, row));
      }
    };
    await visit(await rowsOf(tree));
    assert.ok(ids.size > 30, `${ids.size} items`);
  });

  it('shows containers with their ports, and services and volumes below a pod', async () => {
    const labels = (await rowsOf(tree, await rowAt(tree, 'Pods', 'testipod'))).map(({ label }) => label);
    assert.deepEqual(labels.slice(0, 2), ['c00', 'c01']);
    assert.match((await rowAt(tree, 'Pods', 'testipod', 'c01')).description, /^80\/TCP · running · /);
    const deployed = await rowAt(tree, 'Pods', /^mydeployments-/, 'demoservice');
    assert.match(deployed.description, /^selects this pod · /);
  });

  it('shows services by type with addresses, ports and endpoints with their pods', async () => {
    const groups = (await rowsOf(tree, await rowAt(tree, 'Services'))).map(({ label }) => label);
    assert.ok(groups.includes('Headless'), groups.join());
    for (const group of groups) {
      for (const service of await rowsOf(tree, await rowAt(tree, 'Services', group))) {
        if (service.label !== 'demoservice') continue;
        const rows = await rowsOf(tree, service);
        const labels = rows.map(({ label }) => label);
        assert.ok(labels.includes('Cluster IP') && labels.includes('DNS name'), labels.join());
        const endpoint = rows.find(({ label }) => /^10\.[\d.]+:\d+$/.test(label));
        assert.match(endpoint?.description ?? '', /^pod mydeployments-\S+ · ready · /);
        return;
      }
    }
    assert.fail('there is no demoservice');
  });

  it('shows a selector that matches nothing as a problem with its evidence', async () => {
    const services = await rowsOf(tree, await rowAt(tree, 'Services', 'ClusterIP'));
    const troubled = services.find(({ description }) => description.endsWith('selector matches no pod'));
    assert.ok(troubled, services.map(({ label, description }) => `${label}: ${description}`).join('; '));
    const [problem] = await rowsOf(tree, troubled);
    assert.equal(problem?.label, 'selector matches no pod');
    assert.match(problem.description, /^nearest is pod \S+: label \S+ is \S+; the selector wants \S+$/);
    const missed = (await rowsOf(tree, await rowAt(tree, 'Pods', /^mydeployments-/))).find(
      ({ label }) => label === troubled.label,
    );
    assert.match(missed?.description ?? '', /^almost selects this pod · label /);
  });

  it('says what stands behind a cluster IP, and what a port is on the pods', async () => {
    const path = ['Services', 'NodePort', 'demoservice'] as const;
    const [mapped] = await rowsOf(tree, await rowAt(tree, ...path, 'Cluster IP'));
    assert.match(mapped?.label ?? '', /^10\.96\.\d+\.\d+:80$/);
    assert.match(mapped?.description ?? '', /becomes 1 address/);
    const rows = await rowsOf(tree, await rowAt(tree, ...path, /^80\/TCP$/));
    assert.match(rows[0]?.label ?? '', /^80\/TCP$/);
    assert.match(rows[0]?.description ?? '', /^on 1 pod · mydeployments-/);
    assert.ok(rows.some(({ label, description }) => /:3\d+$/.test(label) && description === 'on node node1'));
  });

  it('shows nodes with their addresses and pods', async () => {
    const node = await rowAt(tree, 'Nodes', 'node1');
    assert.match(node.description, /^172\.30\.0\.11 · ready · \d pods$/);
    const labels = (await rowsOf(tree, node)).map(({ label }) => label);
    assert.ok(labels.includes('172.30.0.11') && labels.includes('testpod1'), labels.join());
  });

  it('shows a network policy with its rules, and on the pods it is about', async () => {
    const path = '/apis/networking.k8s.io/v1/namespaces/default/networkpolicies';
    await callLab('POST', path, {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'only-c01' },
      spec: {
        podSelector: {},
        ingress: [{ from: [{ podSelector: { matchLabels: { app: 'x' } } }], ports: [{ port: 80 }] }],
      },
    });
    try {
      const policy = await eventually(tree, async () =>
        (await rowsOf(tree, await rowAt(tree, 'Network policies'))).find(({ label }) => label === 'only-c01'),
      );
      assert.match(policy.description, /^incoming · selects \d pods · every pod of the namespace$/);
      const [rule] = await rowsOf(tree, policy);
      assert.deepEqual([rule?.label, rule?.description], ['From pods with app=x', 'TCP 80']);
      const link = await rowAt(tree, 'Pods', 'testpod1', 'only-c01');
      assert.equal(link.description, 'restricts who comes in');
      assert.equal(link.item.contextValue, 'policy');
    } finally {
      await callLab('DELETE', `${path}/only-c01`);
    }
  });

  it('follows a claim through to its storage class', async () => {
    const path = '/api/v1/namespaces/default/persistentvolumeclaims';
    await callLab('POST', path, {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'data' },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
    });
    try {
      const claim = await eventually(tree, async () => {
        const group = (await rowsOf(tree)).find(({ label }) => label === 'Volume claims');
        return group === undefined ? undefined : rowAt(tree, 'Volume claims', 'data');
      });
      assert.match(claim.description, /1Gi · ReadWriteOnce/);
      assert.ok((await rowsOf(tree, claim)).length > 0);
    } finally {
      await callLab('DELETE', `${path}/data`);
    }
  });

  it('filters, and shows everything again', async () => {
    await vscode.commands.executeCommand('podNetwork.clearFilter');
    const before = (await rowsOf(tree, await rowAt(tree, 'Pods'))).length;
    assert.ok(before > 3);
    await vscode.commands.executeCommand('podNetwork.groupTogether');
    await vscode.commands.executeCommand('podNetwork.groupByNamespace');
    assert.equal((await rowsOf(tree, await rowAt(tree, 'Pods'))).length, before);
  });

  it('shows a shared volume with every mount', async () => {
    const volumes = await rowsOf(tree, await rowAt(tree, 'Volumes'));
    const shared = volumes.find(({ description }) => description.includes('pod myvolemptydir'));
    assert.match(shared?.description ?? '', /^emptyDir · pod myvolemptydir · shared by 2 containers$/);
    const mounts = await rowsOf(tree, shared);
    assert.match(mounts[2]?.label ?? '', /^Empty when the pod starts/);
    assert.equal(mounts.length, 3);
    for (const { label, description } of mounts.slice(0, 2)) {
      assert.match(label, /^\//);
      assert.match(description, /^container \S+ · read and write$/);
    }
  });

  it('trusts no Markdown in tooltips', async () => {
    const tooltip = tree.resolveTooltip((await rowAt(tree, 'Pods', 'testpod1')).element);
    assert.ok(tooltip instanceof vscode.MarkdownString);
    assert.ok(!tooltip.isTrusted);
    assert.ok(!tooltip.supportHtml);
  });

  it('shows a pod that comes and goes, and keeps the items around it', async () => {
    const group = await rowAt(tree, 'Pods');
    const neighbour = await rowAt(tree, 'Pods', 'testpod1');
    await callLab('POST', podPath, manifest('comes-and-goes', { app: 'guest' }));
    try {
      const shown = await eventually(tree, async () => {
        const pods = await rowsOf(tree, group);
        return pods.find(
          ({ label, description }) =>
            label === 'comes-and-goes' && /^10\..*Running, ready$/.test(description),
        );
      });
      assert.equal(shown.item.contextValue, 'pod');
      assert.equal((await rowAt(tree, 'Pods')).element, group.element);
      assert.equal((await rowAt(tree, 'Pods', 'testpod1')).element, neighbour.element);
    } finally {
      await callLab('DELETE', `${podPath}/comes-and-goes`);
    }
    await eventually(tree, async () => {
      const pods = await rowsOf(tree, group);
      return pods.some(({ label }) => label === 'comes-and-goes') ? undefined : true;
    });
  });
});
