import { readPod } from '../../../src/model/readPod.ts';
import { readService } from '../../../src/model/readService.ts';
import type { Pod, Service } from '../../../src/model/objects.ts';

/** A pod as the API would serve it; ready unless said otherwise. */
export function pod(
  name: string,
  options: {
    readonly labels?: Readonly<Record<string, string>>;
    readonly ports?: readonly object[];
    readonly ready?: boolean;
    readonly phase?: string;
  } = {},
): Pod {
  const { labels = {}, ports = [], ready = true, phase = 'Running' } = options;
  return readPod({
    metadata: { name, namespace: 'default', uid: name, labels },
    spec: { nodeName: 'node-1', containers: [{ name: 'main', image: 'nginx', ports }] },
    status: {
      phase,
      podIP: '10.244.0.2',
      conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
      containerStatuses: [{ name: 'main', ready, state: { running: { startedAt: '' } } }],
    },
  });
}

export function service(name: string, spec: object): Service {
  return readService({ metadata: { name, namespace: 'default', uid: name }, spec });
}
