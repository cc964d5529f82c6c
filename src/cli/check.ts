import { parseArgs } from 'node:util';
import { createExec } from '../cluster/index.ts';
import type { NamespaceScope } from '../model/connection.ts';
import { parseRef, type Ref } from '../model/refs.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { CheckRecord, CheckRequest, CheckTarget } from '../probe/check.ts';
import { ContainerChecker } from '../probe/checker.ts';
import { planTargets } from '../probe/plan.ts';
import { reportText } from '../probe/report.ts';
import { planSource } from '../probe/source.ts';
import { openSession } from './cluster/session.ts';
import { clusterOptions, globalUsage, readClusterOptions, seconds } from './globalOptions.ts';
import { inNamespace } from './inNamespace.ts';
import { inOrder } from './inOrder.ts';
import { tell, wrongUse } from './tell.ts';
import type { ExitCode, Verb } from './verb.ts';

const usage = `Usage: podnet check FROM TO... [OPTIONS]

Opens a connection from inside a container to each target, and says what came of it, with the evidence.

  FROM  pod/[NAMESPACE/]NAME[:CONTAINER]
  TO    pod/[NAMESPACE/]NAME[:CONTAINER][:PORT], svc/[NAMESPACE/]NAME[:PORT], node/NAME:PORT,
        localhost[:PORT], http://…, https://… or tcp://HOST:PORT; without a port every TCP port it declares
  -n, --namespace NAME  the namespace of references that name none; default: the context's own
  --by-name             ask services by their DNS name instead of their cluster IP
  --connect-timeout S   seconds a connection may take to open; default 3
  --max-time S          seconds a check may take in all; default 5
${globalUsage}

It runs curl in the container, or where that is missing wget, bash, perl or python3; nothing is installed.
Exit code: 0 = all reachable (HTTP errors too), 1 = some are not, 2 = it could not be found out.
`;

/** How many checks run at once, after the first has found out which tools there are. */
const atOnce = 4;

/** `podnet check`: whether a container reaches its targets. */
export const check: Verb = {
  name: 'check',
  summary: 'test from inside a container whether it reaches pods, services and URLs',
  usage,
  async run(args, io) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        ...clusterOptions,
        namespace: { type: 'string', short: 'n' },
        'by-name': { type: 'boolean' },
        'connect-timeout': { type: 'string' },
        'max-time': { type: 'string' },
      },
    });
    const options = readClusterOptions('check', values);
    if (positionals.length < 2) throw wrongUse('check', 'It needs a source and at least one target.');
    const connectTimeoutSeconds = seconds('check', '--connect-timeout', values['connect-timeout'], 3);
    const timeoutSeconds = seconds('check', '--max-time', values['max-time'], 5);
    const refsIn = (namespace: string): readonly Ref[] =>
      positionals.map((word) => parseRef(inNamespace(word, values.namespace ?? namespace)));
    const session = await openSession(options, (context) => scopeOf(refsIn(context.namespace)), io);
    try {
      const [source, ...targets] = refsIn(session.connection.context.namespace);
      if (source === undefined) throw wrongUse('check', 'It needs a source.');
      const snapshot = await session.read();
      const from = planSource(source, snapshot);
      const serviceBy = values['by-name'] ? 'name' : 'ip';
      const planned = targets.flatMap((ref) => {
        const plan = planTargets(ref, snapshot, { from, serviceBy });
        for (const note of plan.notes) tell(note.text, io.stderr);
        return plan.targets;
      });
      const exec = createExec({
        client: session.client,
        nodeOf: ({ namespace, pod }) => snapshot.get('Pod', namespace, pod)?.nodeName,
      });
      const checker = new ContainerChecker(exec, {
        imageOf: ({ namespace, pod, container }) => imageOf(snapshot, namespace, pod, container),
      });
      const request = (target: CheckTarget): CheckRequest => ({
        from,
        target,
        connectTimeoutSeconds,
        timeoutSeconds,
      });
      const records: CheckRecord[] = [];
      await inOrder(
        planned,
        atOnce,
        (target) => checker.check(request(target), io.signal),
        (record) => {
          records.push(record);
          if (options.output === 'text') io.stdout.write(`${reportText(record)}\n`);
        },
      );
      if (options.output === 'json') io.stdout.write(`${JSON.stringify(records, null, 2)}\n`);
      return exitCodeOf(records);
    } finally {
      session.dispose();
    }
  },
};

/** 1 where a target is known not to be reachable; else 2 where one is not known; else 0. */
export function exitCodeOf(records: readonly Pick<CheckRecord, 'verdict'>[]): ExitCode {
  const failed = records.some(({ verdict }) => verdict !== 'reachable' && verdict !== 'inconclusive');
  if (failed) return 1;
  return records.some(({ verdict }) => verdict === 'inconclusive') ? 2 : 0;
}

/** Only the namespaces the references name are read. */
function scopeOf(refs: readonly Ref[]): NamespaceScope {
  const namespaces = refs.flatMap((ref) => ('namespace' in ref ? [ref.namespace] : []));
  return { is: 'only', namespaces: [...new Set(namespaces)] };
}

function imageOf(snapshot: Snapshot, namespace: string, pod: string, container: string): string | undefined {
  const found = snapshot.get('Pod', namespace, pod)?.containers.find(({ name }) => name === container);
  return found === undefined || found.image === '' ? undefined : found.image;
}
