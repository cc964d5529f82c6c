import assert from 'node:assert/strict';
import { Emitter } from '../../src/base/event.ts';
import { createConnection, createOpenApi, type ClusterClient } from '../../src/cluster/index.ts';
import { parse } from '../../src/manifest/parse.ts';
import type { ClusterConnection } from '../../src/model/connection.ts';
import type { ApiDocuments } from '../../src/model/requests.ts';
import { lint, type Finding } from '../../src/rules/index.ts';
import { ClusterKnowledge, type ClusterSource } from '../../src/ui/editor/cluster/clusterKnowledge.ts';
import { ConnectedLab } from './connectedLab.ts';

const never = new AbortController().signal;

/** The session's part: which cluster is open. */
class Source implements ClusterSource {
  readonly #changed = new Emitter<unknown>();
  readonly onDidChange = this.#changed.event;
  state: ClusterSource['state'] = { is: 'closed' };

  set(state: ClusterSource['state']): void {
    this.state = state;
    this.#changed.fire(undefined);
  }
}

describe('what a connected cluster tells the editor', function () {
  this.timeout(60_000);
  let lab: ConnectedLab;
  let client: ClusterClient;
  let connection: ClusterConnection;
  let openApi: ApiDocuments;
  let knowledge: ClusterKnowledge;
  const source = new Source();
  const log: string[] = [];

  before(async () => {
    lab = await ConnectedLab.start();
    client = await lab.client();
    openApi = createOpenApi({ client });
    connection = createConnection({ client, scope: { is: 'all' }, idleGraceMs: 0 });
    const say = (message: string): number => log.push(message);
    knowledge = new ClusterKnowledge(source, { info: say, warn: say });
  });
  after(async () => {
    knowledge.dispose();
    connection.dispose();
    await lab.end();
  });

  const changed = (): Promise<void> =>
    new Promise((resolve) => {
      const heard = knowledge.onDidChange(() => {
        heard.dispose();
        resolve();
      });
    });
  const check = (text: string): readonly Finding[] => {
    const { schema, live, completeKinds } = knowledge;
    return lint(parse(text), {
      ...(schema && { schema }),
      knowledge: { objects: [], live, complete: false, completeKinds },
    });
  };
  const service = (app: string): string =>
    `apiVersion: v1\nkind: Service\nmetadata:\n  name: s\nspec:\n  selector: {app: ${app}}\n  ports:\n    - port: 80\n`;
  const ofCode = (findings: readonly Finding[], code: string): readonly Finding[] =>
    findings.filter((finding) => finding.code === code);

  it('nothing before a cluster is open, nor before somebody watches it', () => {
    assert.equal(knowledge.schema, undefined);
    source.set({ is: 'open', cluster: { context: client.context, connection, openApi } });
    assert.equal(knowledge.schema, undefined);
    assert.deepEqual([...knowledge.completeKinds], []);
    assert.deepEqual(ofCode(check(service('nobody')), 'selector-matches-nothing'), []);
  });

  it('its API, as soon as it is live', async () => {
    const watch = connection.watch();
    try {
      await connection.whenRead(never);
      while (knowledge.schema === undefined) await changed();
      assert.ok(knowledge.schema.ofKind('apps/v1', 'Deployment'));
      assert.match(knowledge.title ?? '', /v1\.\d+/);
      assert.ok(
        log.some((line) => /^Read the API of .* kinds$/.test(line)),
        log.join('\n'),
      );
      const wrong = service('x').replace('port: 80', 'prt: 80');
      assert.equal(ofCode(check(wrong), 'unknown-field').length, 1);
      assert.deepEqual(
        check(
          'apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  containers:\n    - name: c\n      image: i\n      resources:\n        limits: {memory: 1GB}\n',
        )
          .filter(({ severity }) => severity === 'error')
          .map(({ code }) => code),
        ['bad-quantity'],
      );
    } finally {
      watch.dispose();
    }
  });

  it('its objects: a selector that matches no pod of it is told, one that matches is not', async () => {
    const watch = connection.watch();
    try {
      const snapshot = await connection.whenRead(never);
      const labels = snapshot.all('Pod').find((pod) => pod.labels.app !== undefined)?.labels;
      assert.ok(labels?.app);
      assert.ok(knowledge.completeKinds.has('Pod'));
      assert.deepEqual(ofCode(check(service(labels.app)), 'selector-matches-nothing'), []);
      assert.equal(ofCode(check(service('nobody')), 'selector-matches-nothing')[0]?.severity, 'warning');
    } finally {
      watch.dispose();
    }
  });

  it('nothing any more once it is closed', () => {
    source.set({ is: 'closed' });
    assert.equal(knowledge.schema, undefined);
    assert.equal(knowledge.live.all.length, 0);
  });
});

describe('the descriptions of an API', function () {
  this.timeout(60_000);

  it('are asked for only at the server, and only where they can be', async () => {
    const lab = await ConnectedLab.start();
    try {
      const documents = createOpenApi({ client: await lab.client() });
      const places = await documents.list(never);
      assert.ok(places.has('api/v1') && places.has('apis/apps/v1'));
      await assert.rejects(documents.read('/api/v1/secrets', never), /no place of a description/);
    } finally {
      await lab.end();
    }
  });
});
