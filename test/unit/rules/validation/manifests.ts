import assert from 'node:assert/strict';
import { lintText } from '../../../../src/rules/index.ts';

/*
 * Small manifests, each with one thing to judge, and what a 1.36 server does with it: 1 = it takes it, 0 = it refuses
 * it. From reading its validation and defaults (pkg/apis/*), not from a run.
 */

export type Case = readonly [id: string, accepted: 0 | 1, yaml: string];

/** Says of each manifest that we have an error exactly where the server refuses. */
export function agree(what: string, cases: readonly Case[]): void {
  describe(`what the server takes and refuses: ${what}`, () => {
    for (const [id, accepted, yaml] of cases) {
      it(`${id}: ${accepted === 1 ? 'accepted' : 'refused'}`, () => {
        const errors = lintText(yaml).filter((finding) => finding.severity === 'error');
        const said = errors.map((finding) => `${finding.code}: ${finding.message}`).join('\n');
        assert.equal(errors.length === 0, accepted === 1, `${yaml}\n${said}`);
      });
    }
  });
}

function indent(text: string, blanks: number): string {
  return text.replace(/^(?=.)/gm, ' '.repeat(blanks));
}

/** A Service with a selector and more of its spec. */
export function service(spec: string, name = 's'): string {
  return `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\nspec:\n  selector:\n    app: a\n${indent(spec, 2)}\n`;
}

export const onePort = 'ports:\n- port: 80';

/** A Pod of one container, with more of its spec and of the container. */
export function pod(spec: string, container = ''): string {
  const inner = container === '' ? '' : `${indent(container, 6)}\n`;
  const more = spec === '' ? '' : `${indent(spec, 2)}\n`;
  return `apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  containers:\n    - name: c\n      image: nginx:1\n${inner}${more}`;
}

/** A Deployment, Job or the like with more of its spec and of its pods'. */
export function workload(kind: string, spec: string, podSpec = ''): string {
  const group = kind === 'Job' ? 'batch/v1' : 'apps/v1';
  const selector = kind === 'Job' ? '' : '  selector: {matchLabels: {a: b}}\n';
  const more = podSpec === '' ? '' : `${indent(podSpec, 6)}\n`;
  return `apiVersion: ${group}\nkind: ${kind}\nmetadata:\n  name: w\nspec:\n${indent(spec, 2)}\n${selector}  template:\n    metadata: {labels: {a: b}}\n    spec:\n      containers: [{name: c, image: d}]\n${more}`;
}

export function policy(spec: string): string {
  return `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: a\nspec:\n${indent(spec, 2)}\n`;
}

export function ingress(spec: string): string {
  return `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: a\nspec:\n${indent(spec, 2)}\n`;
}

/** An Ingress with one path. */
export function pathOf(
  path: string,
  type = 'Prefix',
  backend = 'service: {name: s, port: {number: 80}}',
): string {
  return ingress(
    `rules:\n- http:\n    paths:\n    - path: ${path}\n      pathType: ${type}\n      backend: {${backend}}`,
  );
}

export function claim(spec: string, name = 'd'): string {
  return `apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: ${name}\nspec:\n${indent(spec, 2)}\n`;
}

export const goodClaim = 'accessModes: [ReadWriteOnce]\nresources: {requests: {storage: 1Gi}}';

/** A Pod with one volume, and how it is mounted. */
export function volume(source: string, mounts = 'volumeMounts:\n- {name: v, mountPath: /v}'): string {
  return pod(`volumes:\n- name: v\n${indent(source, 2)}`, mounts);
}

export function env(variables: string): string {
  return pod('', `env:\n${variables}`);
}

export function probe(settings: string, kind = 'livenessProbe'): string {
  return pod('', `${kind}:\n${indent(settings, 2)}`);
}
