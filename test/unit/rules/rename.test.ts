import assert from 'node:assert/strict';
import { ExplainedError } from '../../../src/base/errors.ts';
import { factsOfObject } from '../../../src/manifest/facts.ts';
import { mentionsAt, mentionsOf } from '../../../src/manifest/links/mentionsOf.ts';
import { parse } from '../../../src/manifest/parse.ts';
import { applyEdits } from '../../../src/rules/index.ts';
import { planRename, type RenamePlan } from '../../../src/rules/rename.ts';

interface Renamed {
  readonly texts: readonly string[];
  readonly plan: RenamePlan;
}

/** Renames what stands at `|` of the first text; answers all texts as they are then. */
function rename(marked: string, newName: string, ...others: readonly string[]): Renamed {
  const offset = marked.indexOf('|');
  const files = [marked.replace('|', ''), ...others].map((text, index) =>
    parse(text, { file: `file:///${index}.yaml` }),
  );
  const [first] = files;
  assert.ok(first);
  const [start] = mentionsAt(first, offset);
  assert.ok(start, 'something is mentioned there');
  const textOf = (name: string): string => files.find(({ file }) => file === name)?.text ?? '';
  const objects = files.flatMap((file) => file.objects);
  // As the editor does: the mention at the place is one of all.
  const mentions = objects.flatMap(mentionsOf);
  const plan = planRename(start, newName, { mentions, textOf, objects: objects.map(factsOfObject) });
  const texts = files.map(({ file, text }) =>
    applyEdits(
      text,
      plan.edits.filter((edit) => edit.file === file),
    ),
  );
  return { texts, plan };
}

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels:
      app: "shop" # chosen by the team
  template:
    metadata:
      labels: {app: 'shop'}
    spec:
      containers:
        - name: c1
          image: httpd
          ports:
            - {name: http, containerPort: 80}
            - {name: admin, containerPort: 81}
`;
const service = `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: sh|op
  ports:
    - port: 80
      targetPort: http
`;

describe('renaming', () => {
  it('a label changes selector and template alike, in every file, and keeps quotes and comments', () => {
    const { texts, plan } = rename(service, 'store', deployment);
    assert.deepEqual(texts, [
      service.replace('sh|op', 'store'),
      deployment.replace('"shop"', '"store"').replace("'shop'", "'store'"),
    ]);
    assert.deepEqual(plan.warnings, [
      'spec.selector of Deployment web cannot change in a live cluster: if it is there already, apply will be refused until it is deleted.',
    ]);
  });

  it('ties two Deployments that one Service selects', () => {
    const second = deployment.replace('name: web', 'name: canary');
    const { texts } = rename(service, 'store', deployment, second);
    assert.ok(texts.every((text) => !text.includes('shop')));
  });

  it('says what a selector selects besides, from then on', () => {
    const other = deployment.replace('name: web', 'name: other').replaceAll('shop', 'store');
    const { plan, texts } = rename(service, 'store', deployment, other);
    assert.equal(texts[2], other);
    assert.ok(plan.warnings.includes('Service web then also selects the pods of Deployment other.'));
  });

  it('a port changes target ports and probes', () => {
    const plain = service.replace('|', '').replace('targetPort: http', 'targetPort: ht|tp');
    const { texts, plan } = rename(plain, 'www', deployment);
    assert.match(texts[0] ?? '', /targetPort: www\n/);
    assert.match(texts[1] ?? '', /\{name: www, containerPort: 80\}/);
    assert.deepEqual(plan.warnings, []);
  });

  it('an object says that a cluster does not rename', () => {
    const config = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: co|nf\n';
    const pod = `apiVersion: v1
kind: Pod
metadata: {name: p}
spec:
  containers: [{name: c, image: i, envFrom: [{configMapRef: {name: conf}}]}]
`;
    const { texts, plan } = rename(config, 'settings', pod);
    assert.deepEqual(texts, [config.replace('co|nf', 'settings'), pod.replace('conf}', 'settings}')]);
    assert.match(plan.warnings.join(), /leaves "conf" as it is/);
  });

  it('an alias follows its anchor', () => {
    const text = `apiVersion: v1
kind: Pod
metadata: {name: p, labels: {app: &app we|b}}
spec: {containers: [{name: c, image: i}]}
---
apiVersion: v1
kind: Service
metadata: {name: s}
spec: {selector: {app: web}, ports: [{port: 80}]}
`;
    assert.equal(
      rename(text, 'shop').texts[0],
      text.replace('we|b', 'shop').replace('app: web', 'app: shop'),
    );
    const anchored = `apiVersion: apps/v1
kind: Deployment
metadata: {name: d}
spec:
  selector: {matchLabels: {app: &app web}}
  template:
    metadata: {labels: {app: *ap|p}}
    spec: {containers: [{name: c, image: i}]}
`;
    assert.equal(
      rename(anchored, 'shop').texts[0],
      anchored.replace('|', '').replace('&app web', '&app shop'),
    );
  });

  it('quotes what would not stay text', () => {
    assert.match(rename(service, 'true', deployment).texts[0] ?? '', /app: "true"\n/);
  });

  const refusals: readonly (readonly [string, string, string, RegExp])[] = [
    ['a label value with a blank', service, 'my shop', /the label app: "my shop" may hold only letters/],
    [
      'a port name of 16 characters',
      service.replace('|', '').replace('targetPort: http', 'targetPort: ht|tp'),
      'abcdefghijklmnop',
      /the container port: "abcdefghijklmnop" is longer than 15 characters\./,
    ],
    [
      'a port name without a letter',
      service.replace('|', '').replace('targetPort: http', 'targetPort: ht|tp'),
      '8080',
      /needs at least one letter/,
    ],
    [
      'a port name that the container has already',
      service.replace('|', '').replace('targetPort: http', 'targetPort: ht|tp'),
      'admin',
      /"admin" is taken: Deployment web has it already/,
    ],
    [
      'a Service name in capitals',
      service.replace('|', '').replace('name: web', 'name: we|b'),
      'Web',
      /the Service: "Web" is not a DNS-1035 label/,
    ],
    ['no name at all', service, '', /cannot be empty/],
    [
      'a number of a port',
      service.replace('|', '').replace('port: 80', 'port: 8|0'),
      '81',
      /given by its number/,
    ],
  ];
  for (const [what, text, name, words] of refusals) {
    it(`refuses ${what}`, () => {
      assert.throws(
        () => rename(text, name, deployment),
        (error) => error instanceof ExplainedError && words.test(error.message),
      );
    });
  }
});
