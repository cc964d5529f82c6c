import { parseArgs } from 'node:util';
import { createOutsideChecker } from '../cluster/index.ts';
import type { NamespaceScope } from '../model/connection.ts';
import { parseRef, type Ref } from '../model/refs.ts';
import type { CheckRecord, CheckTarget } from '../probe/check.ts';
import { planTargets } from '../probe/plan.ts';
import { refWord } from '../probe/refWord.ts';
import { reportText } from '../probe/report.ts';
import { planSource } from '../probe/source.ts';
import { allowOptions, allowUsage, createCheckers, readAllowed } from './cluster/checkers.ts';
import { checkOptions, limitUsage, readLimits } from './checkOptions.ts';
import { openSession } from './cluster/session.ts';
import { clusterOptions, globalUsage, readClusterOptions } from './globalOptions.ts';
import { inNamespace } from './inNamespace.ts';
import { inOrder } from './inOrder.ts';
import { readServiceBy } from './serviceBy.ts';
import { tell, wrongUse } from './tell.ts';
import type { ExitCode, Verb } from './verb.ts';

const usage = `Usage: podnet check FROM TO... [OPTIONS]

Opens a connection from inside a container to each target, and says what came of it, with the evidence.

  FROM  pod/[NAMESPACE/]NAME[:CONTAINER], or "outside": this machine, by sockets of its own
  TO    pod/[NAMESPACE/]NAME[:CONTAINER][:PORT], svc/[NAMESPACE/]NAME[:PORT], node/NAME:PORT,
        localhost[:PORT], http://…, https://…, tcp://HOST:PORT, udp://HOST:PORT or dns:NAME; without a port
        every TCP port it declares
  -n, --namespace NAME  the namespace of references that name none; default: the context's own
  --by KIND             how to ask services: ip (default), short (NAME, or NAME.NAMESPACE from another
                        namespace), name (NAME.NAMESPACE.svc), full (with the cluster's domain), endpoints (each
                        alone), pod-names (of a headless service), node-port (on every node), load-balancer
  --by-name             the same as --by name
  --each-endpoint       the same as --by endpoints
  --cluster-domain NAME the cluster's domain, for full names; default cluster.local
  --udp                 ask UDP ports instead of TCP ports
${limitUsage}
${allowUsage}
${globalUsage}

It runs curl in the container, or where that is missing wget, bash, perl or python3; nothing is changed unless
--allow says so. Exit code: 0 = all reachable (HTTP errors too), 1 = some are not, 2 = it could not be found out.
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
        ...allowOptions,
        ...checkOptions,
        namespace: { type: 'string', short: 'n' },
        'each-endpoint': { type: 'boolean' },
        'cluster-domain': { type: 'string' },
        udp: { type: 'boolean' },
      },
    });
    const options = readClusterOptions('check', values);
    const allowed = readAllowed('check', values);
    const clusterDomain = values['cluster-domain'];
    const asked = {
      serviceBy: readServiceBy('check', values),
      protocol: values.udp ? ('UDP' as const) : ('TCP' as const),
      ...(clusterDomain !== undefined && { clusterDomain }),
    };
    const [sourceWord, ...targetWords] = positionals;
    if (sourceWord === undefined || targetWords.length === 0) {
      throw wrongUse('check', 'It needs a source and at least one target.');
    }
    const limits = readLimits('check', values);
    const refIn = (word: string, namespace: string): Ref =>
      parseRef(refWord(inNamespace(word, values.namespace ?? namespace)));
    const outside = sourceWord === 'outside';
    const session = await openSession(
      options,
      ({ namespace }) =>
        scopeOf([...(outside ? [] : [sourceWord]), ...targetWords].map((word) => refIn(word, namespace))),
      io,
    );
    try {
      const { namespace } = session.connection.context;
      const snapshot = await session.read();
      const from = outside ? undefined : planSource(refIn(sourceWord, namespace), snapshot);
      const planned = targetWords.flatMap((word) => {
        const plan = planTargets(refIn(word, namespace), snapshot, { ...(from && { from }), ...asked });
        for (const note of plan.notes) tell(note.text, io.stderr);
        return plan.targets;
      });
      const checkers = createCheckers(session, snapshot, allowed, io);
      const local = createOutsideChecker(session.client, () => session.connection.isPracticeLab);
      const ask = (target: CheckTarget): Promise<CheckRecord> =>
        from === undefined
          ? local.check(target, limits, io.signal)
          : checkers.checker.check({ from, target, ...limits }, io.signal);
      const records: CheckRecord[] = [];
      try {
        await inOrder(planned, atOnce, ask, (record) => {
          records.push(record);
          if (options.output === 'text') io.stdout.write(`${reportText(record)}\n`);
        });
      } finally {
        await checkers.cleanUp();
      }
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
