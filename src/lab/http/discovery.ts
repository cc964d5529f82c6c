/** /api, /apis and the resource lists below them, in the plain and the aggregated form. */
import { createHash } from 'node:crypto';
import { resources } from '../resources/catalog.ts';
import { apiVersionOf } from '../resources/resource.ts';
import type { Resource } from '../resources/resource.ts';
import { virtualKinds } from '../resources/virtual.ts';
import type { GroupVersion } from './routes.ts';

/** All groups with their one version each, core first. */
export function servedVersions(): GroupVersion[] {
  const seen = new Map<string, GroupVersion>();
  for (const { group, version } of [...resources, ...virtualKinds]) {
    seen.set(`${group}/${version}`, { group, version });
  }
  return [...seen.values()];
}

function storageVersionHash(resource: Resource): string {
  return createHash('sha256')
    .update(`${apiVersionOf(resource)}/${resource.kind}`)
    .digest()
    .subarray(0, 8)
    .toString('base64');
}

function plainEntries(resource: Resource): unknown[] {
  return [
    {
      name: resource.name,
      singularName: resource.singular,
      namespaced: resource.namespaced,
      kind: resource.kind,
      verbs: resource.verbs,
      ...(resource.shortNames.length > 0 ? { shortNames: resource.shortNames } : {}),
      ...(resource.categories.length > 0 ? { categories: resource.categories } : {}),
      storageVersionHash: storageVersionHash(resource),
    },
    ...resource.subresources.map((sub) => ({
      name: `${resource.name}/${sub.name}`,
      singularName: '',
      namespaced: resource.namespaced,
      ...(sub.group === undefined ? {} : { group: sub.group, version: sub.version }),
      kind: sub.kind,
      verbs: sub.verbs,
    })),
  ];
}

/** `GET /api/v1` and `GET /apis/GROUP/VERSION`; undefined for a version that is not served. */
export function resourceList(wanted: GroupVersion): unknown {
  const same = (other: GroupVersion): boolean =>
    other.group === wanted.group && other.version === wanted.version;
  const served = resources.filter(same);
  const virtual = virtualKinds.filter(same);
  if (served.length + virtual.length === 0) return undefined;
  return {
    kind: 'APIResourceList',
    ...(wanted.group === '' ? {} : { apiVersion: 'v1' }),
    groupVersion: apiVersionOf(wanted),
    resources: [
      ...served.flatMap(plainEntries),
      ...virtual.map((kind) => ({
        name: kind.name,
        singularName: kind.singular,
        namespaced: false,
        kind: kind.kind,
        verbs: ['create'],
      })),
    ],
  };
}

function groupEntry({ group, version }: GroupVersion): Record<string, unknown> {
  const served = { groupVersion: `${group}/${version}`, version };
  return { name: group, versions: [served], preferredVersion: served };
}

/** `GET /apis`. */
export function groupList(): unknown {
  return {
    kind: 'APIGroupList',
    apiVersion: 'v1',
    groups: servedVersions()
      .filter(({ group }) => group !== '')
      .map(groupEntry),
  };
}

/** `GET /apis/GROUP`; undefined for a group that is not served. */
export function singleGroup(group: string): unknown {
  const found = servedVersions().find((served) => group !== '' && served.group === group);
  return found && { kind: 'APIGroup', apiVersion: 'v1', ...groupEntry(found) };
}

/** `GET /api`. */
export function coreVersions(serverAddress: string): unknown {
  return {
    kind: 'APIVersions',
    versions: ['v1'],
    serverAddressByClientCIDRs: [{ clientCIDR: '0.0.0.0/0', serverAddress }],
  };
}

function aggregatedResource(resource: Resource): unknown {
  const kindOf = (group: string, version: string, kind: string): unknown => ({ group, version, kind });
  return {
    resource: resource.name,
    responseKind: kindOf(resource.group, resource.version, resource.kind),
    scope: resource.namespaced ? 'Namespaced' : 'Cluster',
    singularResource: resource.singular,
    verbs: resource.verbs,
    ...(resource.shortNames.length > 0 ? { shortNames: resource.shortNames } : {}),
    ...(resource.categories.length > 0 ? { categories: resource.categories } : {}),
    ...(resource.subresources.length > 0
      ? {
          subresources: resource.subresources.map((sub) => ({
            subresource: sub.name,
            responseKind: kindOf(sub.group ?? resource.group, sub.version ?? resource.version, sub.kind),
            verbs: sub.verbs,
          })),
        }
      : {}),
  };
}

/** The aggregated form of `GET /api` (core group only) or `GET /apis` (all others). */
export function aggregatedDiscovery(core: boolean, version: string): unknown {
  const items = servedVersions()
    .filter(({ group }) => (group === '') === core)
    .map((served) => ({
      metadata: served.group === '' ? {} : { name: served.group },
      versions: [
        {
          version: served.version,
          freshness: 'Current',
          resources: [
            ...resources
              .filter((resource) => resource.group === served.group && resource.version === served.version)
              .map(aggregatedResource),
            ...virtualKinds
              .filter((kind) => kind.group === served.group && kind.version === served.version)
              .map((kind) => ({
                resource: kind.name,
                responseKind: { group: kind.group, version: kind.version, kind: kind.kind },
                scope: 'Cluster',
                singularResource: kind.singular,
                verbs: ['create'],
              })),
          ],
        },
      ],
    }));
  return { kind: 'APIGroupDiscoveryList', apiVersion: `apidiscovery.k8s.io/${version}`, metadata: {}, items };
}
