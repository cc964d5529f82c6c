import { parseArgs } from 'node:util';
import { oneLine } from '../base/hostileText.ts';
import { createExec, createObjects, createOutsideChecker } from '../cluster/index.ts';
import { describeOtherPolicies } from '../model/otherPolicies.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { ContainerChecker } from '../probe/checker.ts';
import { parseWorkloadRef } from '../reach/podNamed.ts';
import type { World } from '../reach/world.ts';
import { lookAt } from '../trace/look.ts';
import { probeAlong } from '../trace/probe.ts';
import { resolveQuestion } from '../trace/question.ts';
import { explain } from '../trace/trace.ts';
import type { Trace } from '../trace/types.ts';
import { openSession, type Session } from './cluster/session.ts';
import { clusterOptions, globalUsage, readClusterOptions, seconds } from './globalOptions.ts';
import { readWorld } from './reach/readWorld.ts';
import { tell, wrongUse } from './tell.ts';
import { traceText } from './trace/asText.ts';
import type { ExitCode, Verb } from './verb.ts';

const usage = `Usage: podnet trace FROM TO [--no-probe] [-f FILES...] [--protocol TCP|UDP|SCTP]
                    [--probe-timeout SECONDS] [OPTIONS]

Follows a connection hop by hop and says why it fails: the cause, its evidence and what to do.

  FROM  pod/NAMESPACE/NAME[:CONTAINER], or outside
  TO    pod/NAMESPACE/NAME[:PORT], svc/NAMESPACE/NAME[:PORT], node/NAME:PORT, localhost:PORT or a URL
  --no-probe      look at the objects only, run nothing in containers
  -f FILES        look at manifests instead of a cluster; implies --no-probe
  --protocol      default TCP; only TCP is probed
  --probe-timeout SECONDS  how long one probe may take; default 5
${globalUsage}

Probes run in the containers of FROM and TO, from outside on this machine, and change nothing.
Exit code: 0 = reachable, 1 = unreachable, 2 = it could not be found out.
`;

/** `podnet trace`: why A cannot reach B. */
export const trace: Verb = {
  name: 'trace',
  summary: 'follow a connection hop by hop and name the cause when it fails',
  usage,
  async run(args, io) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        ...clusterOptions,
        file: { type: 'string', short: 'f', multiple: true },
        'no-probe': { type: 'boolean' },
        protocol: { type: 'string', default: 'TCP' },
        'probe-timeout': { type: 'string' },
      },
    });
    const options = readClusterOptions('trace', values);
    const [from, to, ...more] = positionals;
    if (from === undefined || to === undefined) throw wrongUse('trace', 'It needs a source and a target.');
    const protocol = values.protocol.toUpperCase();
    if (protocol !== 'TCP' && protocol !== 'UDP' && protocol !== 'SCTP') {
      throw wrongUse('trace', `--protocol takes TCP, UDP or SCTP, not "${values.protocol}".`);
    }
    const timeoutSeconds = seconds('trace', '--probe-timeout', values['probe-timeout'], 5);
    const print = (answer: Trace): ExitCode => {
      io.stdout.write(options.output === 'json' ? `${JSON.stringify(answer, null, 2)}\n` : traceText(answer));
      return { reachable: 0, unreachable: 1, inconclusive: 2 }[answer.verdict] as ExitCode;
    };

    if (values.file !== undefined) {
      const world = await readWorld([...values.file, ...more], undefined, io);
      return print(explain(lookAt(world, resolveQuestion(world, from, to, protocol))));
    }
    if (more.length > 0) throw wrongUse('trace', `It takes one target; "${more.join(' ')}" is too much.`);
    const session = await openSession(options, () => ({ is: 'all' }), io);
    try {
      const world: World = {
        snapshot: await readWidely(session, [from, to]),
        running: true,
        notEvaluated: await describeOtherPolicies(createObjects({ client: session.client }), io.signal),
      };
      const question = resolveQuestion(world, from, to, protocol);
      const view = lookAt(world, question);
      if (values['no-probe'] || protocol !== 'TCP') return print(explain(view));
      const exec = createExec({ client: session.client });
      const checker = new ContainerChecker(exec);
      const local = createOutsideChecker(session.client, () => session.connection.isPracticeLab);
      const say = (what: string): void => {
        if ('isTTY' in io.stderr && io.stderr.isTTY) tell(`probing ${oneLine(what)}`, io.stderr);
      };
      const probes = await probeAlong(view, { checker, exec, local }, io.signal, say, timeoutSeconds);
      return print(explain(lookAt(world, question, probes)));
    } finally {
      session.dispose();
    }
  },
};

/** All namespaces, since causes stand in others as well; only those named where the user may not read all. */
async function readWidely(session: Session, refs: readonly string[]): Promise<Snapshot> {
  try {
    const snapshot = await session.read();
    if (snapshot.coverage('Pod').is !== 'forbidden') return snapshot;
  } catch (error) {
    if (session.connection.state.is !== 'forbidden') throw error;
  }
  const named = refs.filter((text) => text !== 'outside').map(parseWorkloadRef);
  const namespaces = named.flatMap((ref) => ('namespace' in ref ? [ref.namespace] : []));
  session.connection.setScope({ is: 'only', namespaces: [...new Set(namespaces)] });
  return session.read();
}
