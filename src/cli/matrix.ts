import { parseArgs } from 'node:util';
import { createExec } from '../cluster/index.ts';
import type { NamespaceScope } from '../model/connection.ts';
import { parseRef } from '../model/refs.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { ContainerRef } from '../model/terminal.ts';
import { BatchChecker } from '../probe/batch/batchChecker.ts';
import type { CheckRecord } from '../probe/check.ts';
import { ContainerChecker } from '../probe/checker.ts';
import { checkMatrix } from '../probe/matrix/checkMatrix.ts';
import { exitCodeOf } from './check.ts';
import { openSession } from './cluster/session.ts';
import {
  clusterOptions,
  globalUsage,
  readClusterOptions,
  readScope,
  scopeOptions,
  seconds,
} from './globalOptions.ts';
import { inNamespace } from './inNamespace.ts';
import { planMatrix } from '../probe/matrix/plan.ts';
import { matrixText } from './matrix/table.ts';
import { matrixTable } from '../probe/matrix/export.ts';
import { tell, wrongUse } from './tell.ts';
import type { Verb } from './verb.ts';

const usage = `Usage: podnet matrix --from SELECTOR --to SELECTOR|svc|REF... [-n NAMESPACE | -A] [OPTIONS]

Tests every source against every target, with one command a source, and prints records and a table.

  --from SELECTOR       pods by label, such as app=web,tier!=db; "" for all
  --to WORD             pods by label on the ports they declare; svc for all services; or a reference as in
                        podnet check; may be given several times
  -n, --namespace NAME  where to look for pods and services; default: the context's own
  -A, --all-namespaces  everywhere
  --by-name             ask services by their DNS name instead of their cluster IP
  --connect-timeout S   seconds a connection may take to open; default 3
  --max-time S          seconds a check may take in all; default 5
${globalUsage}

Exit code: 0 = all reachable (HTTP errors too), 1 = some are not, 2 = it could not be found out.
`;

/** `podnet matrix`: sources by targets. */
export const matrix: Verb = {
  name: 'matrix',
  summary: 'test many sources against many targets, with one command a source',
  usage,
  async run(args, io) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        ...clusterOptions,
        ...scopeOptions,
        from: { type: 'string' },
        to: { type: 'string', multiple: true },
        'by-name': { type: 'boolean' },
        'connect-timeout': { type: 'string' },
        'max-time': { type: 'string' },
      },
    });
    const options = readClusterOptions('matrix', values);
    const scope = readScope('matrix', values);
    const { from, to: words = [] } = values;
    const [extra] = positionals;
    if (extra !== undefined) throw wrongUse('matrix', `"${extra}" is one word too many.`);
    if (from === undefined || words.length === 0) throw wrongUse('matrix', 'It needs --from and --to.');
    const limits = {
      connectTimeoutSeconds: seconds('matrix', '--connect-timeout', values['connect-timeout'], 3),
      timeoutSeconds: seconds('matrix', '--max-time', values['max-time'], 5),
    };
    let asked: NamespaceScope = { is: 'all' };
    let to = words;
    const session = await openSession(
      options,
      (context) => {
        asked = scope ?? { is: 'only', namespaces: [context.namespace] };
        to = words.map((word) => inNamespace(word, context.namespace));
        return widened(asked, to);
      },
      io,
    );
    try {
      const snapshot = await session.read();
      const inScope = (namespace: string): boolean =>
        asked.is === 'all' || asked.namespaces.includes(namespace);
      const plan = planMatrix(snapshot, inScope, from, to, values['by-name'] ? 'name' : 'ip');
      for (const note of plan.notes) tell(note, io.stderr);
      const imageOf = (container: ContainerRef): string | undefined => imageIn(snapshot, container);
      const exec = createExec({
        client: session.client,
        nodeOf: ({ namespace, pod }) => snapshot.get('Pod', namespace, pod)?.nodeName,
      });
      const checker = new BatchChecker(exec, new ContainerChecker(exec, { imageOf }), { imageOf });
      const rows: (readonly CheckRecord[])[] = [];
      await checkMatrix(checker, plan.rows, limits, (records, row) => (rows[row] = records), io.signal);
      const records = rows.flat();
      io.stdout.write(
        options.output === 'json'
          ? `${JSON.stringify({ records, table: matrixTable(records) }, null, 2)}\n`
          : matrixText(records),
      );
      return exitCodeOf(records);
    } finally {
      session.dispose();
    }
  },
};

/** References in `--to` may lie in other namespaces than the selectors. */
function widened(scope: NamespaceScope, to: readonly string[]): NamespaceScope {
  if (scope.is === 'all') return scope;
  const named = to.flatMap((word) => {
    if (!/^(?:pods?|po|svc|services?)\//.test(word)) return [];
    const ref = parseRef(word);
    return 'namespace' in ref ? [ref.namespace] : [];
  });
  return { is: 'only', namespaces: [...new Set([...scope.namespaces, ...named])] };
}

function imageIn(snapshot: Snapshot, { namespace, pod, container }: ContainerRef): string | undefined {
  const found = snapshot.get('Pod', namespace, pod)?.containers.find(({ name }) => name === container);
  return found === undefined || found.image === '' ? undefined : found.image;
}
