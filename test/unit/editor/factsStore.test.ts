import assert from 'node:assert/strict';
import { parse } from '../../../src/manifest/parse.ts';
import { FactsStore } from '../../../src/ui/editor/factsStore.ts';
import { fileFacts } from '../../../src/ui/editor/fileFacts.ts';

const pod = (name: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\n  labels: {app: ${name}}\nspec:\n  containers: []\n`;
const read = (uri: string, text: string): ReturnType<typeof fileFacts> =>
  fileFacts(parse(text, { file: uri }));

function storeOf(files: Readonly<Record<string, string>>): FactsStore {
  const store = new FactsStore();
  for (const [uri, text] of Object.entries(files)) store.set(uri, read(uri, text));
  store.setGap(undefined);
  return store;
}

describe('what is known of the workspace', () => {
  it('is not complete before everything was read', () => {
    const store = new FactsStore();
    store.set('file:///a.yaml', read('file:///a.yaml', pod('a')));
    assert.notEqual(store.doubt, undefined);
    store.setGap(undefined);
    assert.equal(store.doubt, undefined);
  });

  it('leaves out the file itself, whose objects the rules read', () => {
    const store = storeOf({ 'file:///a.yaml': pod('a'), 'file:///b.yaml': pod('b') });
    assert.deepEqual(
      store.besides('file:///a.yaml').all.map((facts) => facts.name),
      ['b'],
    );
  });

  for (const [why, file, text] of [
    ['a template', 'file:///t.yaml', `${pod('a')}# x\nstatus: {{ .Values.x }}\n`],
    ['a kustomization', 'file:///kustomization.yaml', 'resources: [a.yaml]\n'],
    ['a file with errors', 'file:///e.yaml', `${pod('a')}status: [\n`],
  ] as const) {
    it(`is never complete with ${why} in it`, () => {
      const store = storeOf({ 'file:///a.yaml': pod('a'), [file]: text });
      assert.ok(store.doubt?.startsWith(file));
      store.delete(file);
      assert.equal(store.doubt, undefined);
    });
  }

  it('tells a change of the objects from one of their places', () => {
    const store = storeOf({ 'file:///a.yaml': pod('a') });
    assert.equal(store.set('file:///a.yaml', read('file:///a.yaml', `# moved\n${pod('a')}`)), false);
    assert.equal(store.objects[0]?.place?.range.start.line, 4);
    assert.equal(store.set('file:///a.yaml', read('file:///a.yaml', pod('b'))), true);
    assert.equal(store.set('file:///a.yaml', read('file:///a.yaml', 'just: yaml\n')), true);
    assert.deepEqual(store.files, []);
  });
});
