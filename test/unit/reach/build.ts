import { parseAllDocuments } from 'yaml';
import { isRecord } from '../../../src/model/json.ts';
import { worldOfObjects, type FilesWorld } from '../../../src/reach/worldOfObjects.ts';
import type { Party } from '../../../src/reach/openings.ts';

/** A World as the manifests in this text describe it. */
export function worldOf(yaml: string): FilesWorld {
  const objects = parseAllDocuments(yaml).map((document) => document.toJS() as unknown);
  return worldOfObjects(objects.filter(isRecord));
}

/** `NS/NAME` of a pod, or an address. */
export function party(world: FilesWorld, text: string): Party {
  const [namespace = '', name] = text.split('/');
  if (name === undefined) return { is: 'address', ip: text };
  const pod = world.snapshot.get('Pod', namespace, name);
  if (pod === undefined) throw new Error(`No pod ${text}`);
  return { is: 'pod', pod };
}

/** A pod's manifest in one line. */
export function pod(
  name: string,
  options: { ns?: string; labels?: string; ports?: string; spec?: string; ip?: string } = {},
): string {
  const { ns = 'default', labels = `app: ${name}`, ports = '', spec = '', ip = '' } = options;
  return `
---
apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: ${ns}, labels: { ${labels} } }
spec: { ${spec === '' ? '' : `${spec}, `}containers: [{ name: main, image: nginx, ports: [${ports}] }] }${
    ip === ''
      ? ''
      : `
status: { podIP: ${ip} }`
  }`;
}

/** A NetworkPolicy whose `spec` is given in YAML's flow style. */
export function policy(name: string, spec: string, ns = 'default'): string {
  return `
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${name}, namespace: ${ns} }
spec: { ${spec} }`;
}
