/** Validation of workloads (pkg/apis/apps and batch, validation). */
import { sameJson } from '../../objects/json.ts';
import type { PodTemplate } from '../../objects/pod.ts';
import type {
  CronJob,
  DaemonSet,
  Deployment,
  Job,
  LabelSelector,
  ReplicaSet,
  StatefulSet,
} from '../../objects/workloads.ts';
import { parseSchedule } from '../../controllers/schedule.ts';
import { matchesSelector } from '../../store/selectors.ts';
import { forbiddenField, invalidValue, notSupported, required } from '../fieldErrors.ts';
import type { FieldError } from '../fieldErrors.ts';
import { labels, labelSelector, metadata, notNegative, printedSelector } from './common.ts';
import { validatePodSpec } from './pod.ts';

function isEmptySelector(selector: LabelSelector): boolean {
  return (
    Object.keys(selector.matchLabels ?? {}).length === 0 && (selector.matchExpressions ?? []).length === 0
  );
}

interface SelectorCheck {
  errors: FieldError[];
  /** Whether the template's labels can be held against it. */
  usable: boolean;
}

function selectorErrors(selector: LabelSelector | undefined, kind: string): SelectorCheck {
  const field = 'spec.selector';
  if (!selector) return { errors: [required(field)], usable: true };
  const errors = labelSelector(field, selector);
  const printed = printedSelector(selector);
  if (isEmptySelector(selector)) {
    errors.push(invalidValue(field, printed, `empty selector is invalid for ${kind}`));
    return { errors, usable: false };
  }
  if (errors.some((error) => error.field.includes('matchExpressions'))) {
    errors.push(invalidValue(field, printed, 'invalid label selector'));
    return { errors, usable: false };
  }
  return { errors, usable: true };
}

function templateLabels(template: PodTemplate, selector: LabelSelector | undefined): FieldError[] {
  const own = template.metadata?.labels ?? {};
  if (selector && matchesSelector(selector, own)) return [];
  return [invalidValue('spec.template.metadata.labels', own, '`selector` does not match template `labels`')];
}

function template({ metadata: meta, spec }: PodTemplate, path: string): FieldError[] {
  return [...labels(`${path}.metadata.labels`, meta?.labels), ...validatePodSpec(spec, `${path}.spec`)];
}

function alwaysRestarts(podTemplate: PodTemplate): FieldError[] {
  const field = 'spec.template.spec.restartPolicy';
  const policy = podTemplate.spec.restartPolicy;
  return policy === 'Always' ? [] : [notSupported(field, policy, ['Always'])];
}

interface Selecting {
  spec: { selector?: LabelSelector; template: PodTemplate };
}

function selectorAndTemplate({ spec }: Selecting, kind: string): FieldError[] {
  const { errors, usable } = selectorErrors(spec.selector, kind);
  return [
    ...errors,
    ...(usable ? templateLabels(spec.template, spec.selector) : []),
    ...template(spec.template, 'spec.template'),
    ...alwaysRestarts(spec.template),
  ];
}

function isZero(value: number | string | undefined): boolean {
  return value === 0 || value === '0' || value === '0%';
}

function strategy({ spec }: Deployment): FieldError[] {
  const field = 'spec.strategy';
  const { type, rollingUpdate } = spec.strategy ?? {};
  if (type === 'Recreate') {
    return rollingUpdate
      ? [forbiddenField(`${field}.rollingUpdate`, "may not be specified when strategy `type` is 'Recreate'")]
      : [];
  }
  if (type !== 'RollingUpdate') return [notSupported(`${field}.type`, type, ['Recreate', 'RollingUpdate'])];
  if (isZero(rollingUpdate?.maxSurge) && isZero(rollingUpdate?.maxUnavailable)) {
    const text = 'may not be 0 when `maxSurge` is 0';
    return [invalidValue(`${field}.rollingUpdate.maxUnavailable`, rollingUpdate?.maxUnavailable, text)];
  }
  return [];
}

export function validateDeployment(deployment: Deployment): FieldError[] {
  return [
    ...metadata(deployment),
    ...notNegative('spec.replicas', deployment.spec.replicas),
    ...selectorAndTemplate(deployment, 'deployment'),
    ...strategy(deployment),
  ];
}

export function validateReplicaSet(replicaSet: ReplicaSet): FieldError[] {
  return [
    ...metadata(replicaSet),
    ...notNegative('spec.replicas', replicaSet.spec.replicas),
    ...selectorAndTemplate(replicaSet, 'deployment'),
  ];
}

export function validateDaemonSet(set: DaemonSet): FieldError[] {
  return [...metadata(set), ...selectorAndTemplate(set, 'daemonset')];
}

/** The pod spec of a StatefulSet is not looked at before its pods are made: as in the API server. */
export function validateStatefulSet(set: StatefulSet): FieldError[] {
  const { errors, usable } = selectorErrors(set.spec.selector, 'statefulset');
  const policies = ['OrderedReady', 'Parallel'];
  const policy = set.spec.podManagementPolicy ?? '';
  return [
    ...metadata(set),
    ...(policies.includes(policy) ? [] : [notSupported('spec.podManagementPolicy', policy, policies)]),
    ...notNegative('spec.replicas', set.spec.replicas),
    ...errors,
    ...(usable ? templateLabels(set.spec.template, set.spec.selector) : []),
    ...alwaysRestarts(set.spec.template),
  ];
}

function jobSpec(spec: Job['spec'], path: string): FieldError[] {
  const policy = spec.template.spec.restartPolicy ?? '';
  return [
    ...notNegative(`${path}.parallelism`, spec.parallelism),
    ...notNegative(`${path}.completions`, spec.completions),
    ...notNegative(`${path}.backoffLimit`, spec.backoffLimit),
    ...template(spec.template, `${path}.template`),
    ...(policy === 'OnFailure' || policy === 'Never'
      ? []
      : [notSupported(`${path}.template.spec.restartPolicy`, policy, ['OnFailure', 'Never'])]),
  ];
}

export function validateJob(job: Job): FieldError[] {
  const generated = { matchLabels: { 'batch.kubernetes.io/controller-uid': job.metadata.uid } };
  const { manualSelector, selector } = job.spec;
  const ours = manualSelector === true || sameJson(selector, generated);
  return [
    ...metadata(job),
    ...(ours ? [] : [invalidValue('spec.selector', selector, '`selector` not auto-generated')]),
    ...jobSpec(job.spec, 'spec'),
  ];
}

export function validateCronJob(cronJob: CronJob): FieldError[] {
  const { schedule } = cronJob.spec;
  return [
    ...metadata(cronJob),
    ...(parseSchedule(schedule)
      ? []
      : [
          invalidValue(
            'spec.schedule',
            schedule,
            'expected exactly 5 fields of minute, hour, day, month, weekday',
          ),
        ]),
    ...jobSpec(cronJob.spec.jobTemplate.spec, 'spec.jobTemplate.spec'),
  ];
}

/** A selector stays as it was. */
export function selectorUnchanged(next: Selecting, current: Selecting): FieldError[] {
  if (sameJson(next.spec.selector, current.spec.selector)) return [];
  return [invalidValue('spec.selector', printedSelector(next.spec.selector ?? {}), 'field is immutable')];
}

export function validateStatefulSetUpdate(next: StatefulSet, current: StatefulSet): FieldError[] {
  const mutable = [
    'replicas',
    'ordinals',
    'template',
    'updateStrategy',
    'revisionHistoryLimit',
    'persistentVolumeClaimRetentionPolicy',
    'minReadySeconds',
  ];
  const fixed = ({ spec }: StatefulSet): unknown =>
    Object.fromEntries(Object.entries(spec).filter(([name]) => !mutable.includes(name)));
  if (sameJson(fixed(next), fixed(current))) return [];
  return [
    forbiddenField(
      'spec',
      "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', " +
        "'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden",
    ),
  ];
}

export function validateJobUpdate(next: Job, current: Job): FieldError[] {
  const errors = selectorUnchanged(next, current);
  if (!sameJson(next.spec.template, current.spec.template)) {
    errors.push(invalidValue('spec.template', next.spec.template, 'field is immutable'));
  }
  return errors;
}
