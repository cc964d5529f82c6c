import { t } from '../../base/l10n.ts';
import { differencesOf, nearestPod } from '../../model/nearMiss.ts';
import type { Labels, Pod, Service } from '../../model/objects.ts';
import { lastingLabels } from '../../model/passingLabels.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { workloadOf } from '../../model/workload.ts';
import type { Fix } from '../types.ts';
import { refOf } from '../view.ts';
import type { Detector } from './detector.ts';
import { serviceManifest } from './manifests.ts';

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
        ? t(
            'There is no Service {0} in namespace {1}; there is one in {2}.',
            target.name,
            target.namespace,
            elsewhere.map(({ namespace }) => namespace).join(', '),
          )
        : t('There is no Service {0} in namespace {1}.', target.name, target.namespace),
    objects: [wanted, ...near.map(refOf)],
    evidence: [
      {
        text: t(
          '{0} Services are in the namespace, and none has this name',
          world.snapshot.inNamespace('Service', target.namespace).length,
        ),
        object: wanted,
      },
    ],
    fixes:
      near.length === 0
        ? [
            {
              title: t(
                'Correct the name, or create a Service {0} in namespace {1}',
                target.name,
                target.namespace,
              ),
            },
          ]
        : near
            .slice(0, 3)
            .map((service) => ({ title: t('Ask for {0}.{1}', service.name, service.namespace) })),
  };
};

/** selector-matches-nothing: no pod of the namespace bears all the selector's labels. */
export const selectorMatchesNothing: Detector = ({ service, selected, world }) => {
  if (service?.selector === undefined || selected.length > 0) return undefined;
  if (world.running && world.snapshot.coverage('Pod').is !== 'complete') return undefined;
  const nearest = nearestPod(world.snapshot.inNamespace('Pod', service.namespace), service.selector);
  const differing = (nearest === undefined ? [] : differencesOf(service.selector, nearest.labels)).map(
    ({ key, wanted, found }) => t('{0}: {1} instead of {2}', key, found ?? t('(absent)'), wanted),
  );
  return {
    id: 'selector-matches-nothing',
    hop: 'endpoints',
    certainty: 'certain',
    summary: t(
      'The selector of {0} ({1}) matches no pod in namespace {2}.',
      refOf(service),
      format(service.selector),
      service.namespace,
    ),
    objects: [refOf(service), ...(nearest === undefined ? [] : [refOf(nearest)])],
    evidence: [
      { text: t('selector {0}', format(service.selector)), object: refOf(service), path: 'spec.selector' },
      ...(nearest === undefined
        ? []
        : [
            {
              text: t('nearest pod; differs in {0}', differing.join(', ')),
              object: refOf(nearest),
              path: 'metadata.labels',
            },
          ]),
    ],
    fixes:
      nearest === undefined
        ? [{ title: t('Create pods with these labels, or correct the selector') }]
        : [alignSelector(service, service.selector, nearest)],
  };
};

/** selector-matches-others: pods of several owners are behind one Service. */
export const selectorMatchesOthers: Detector = ({ service, selected }) => {
  if (service === undefined) return undefined;
  const owners = new Map(
    selected.flatMap((pod) => {
      const workload = workloadOf(pod);
      return workload === undefined ? [] : [[`${workload.kind} ${workload.name}`, pod] as const];
    }),
  );
  const images = new Set(selected.map(({ containers }) => containers.map(({ image }) => image).join()));
  if (owners.size < 2 || images.size < 2) return undefined;
  return {
    id: 'selector-matches-others',
    hop: 'endpoints',
    certainty: 'possible',
    summary: t(
      '{0} selects pods of {1} workloads ({2}), so answers differ.',
      refOf(service),
      owners.size,
      [...owners.keys()].join(', '),
    ),
    objects: [refOf(service), ...[...owners.values()].map(refOf)],
    evidence: [...owners].map(([owner, pod]) => ({
      text: t('selected, and owned by {0}', owner),
      object: refOf(pod),
      path: 'metadata.labels',
    })),
    fixes: narrower(service, owners),
  };
};

/** For each workload the least that keeps the others out, where some label does. */
function narrower(service: Service, owners: ReadonlyMap<string, Pod>): readonly Fix[] {
  const found = [...owners].flatMap(([owner, pod]): Fix[] => {
    const others = [...owners.values()].filter((other) => other !== pod);
    const label = Object.entries(lastingLabels(pod.labels)).find(([key, value]) =>
      others.every(({ labels }) => labels[key] !== value),
    );
    if (label === undefined) return [];
    const selector = { ...service.selector, [label[0]]: label[1] };
    return [{ title: t('Select the pods of {0} only', owner), yaml: serviceManifest(service, { selector }) }];
  });
  return found.length > 0
    ? found
    : [{ title: t('Narrow the selector with a label that only the pods meant have') }];
}

function similarNames(snapshot: Snapshot, namespace: string, name: string): readonly Service[] {
  return snapshot
    .inNamespace('Service', namespace)
    .filter(
      (service) =>
        service.name.includes(name) || name.includes(service.name) || oneLetterOff(service.name, name),
    );
}

/** Whether one letter too many, too few or wrong makes the difference. */
function oneLetterOff(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (long.length - short.length > 1) return false;
  let start = 0;
  while (start < short.length && short[start] === long[start]) start += 1;
  const rest = short.length === long.length ? start + 1 : start;
  return short.slice(rest) === long.slice(start + 1);
}

function alignSelector(service: Service, selector: Labels, pod: Pod): Fix {
  const keys = Object.keys(selector).filter((key) => Object.hasOwn(pod.labels, key));
  const from = keys.length > 0 ? keys : Object.keys(lastingLabels(pod.labels));
  const wanted = Object.fromEntries(from.map((key) => [key, pod.labels[key]]));
  return {
    title: t('Let the selector match {0}', refOf(pod)),
    yaml: serviceManifest(service, { selector: wanted }),
  };
}

function format(labels: Labels): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
}
