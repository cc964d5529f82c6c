import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { list, record, strings, text as string, type Json } from '../../../src/model/json.ts';
import { selects } from '../../../src/model/selector.ts';
import { factsOfObject } from '../../../src/manifest/facts.ts';
import { parse } from '../../../src/manifest/parse.ts';
import { lintText, type Finding } from '../../../src/rules/index.ts';
import { expandSnippet } from './expandSnippet.ts';
import { readSnippets, repository } from './snippetFile.ts';

/** What the lesson teaches first, then what people need next. */
const promised = [
  'pod',
  'pod-two-containers',
  'pod-port',
  'deployment',
  'deployment-service',
  'service-clusterip',
  'service-nodeport',
  'service-loadbalancer',
  'service-headless',
  'service-externalname',
  'pod-emptydir',
  'statefulset-headless',
  'configmap-volume',
  'secret-volume',
  'pvc',
  'pod-hostpath',
  'pod-projected',
  'pod-nfs',
  'pod-downwardapi',
  'pod-ephemeral',
  'pod-csi',
  'pod-image-volume',
  'pod-iscsi',
  'pod-fc',
  'pv-local',
  'pod-probes',
  'networkpolicy-deny-all',
  'networkpolicy-allow-from-namespace',
  'networkpolicy-allow-dns',
  'ingress',
].map((name) => `k8s-${name}`);

function objectsIn(yaml: string): readonly Json[] {
  const documents = parseAllDocuments(yaml, { version: '1.1', merge: true });
  assert.ok(Array.isArray(documents));
  for (const document of documents) assert.deepEqual([...document.errors, ...document.warnings], []);
  return documents.map((document) => record(document.toJS()));
}

describe('snippets', () => {
  const snippets = readSnippets();
  const text = (prefix: string): string => {
    const found = snippets.find((snippet) => snippet.prefix === prefix);
    assert.ok(found, prefix);
    return found.expansion.text;
  };
  /** What else the workspace holds: what the lesson's Services select. */
  const others = (): ReturnType<typeof factsOfObject>[] =>
    parse(text('k8s-deployment')).objects.map(factsOfObject);
  const lintAlone = (yaml: string): readonly Finding[] => lintText(yaml);
  const lintInWorkspace = (yaml: string): readonly Finding[] =>
    lintText(yaml, { knowledge: { objects: others(), complete: false } });

  it('are exactly those promised, each prefix once', () => {
    assert.deepEqual(snippets.map((snippet) => snippet.prefix).sort(), [...promised].sort());
  });

  it('are each listed in docs/snippets.md', () => {
    const page = readFileSync(path.join(repository, 'docs/snippets.md'), 'utf8');
    const listed = [...page.matchAll(/`(k8s-[a-z-]+)`/g)].map((found) => found[1]);
    assert.deepEqual([...new Set(listed)].sort(), [...promised].sort());
  });

  for (const { prefix, description, body, expansion } of snippets) {
    describe(prefix, () => {
      it('lints clean, alone and beside the lesson’s deployment', () => {
        assert.deepEqual(lintAlone(expansion.text), []);
        assert.deepEqual(lintInWorkspace(expansion.text), []);
      });

      it('lints clean with every option of its choices', () => {
        for (const [stop, options] of expansion.choices) {
          for (const option of options) {
            const { text: yaml } = expandSnippet(body, new Map([[stop, option]]));
            assert.deepEqual(lintAlone(yaml), [], option);
          }
        }
      });

      it('says what it is for, in one sentence or two', () =>
        assert.match(description, /^[A-Z].{10,110}[.…]$/));

      it('comes out as Kubernetes objects with a name each', () => {
        const objects = objectsIn(expansion.text);
        assert.ok(objects.length > 0);
        for (const object of objects) {
          assert.match(string(object.apiVersion), /^(?:[a-z0-9.]+\/)?v1$/);
          assert.match(string(object.kind), /^[A-Z][A-Za-z]+$/);
          assert.match(string(record(object.metadata).name), /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/);
        }
      });

      it('numbers its tab stops without a gap', () => {
        assert.deepEqual(
          expansion.stops,
          expansion.stops.map((_, place) => place + 1),
        );
      });

      it('uses spaces only and no trailing blanks', () => {
        assert.doesNotMatch(expansion.text, /\t|[ ]$|[ ]\n|\n$/);
      });

      it('mounts only volumes that it has, and every one of them', () => {
        for (const object of objectsIn(expansion.text)) {
          const pod = record(
            record(object.spec).containers ? object.spec : record(record(object.spec).template).spec,
          );
          const volumes = list(pod.volumes).map((volume) => string(record(volume).name));
          const mounted = list(pod.containers)
            .flatMap((container) => list(record(container).volumeMounts))
            .map((mount) => string(record(mount).name));
          assert.deepEqual(new Set(mounted), new Set(volumes));
        }
      });

      it('selects the pods it brings along', () => {
        const objects = objectsIn(expansion.text);
        const templates = objects
          .map((object) => record(record(object.spec).template))
          .filter((it) => it.spec);
        if (templates.length === 0) return;
        for (const object of objects) {
          const spec = record(object.spec);
          const selector = strings(record(spec.selector).matchLabels ?? spec.selector);
          assert.notDeepEqual(selector, {});
          for (const template of templates) {
            assert.ok(selects(selector, strings(record(template.metadata).labels)));
          }
        }
      });
    });
  }

  it('linked: the lesson’s services select the lesson’s deployment', () => {
    const one = (prefix: string): Json => {
      const object = objectsIn(text(prefix))[0];
      assert.ok(object);
      return object;
    };
    const template = record(record(one('k8s-deployment').spec).template);
    for (const type of ['clusterip', 'nodeport', 'loadbalancer', 'headless']) {
      const selector = strings(record(one(`k8s-service-${type}`).spec).selector);
      assert.ok(selects(selector, strings(record(template.metadata).labels)), type);
    }
  });
});
