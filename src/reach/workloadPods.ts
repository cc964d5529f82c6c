import { integer, list, record, text, type Json } from '../model/json.ts';

/** Where a workload keeps the template of its pods. Kinds of other vendors keep to `spec.template`, as do the built-in ones. */
function templateOf(kind: string, { spec }: Json): Json | undefined {
  const from = kind === 'CronJob' ? record(record(record(spec).jobTemplate).spec) : record(spec);
  const template = record(from.template);
  return list(record(template.spec).containers).length > 0 ? template : undefined;
}

/** Whether a workload makes more than one pod at a time. */
export function hasSeveral(kind: string, { spec }: Json): boolean {
  const { replicas, parallelism } = record(spec);
  return kind === 'DaemonSet' || (integer(kind === 'Job' ? parallelism : replicas) ?? 1) > 1;
}

/**
 * A pod as the workload's controller would make it, with the labels that the controller adds and policies may use.
 * undefined: the object makes no pods.
 */
export function podOfWorkload(kind: string, object: Json): Json | undefined {
  const template = templateOf(kind, object);
  if (template === undefined) return undefined;
  const { name, namespace, uid } = record(object.metadata);
  const labels = { ...record(record(template.metadata).labels) };
  if (kind === 'StatefulSet') {
    labels['apps.kubernetes.io/pod-index'] = '0';
    labels['statefulset.kubernetes.io/pod-name'] = `${text(name)}-0`;
  }
  return {
    metadata: {
      name,
      namespace,
      labels,
      ownerReferences: [{ kind, name, uid: text(uid), controller: true }],
    },
    spec: kind === 'StatefulSet' ? { ...record(template.spec), ...stablePodName(object) } : template.spec,
  };
}

/** What gives a StatefulSet's pod its name in the DNS of its headless Service. */
function stablePodName(object: Json): Json {
  const name = text(record(object.metadata).name);
  return { hostname: `${name}-0`, subdomain: text(record(object.spec).serviceName) };
}
