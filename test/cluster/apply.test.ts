import assert from 'node:assert/strict';
import { createObjects, type ClusterClient } from '../../src/cluster/index.ts';
import { placeOfField } from '../../src/manifest/fieldPlace.ts';
import { parse } from '../../src/manifest/parse.ts';
import { record, type Json } from '../../src/model/json.ts';
import type { ObjectRequests } from '../../src/model/requests.ts';
import { carryOut, type Result } from '../../src/ui/editor/apply/carryOut.ts';
import { titleOf } from '../../src/ui/editor/apply/plan.ts';
import { rehearse, type Rehearsal } from '../../src/ui/editor/apply/rehearse.ts';
import { readSnippets } from '../unit/snippets/snippetFile.ts';
import { ConnectedLab } from './connectedLab.ts';

const never = new AbortController().signal;
const service = `apiVersion: v1
kind: Service
metadata:
  name: applied
spec:
  selector:
    app: applied
  ports:
    - port: 80
`;

describe('applying manifests to the practice lab', function () {
  this.timeout(60_000);
  let lab: ConnectedLab;
  let client: ClusterClient;
  let requests: ObjectRequests;

  before(async () => {
    lab = await ConnectedLab.start();
    client = await lab.client();
    requests = createObjects({ client });
  });
  after(async () => {
    await lab.end();
  });

  const tryOut = (
    text: string,
    defaultNamespace = 'default',
    signal = never,
  ): Promise<readonly Rehearsal[]> => rehearse(parse(text).objects, { requests, defaultNamespace, signal });
  const takeOver =
    (answer: boolean, asked: string[] = []) =>
    (_: unknown, conflicts: readonly { manager: string; field: string }[]): Promise<boolean> => {
      asked.push(...conflicts.map(({ manager, field }) => `${manager} ${field}`));
      return Promise.resolve(answer);
    };
  const apply = async (
    rehearsals: readonly Rehearsal[],
    mayTakeOver = takeOver(true),
  ): Promise<readonly Result[]> => carryOut(rehearsals, { requests, mayTakeOver, signal: never });
  const said = (rehearsals: readonly Rehearsal[]): readonly string[] =>
    rehearsals.map(({ name, verdict }) => `${titleOf(name)} ${verdict.is}`);
  const get = async (name: string): Promise<Json> => {
    const found = await requests.get(
      { apiVersion: 'v1', kind: 'Service', namespace: 'default', name },
      never,
    );
    assert.ok(found);
    return found;
  };

  it('says what is new, then what is unchanged, then which fields change', async () => {
    const first = await tryOut(service);
    assert.deepEqual(said(first), ['Service default/applied new']);
    assert.deepEqual(
      (await apply(first)).map((result) => result.is === 'applied' && result.created),
      [true],
    );
    assert.deepEqual(said(await tryOut(service)), ['Service default/applied unchanged']);
    const [changed] = await tryOut(service.replace('app: applied', 'app: other'));
    assert.ok(changed?.verdict.is === 'changed');
    assert.deepEqual(changed.verdict.fields, ['spec.selector.app']);
    assert.deepEqual(record(record((await get('applied')).spec).selector), { app: 'applied' });
  });

  it('keeps nothing of what it only tries', async () => {
    await tryOut(service.replace('name: applied', 'name: tried'));
    const name = { apiVersion: 'v1', kind: 'Service', namespace: 'default', name: 'tried' };
    assert.equal(await requests.get(name, never), undefined);
  });

  it('names the field that the server refuses, where it is written', async () => {
    const wrong = service.replace('port: 80', 'port: 80\n      nodePort: 7');
    const [refused] = await tryOut(wrong);
    assert.ok(refused?.verdict.is === 'refused' && refused.source !== undefined);
    const [cause] = refused.verdict.causes;
    assert.ok(cause, refused.verdict.message);
    const { start } = placeOfField(refused.source, cause.field);
    assert.equal(wrong.split('\n')[start.line], '      nodePort: 7');
  });

  it('names a field that the kind does not have, where it is written', async () => {
    const wrong = service.replace('port: 80', 'port: 80\n      targetport: 7');
    const [refused] = await tryOut(wrong);
    assert.ok(refused?.verdict.is === 'refused' && refused.source !== undefined);
    const [cause] = refused.verdict.causes;
    assert.ok(cause, refused.verdict.message);
    assert.equal(
      wrong.split('\n')[placeOfField(refused.source, cause.field).start.line],
      '      targetport: 7',
    );
  });

  it('goes on where one document fails, and says each outcome', async () => {
    const three = [
      service.replaceAll('applied', 'one'),
      service.replace('port: 80', 'port: 0'),
      service.replaceAll('applied', 'two'),
    ];
    const rehearsals = await tryOut(three.join('---\n'));
    assert.deepEqual(
      (await apply(rehearsals)).map((result) => `${titleOf(result.name)} ${result.is}`),
      ['Service default/one applied', 'Service default/applied failed', 'Service default/two applied'],
    );
  });

  it('plans the namespace that is missing, and lets what stands in it wait', async () => {
    const rehearsals = await tryOut(service, 'fresh');
    assert.deepEqual(said(rehearsals), ['Namespace fresh new', 'Service fresh/applied waits']);
    assert.deepEqual(
      (await apply(rehearsals)).map(({ is }) => is),
      ['applied', 'applied'],
    );
    assert.deepEqual(said(await tryOut(service, 'fresh')), ['Service fresh/applied unchanged']);
  });

  it('takes a namespace of the same file first, wherever it stands', async () => {
    const placed = service.replace('name: applied', 'name: applied\n  namespace: later');
    const rehearsals = await tryOut(
      `${placed}---\napiVersion: v1\nkind: Namespace\nmetadata: {name: later}\n`,
    );
    assert.deepEqual(said(rehearsals), ['Namespace later new', 'Service later/applied waits']);
    assert.deepEqual(
      (await apply(rehearsals)).map(({ is }) => is),
      ['applied', 'applied'],
    );
  });

  it('takes fields over from their manager only when told to', async () => {
    const posted = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'held', namespace: 'default' } };
    const spec = { selector: { app: 'held' }, ports: [{ port: 80 }] };
    const answer = await client.send({
      method: 'POST',
      path: '/api/v1/namespaces/default/services',
      query: [['fieldManager', 'somebody']],
      body: { ...posted, spec },
      signal: never,
    });
    answer.body.resume();
    assert.equal(answer.status, 201);
    const mine = service.replace('name: applied', 'name: held');
    const rehearsals = await tryOut(mine);
    assert.ok(rehearsals[0]?.verdict.is === 'changed');
    assert.deepEqual(rehearsals[0].verdict.fields, ['spec.selector.app']);
    const asked: string[] = [];
    const [left] = await apply(rehearsals, takeOver(false, asked));
    assert.equal(left?.is, 'left');
    assert.deepEqual(asked, ['somebody .spec.selector']);
    assert.deepEqual(record(record((await get('held')).spec).selector), { app: 'held' });
    const [taken] = await apply(rehearsals);
    assert.equal(taken?.is, 'applied');
    assert.deepEqual(record(record((await get('held')).spec).selector), { app: 'applied' });
  });

  it('leaves the rest undone when it is cancelled', async () => {
    const rehearsals = await tryOut(
      [service.replaceAll('applied', 'early'), service.replaceAll('applied', 'late')].join('---\n'),
    );
    const controller = new AbortController();
    const results = await carryOut(rehearsals, {
      requests,
      mayTakeOver: takeOver(true),
      signal: controller.signal,
      onProgress: ({ name }) => name.name === 'late' && controller.abort(),
    });
    assert.deepEqual(
      results.map(({ is }) => is),
      ['applied', 'cancelled'],
    );
    const name = { apiVersion: 'v1', kind: 'Service', namespace: 'default', name: 'late' };
    assert.equal(await requests.get(name, never), undefined);
    controller.abort();
    await assert.rejects(tryOut(service, 'default', controller.signal), { name: 'AbortError' });
  });

  it('says of a kind that the server does not serve what it is', async () => {
    const [refused] = await tryOut('apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: w}\n');
    assert.ok(refused?.verdict.is === 'refused');
    assert.match(refused.verdict.message, /Widget/);
  });

  for (const [index, { prefix, expansion }] of readSnippets().entries()) {
    it(`applies the snippet ${prefix} with its defaults`, async () => {
      // A namespace of its own, which does not exist yet: the snippets share the lesson's names.
      const results = await apply(await tryOut(expansion.text, `snippet-${index}`));
      const failures = results.filter(({ is }) => is !== 'applied');
      assert.deepEqual(
        failures.map((result) => ('message' in result ? result.message : result.is)),
        [],
      );
      assert.ok(results.length >= 2);
    });
  }
});
