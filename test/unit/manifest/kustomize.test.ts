import assert from 'node:assert/strict';
import { patchFiles, patchesOf, plain } from '../../../src/manifest/kustomize.ts';
import { lintFiles } from '../../../src/rules/index.ts';

const kustomization = `resources:
  - ../base
patchesStrategicMerge:
  - replicas.yaml
  - |-
    apiVersion: v1
    kind: Service
patches:
  - path: ./patches/image.yaml
  - patch: |-
      - op: remove
        path: /spec
`;

describe('kustomize', () => {
  it('names its patches', () => {
    assert.deepEqual(patchesOf(kustomization), ['replicas.yaml', './patches/image.yaml']);
    assert.deepEqual(patchesOf('not: [a kustomization'), []);
  });

  it('paths are those of the kustomization', () => {
    const files = [{ file: 'prod/kustomization.yaml', text: kustomization }];
    assert.deepEqual([...patchFiles(files)], ['prod/replicas.yaml', 'prod/patches/image.yaml']);
    assert.equal(plain('a/./b/../c/../../d.yaml'), 'd.yaml');
    assert.equal(plain('../a.yaml'), '../a.yaml');
    assert.equal(plain('/a/../b.yaml'), '/b.yaml');
  });

  it('patches are parts of objects, and not checked as whole ones', () => {
    const patch = 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 3\n';
    const files = [
      { file: 'prod/kustomization.yaml', text: kustomization },
      { file: 'prod/replicas.yaml', text: patch },
      { file: 'prod/whole.yaml', text: patch },
    ];
    assert.deepEqual([...new Set(lintFiles(files).map((finding) => finding.file))], ['prod/whole.yaml']);
  });
});
