import { agree, workload } from './manifests.ts';

agree('workloads, data and access, and more', [
  [
    'dep/match-extra',
    0,
    workload('Deployment', 'replicas: 1').replace('{matchLabels: {a: b}}', '{matchLabels: {a: b, c: d}}'),
  ],
  [
    'dep/no-labels',
    0,
    workload('Deployment', 'replicas: 1').replace('metadata: {labels: {a: b}}', 'metadata: {}'),
  ],
  [
    'dep/expr-notin',
    1,
    workload('Deployment', 'replicas: 1').replace(
      '{matchLabels: {a: b}}',
      '{matchExpressions: [{key: a, operator: NotIn, values: [c]}]}',
    ),
  ],
  [
    'dep/expr-exists-values',
    0,
    workload('Deployment', 'replicas: 1').replace(
      '{matchLabels: {a: b}}',
      '{matchExpressions: [{key: a, operator: Exists, values: [c]}]}',
    ),
  ],
  [
    'dep/expr-nokey',
    0,
    workload('Deployment', 'replicas: 1').replace(
      '{matchLabels: {a: b}}',
      '{matchLabels: {a: b}, matchExpressions: [{operator: Exists}]}',
    ),
  ],
  ['dep/float', 0, workload('Deployment', 'replicas: 1.5')],
  ['dep/surge-float', 0, workload('Deployment', 'strategy: {rollingUpdate: {maxSurge: 1.5}}')],
  ['dep/paused', 1, workload('Deployment', 'paused: true')],
  ['dep/strategy-empty', 1, workload('Deployment', 'strategy: {}')],
  ['dep/spec-missing', 0, 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: w}\n'],
  ['dep/image-top', 0, workload('Deployment', 'image: x')],
  ['sts/ordinals', 1, workload('StatefulSet', 'ordinals: {start: 1}')],
  ['sts/maxunavail0', 0, workload('StatefulSet', 'updateStrategy: {rollingUpdate: {maxUnavailable: 0}}')],
  ['sts/strategy-field', 0, workload('StatefulSet', 'strategy: {type: RollingUpdate}')],
  [
    'sts/retention-ok',
    1,
    workload(
      'StatefulSet',
      'persistentVolumeClaimRetentionPolicy: {whenDeleted: Delete, whenScaled: Retain}',
    ),
  ],
  ['sts/name-upper', 0, workload('StatefulSet', 'replicas: 1').replace('name: w', 'name: W')],
  ['sts/name-64', 0, workload('StatefulSet', 'replicas: 1').replace('name: w', 'name: ' + 'a'.repeat(64))],
  ['job/zero', 1, workload('Job', 'completions: 0', 'restartPolicy: Never')],
  [
    'job/selector-manual',
    1,
    'apiVersion: batch/v1\nkind: Job\nmetadata: {name: w}\nspec:\n  manualSelector: true\n  selector: {matchLabels: {a: b}}\n  template:\n    metadata: {labels: {a: b}}\n    spec: {restartPolicy: Never, containers: [{name: c, image: d}]}\n',
  ],
  [
    'job/pfp-ok',
    1,
    workload(
      'Job',
      'podFailurePolicy: {rules: [{action: Ignore, onPodConditions: [{type: DisruptionTarget}]}]}',
      'restartPolicy: Never',
    ),
  ],
  [
    'job/success-policy',
    0,
    workload('Job', 'successPolicy: {rules: [{succeededCount: 1}]}', 'restartPolicy: Never'),
  ],
  [
    'job/name-64',
    0,
    workload('Job', 'completions: 1', 'restartPolicy: Never').replace('name: w', 'name: ' + 'a'.repeat(64)),
  ],
]);
