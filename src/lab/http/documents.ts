/** Answers that do not depend on any object: version, health, discovery, OpenAPI. */
import { createHash } from 'node:crypto';
import { resources } from '../resources/catalog.ts';
import { labVersion } from '../labVersion.ts';
import { openApiDocument } from '../schema/openapi.ts';
import {
  aggregatedDiscovery,
  coreVersions,
  groupList,
  resourceList,
  servedVersions,
  singleGroup,
} from './discovery.ts';
import { aggregatedDiscoveryVersion, chooseMedia } from './negotiate.ts';
import type { Answer } from './respond.ts';
import { splitGroupVersion } from './routes.ts';
import type { GroupVersion } from './routes.ts';

function versionInfo(): unknown {
  return {
    major: '1',
    minor: '36',
    emulationMajor: '1',
    emulationMinor: '36',
    minCompatibilityMajor: '1',
    minCompatibilityMinor: '35',
    gitVersion: labVersion,
    gitCommit: 'practice-lab-simulated-cluster',
    gitTreeState: '',
    buildDate: '1970-01-01T00:00:00Z',
    goVersion: `node ${process.version}`,
    compiler: 'none',
    platform: 'linux/amd64',
  };
}

function openApiPath({ group, version }: GroupVersion): string {
  return group === '' ? `api/${version}` : `apis/${group}/${version}`;
}

function openApiIndex(): unknown {
  const versions = new Map(resources.map((resource) => [openApiPath(resource), resource]));
  const paths = [...versions.keys()].map((path): [string, unknown] => {
    const hash = createHash('sha256').update(`${labVersion}/${path}`).digest('hex').toUpperCase();
    return [path, { serverRelativeURL: `/openapi/v3/${path}?hash=${hash}` }];
  });
  return { paths: Object.fromEntries(paths) };
}

function discoveryAnswer(body: unknown, accept: string | undefined, core: boolean): Answer {
  const version = aggregatedDiscoveryVersion(accept);
  if (version === undefined) return { code: 200, body };
  return {
    code: 200,
    body: aggregatedDiscovery(core, version),
    contentType: `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`,
  };
}

function found(body: unknown): Answer | undefined {
  return body === undefined ? undefined : { code: 200, body };
}

/** The answer to a GET of a document, or undefined where the path is none. */
export function documentAnswer(
  segments: readonly string[],
  accept: string | undefined,
  address: string,
): Answer | undefined {
  const [first, second] = segments;
  switch (first) {
    case undefined:
      return {
        code: 200,
        body: { paths: ['/api', '/apis', '/healthz', '/livez', '/openapi/v3', '/readyz', '/version'] },
      };
    case 'version':
      return found(versionInfo());
    case 'healthz':
    case 'livez':
    case 'readyz':
      return { code: 200, body: 'ok', contentType: 'text/plain; charset=utf-8' };
    case 'api':
      if (second === undefined) return discoveryAnswer(coreVersions(address), accept, true);
      break;
    case 'apis':
      if (second === undefined) return discoveryAnswer(groupList(), accept, false);
      if (segments.length === 2) return found(singleGroup(second));
      break;
    case 'openapi': {
      if (second !== 'v3') return undefined;
      if (segments.length === 2) return { code: 200, body: openApiIndex() };
      chooseMedia(accept, false);
      const wanted = splitGroupVersion(segments.slice(2));
      const served =
        wanted?.rest.length === 0 &&
        servedVersions().some(({ group, version }) => group === wanted.group && version === wanted.version);
      return served
        ? { code: 200, body: openApiDocument(wanted.group, wanted.version, labVersion) }
        : undefined;
    }
    default:
      return undefined;
  }
  const split = splitGroupVersion(segments);
  return split?.rest.length === 0 ? found(resourceList(split)) : undefined;
}
