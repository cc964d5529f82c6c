import type { Labels, Pod, Service } from '../../model/objects.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { Fix } from '../types.ts';
import { refOf } from '../view.ts';
import type { Detector } from './detector.ts';

/** service-not-found: nothing of that name, or it is in another namespace. */
export const serviceNotFound: Detector = ({ question, world }) => {
  const { target } = question;
  if (target.is !== 'missing-service') return undefined;
  // Not knowing all Services is no evidence that this one is missing.
  if (world.running && world.snapshot.coverage('Service').is !== 'complete') return undefined;
  const elsewhere = world.snapshot.all('Service').filter(({ name }) => name === target.name);
  const near = elsewhere.length > 0 ? elsewhere : similarNames(world.snapshot, target.namespace, target.name);
  const wanted = `svc/${target.namespace}/${target.name}`;
  return {
    id: 'service-not-found',
    hop: 'service',
    certainty: 'certain',
    summary:
      elsewhere.length > 0
        ? `There is no Service ${target.name} in namespace ${target.namespace}; there is one in ${elsewhere.map(({ namespace }) => namespace).join(', ')}.`
        : `There is no Service ${target.name} in namespace ${target.namespace}.`,
    objects: [wanted, ...near.map(refOf)],
    evidence: [
      {
        text: `${world.snapshot.inNamespace('Service', target.namespace).length} Services are in the namespace, and none has this name`,
        object: wanted,
      },
    ],
    fixes: near.slice(0, 3).map((service) => ({ title: `Ask for ${service.name}.${service.namespace}` })),
  };
};

/** selector-matches-nothing: no pod of the namespace bears all the selector's labels. */
export const selectorMatchesNothing: Detector = ({ service, selected, world }) => {
  if (service?.selector === undefined || selected.length > 0) return undefined;
  if (world.running && world.snapshot.coverage('Pod').is !== 'complete') return undefined;
  const nearest = nearestPod(world.snapshot, service, service.selector);
  const differing = nearest === undefined ? [] : differences(service.selector, nearest.labels);
  return {
    id: 'selector-matches-nothing',
    hop: 'endpoints',
    certainty: 'certain',
    summary: `The selector of ${refOf(service)} (${format(service.selector)}) matches no pod in namespace ${service.namespace}.`,
    objects: [refOf(service), ...(nearest === undefined ? [] : [refOf(nearest)])],
    evidence: [
      { text: `selector ${format(service.selector)}`, object: refOf(service), path: 'spec.selector' },
      ...(nearest === undefined
        ? []
        : [
            {
              text: `nearest pod; differs in ${differing.join(', ')}`,
              object: refOf(nearest),
              path: 'metadata.labels',
            },
          ]),
    ],
    fixes: nearest === undefined ? [] : [alignSelector(service, service.selector, nearest)],
  };
};

/** selector-matches-others: pods of several owners are behind one Service. */
export const selectorMatchesOthers: Detector = ({ service, selected }) => {
  if (service === undefined) return undefined;
  const owners = new Map(
    selected.filter(({ owner }) => owner !== undefined).map((pod) => [workloadOf(pod), pod]),
  );
  const images = new Set(selected.map(({ containers }) => containers.map(({ image }) => image).join()));
  if (owners.size < 2 || images.size < 2) return undefined;
  return {
    id: 'selector-matches-others',
    hop: 'endpoints',
    certainty: 'possible',
    summary: `${refOf(service)} selects pods of ${owners.size} workloads (${[...owners.keys()].join(', ')}), so answers differ.`,
    objects: [refOf(service), ...[...owners.values()].map(refOf)],
    evidence: [...owners].map(([owner, pod]) => ({
      text: `selected, and owned by ${owner}`,
      object: refOf(pod),
      path: 'metadata.labels',
    })),
    fixes: [{ title: 'Narrow the selector with a label that only the pods meant have' }],
  };
};

function workloadOf({ owner, labels }: Pod): string {
  const hash = labels['pod-template-hash'];
  const name = owner?.name ?? '';
  const isDeployments = owner?.kind === 'ReplicaSet' && hash !== undefined && name.endsWith(`-${hash}`);
  return isDeployments ? `Deployment ${name.slice(0, -hash.length - 1)}` : `${owner?.kind ?? ''} ${name}`;
}

function similarNames(snapshot: Snapshot, namespace: string, name: string): readonly Service[] {
  return snapshot
    .inNamespace('Service', namespace)
    .filter((service) => service.name.includes(name) || name.includes(service.name));
}

function nearestPod(snapshot: Snapshot, service: Service, selector: Labels): Pod | undefined {
  let best: { pod: Pod; score: number } | undefined;
  for (const pod of snapshot.inNamespace('Pod', service.namespace)) {
    const keys = Object.keys(selector);
    const score = keys.reduce(
      (sum, key) => sum + (pod.labels[key] === selector[key] ? 2 : Object.hasOwn(pod.labels, key) ? 1 : 0),
      0,
    );
    // A value under another key is near as well: `name: web` for `app: web`.
    const values = new Set(Object.values(pod.labels));
    const near = score + (Object.values(selector).some((value) => values.has(value)) ? 1 : 0);
    if (near > 0 && (best === undefined || near > best.score)) best = { pod, score: near };
  }
  return best?.pod;
}

function differences(selector: Labels, labels: Labels): readonly string[] {
  return Object.entries(selector)
    .filter(([key, value]) => labels[key] !== value)
    .map(([key, value]) => `${key}: ${labels[key] ?? '(absent)'} instead of ${value}`);
}

function alignSelector(service: Service, selector: Labels, pod: Pod): Fix {
  const keys = Object.keys(selector).filter((key) => Object.hasOwn(pod.labels, key));
  const from = keys.length > 0 ? keys : Object.keys(pod.labels).filter((key) => key !== 'pod-template-hash');
  const lines = from.map((key) => `    ${key}: ${JSON.stringify(pod.labels[key])}`);
  return {
    title: `Let the selector match ${refOf(pod)}`,
    yaml: [
      'apiVersion: v1',
      'kind: Service',
      'metadata:',
      `  name: ${service.name}`,
      `  namespace: ${service.namespace}`,
      'spec:',
      '  selector:',
      ...lines,
      '',
    ].join('\n'),
  };
}

function format(labels: Labels): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
}
