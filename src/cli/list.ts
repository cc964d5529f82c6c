import { parseArgs } from 'node:util';
import { ExplainedError } from '../base/errors.ts';
import type { NamespaceScope } from '../model/connection.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { openSession } from './cluster/session.ts';
import { globalOptions, globalUsage, readClusterOptions, readScope } from './globalOptions.ts';
import { listJson } from './list/asJson.ts';
import { listText } from './list/asText.ts';
import { readableKinds } from './list/readable.ts';
import { tell, wrongUse } from './tell.ts';
import type { ExitCode, Io, Verb } from './verb.ts';

const usage = `Usage: podnet list [-n NAMESPACE | -A] [OPTIONS]

Lists pods, services with their endpoints, and volumes with their mounts.

  -n, --namespace NAME  this namespace; may be given several times; default: the context's own
  -A, --all-namespaces  all namespaces
${globalUsage}

Exit code: 0 = listed, 2 = something could not be read, or is not current; the error stream says what.
`;

/** `podnet list`: what there is, and how it hangs together. */
export const list: Verb = {
  name: 'list',
  summary: 'list pods, services with their endpoints, and volumes with their mounts',
  usage,
  async run(args, io) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: globalOptions,
      allowPositionals: true,
    });
    const [extra] = positionals;
    if (extra !== undefined) throw wrongUse('list', `"${extra}" is one word too many.`);
    const options = readClusterOptions('list', values);
    const scope = readScope('list', values);
    const session = await openSession(
      options,
      (context) => scope ?? { is: 'only', namespaces: [context.namespace] },
      io,
      ['Pod', 'Service', 'EndpointSlice', 'Namespace'],
    );
    try {
      const snapshot = await session.read();
      requireNamespaces(snapshot, session.connection.scope);
      return print(snapshot, session.connection.scope, options.output, io);
    } finally {
      session.dispose();
    }
  },
};

function print(snapshot: Snapshot, scope: NamespaceScope, output: 'text' | 'json', io: Io): ExitCode {
  const { readable, gaps } = readableKinds(snapshot);
  for (const gap of gaps) tell(gap, io.stderr);
  // A list of nothing because nothing could be read would look like an empty cluster.
  if (Object.values(readable).some(Boolean)) {
    const withNamespace = scope.is === 'all' || scope.namespaces.length > 1;
    io.stdout.write(
      output === 'json'
        ? `${JSON.stringify(listJson(snapshot, readable), null, 2)}\n`
        : listText(snapshot, readable, withNamespace),
    );
  }
  return gaps.length > 0 ? 2 : 0;
}

/** The API answers an empty list for a namespace that does not exist; a typo must not look like one. */
function requireNamespaces(snapshot: Snapshot, scope: NamespaceScope): void {
  if (scope.is === 'all' || snapshot.coverage('Namespace').is !== 'complete') return;
  const missing = scope.namespaces.find((name) => snapshot.get('Namespace', '', name) === undefined);
  if (missing === undefined) return;
  const there = snapshot.all('Namespace').map(({ name }) => name);
  throw new ExplainedError('no-such-namespace', `There is no namespace "${missing}"`, {
    remedy: `There are: ${there.slice(0, 12).join(', ')}${there.length > 12 ? ', …' : ''}.`,
  });
}
