import { parseArgs } from 'node:util';
import { ExplainedError, messageOf } from '../base/errors.ts';
import { oneLine } from '../base/hostileText.ts';
import { isRecord } from '../model/json.ts';
import type { Protocol } from '../model/objects.ts';
import { allPairs, groupPods, type Pair } from '../reach/pairs.ts';
import { formatPorts, protocols, type PortSet } from '../reach/portSet.ts';
import { answerQuery, readQuery } from '../reach/query.ts';
import type { FilesWorld } from '../reach/worldOfObjects.ts';
import { readText } from './lint/readText.ts';
import { readWorld } from './reach/readWorld.ts';
import { tell, wrongUse } from './tell.ts';
import type { Verb } from './verb.ts';

const usage = `Usage: podnet reach -f FILES... [--queries FILE|-] [-n NAMESPACE] [-o text|json]

Says who may reach whom by the manifests alone: Services, DNS names, and network policies, cluster-wide ones too.
  -f         files, folders or patterns with manifests; more may follow
  --queries  NDJSON, a query a line: {"from":"pod/NS/NAME","to":"svc/NS/NAME","port":80,"protocol":"TCP"};
             answers {"allowed":true|false|"depends","because":[...]} a line, in the same order
  -n         the namespace of objects that name none; default "default"
  -o         text (default) or json; answers to queries are always NDJSON
Without --queries: every pair of workloads, with the ports that are allowed.
Exit code: 0 = said, 2 = it could not be found out. With --queries: 1 = something asked for is not allowed.
`;

/** `podnet reach`: reachability from manifests, without a cluster. */
export const reach: Verb = {
  name: 'reach',
  summary: 'say who may reach whom, from manifests alone',
  usage,
  async run(args, io) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        file: { type: 'string', short: 'f', multiple: true },
        queries: { type: 'string' },
        namespace: { type: 'string', short: 'n' },
        output: { type: 'string', short: 'o', default: 'text' },
      },
    });
    const { output } = values;
    const paths = [...(values.file ?? []), ...positionals];
    if (paths.length === 0) throw wrongUse('reach', 'Which files? Name them with -f.');
    if (output !== 'text' && output !== 'json')
      throw wrongUse('reach', `-o takes text or json, not "${output}".`);
    const world = await readWorld(paths, values.namespace, io);
    for (const object of world.notEvaluated) {
      tell(
        `${object} was not evaluated: only policies of networking.k8s.io and policy.networking.k8s.io are`,
        io.stderr,
      );
    }
    if (values.queries !== undefined) {
      return answerAll(world, await readText(values.queries, io.cwd, io.stdin, io.signal), io);
    }
    const pairs = [...allPairs(world, groupPods(world.snapshot.all('Pod')))];
    io.stdout.write(output === 'json' ? `${JSON.stringify(pairs.map(asJson), null, 2)}\n` : asText(pairs));
    return 0;
  },
};

/** One answer a line; a query that cannot be answered says so in its place, and the others are answered all the same. */
async function answerAll(
  world: FilesWorld,
  text: string,
  io: Parameters<Verb['run']>[1],
): Promise<0 | 1 | 2> {
  let code: 0 | 1 | 2 = 0;
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    try {
      const query: unknown = JSON.parse(line);
      if (!isRecord(query)) throw new ExplainedError('bad-query', 'a query is a JSON object');
      const answer = answerQuery(world, readQuery(query));
      io.stdout.write(`${JSON.stringify(answer)}\n`);
      if (answer.allowed === false && code === 0) code = 1;
    } catch (error) {
      if (!(error instanceof ExplainedError) && !(error instanceof SyntaxError)) throw error;
      io.stdout.write(`${JSON.stringify({ allowed: null, error: messageOf(error) })}\n`);
      tell(`query ${index + 1}: ${messageOf(error)}`, io.stderr);
      code = 2;
    }
    await yieldToOthers(index, io.signal);
  }
  return code;
}

/** Lets Ctrl-C through between many queries. */
async function yieldToOthers(index: number, signal: AbortSignal): Promise<void> {
  if (index % 1_000 === 999) await new Promise((resolve) => setImmediate(resolve));
  signal.throwIfAborted();
}

function asJson(pair: Pair): object {
  const ports = (set: PortSet): Partial<Record<Protocol, readonly string[]>> => {
    const out: Partial<Record<Protocol, readonly string[]>> = {};
    for (const protocol of protocols) {
      const ranges = formatPorts(set, protocol);
      if (ranges.length > 0) out[protocol] = ranges;
    }
    return out;
  };
  const allowed = ports(pair.allowed);
  const depends = ports(pair.depends);
  const none = Object.keys(allowed).length === 0;
  return {
    from: pair.from,
    to: pair.to,
    allowed: !none ? true : Object.keys(depends).length > 0 ? 'depends' : false,
    ports: allowed,
    ...(Object.keys(depends).length > 0 && { depends }),
  };
}

function asText(pairs: readonly Pair[]): string {
  if (pairs.length === 0) return 'There are no two workloads in these files.\n';
  const rows = pairs.map((pair) => [oneLine(pair.from), oneLine(pair.to), portsText(pair)] as const);
  const width = (column: 0 | 1): number => Math.max(...rows.map((row) => row[column].length));
  const [from, to] = [width(0), width(1)];
  return rows.map((row) => `${row[0].padEnd(from)}  →  ${row[1].padEnd(to)}  ${row[2]}\n`).join('');
}

function portsText({ allowed, depends }: Pair): string {
  const list = (set: PortSet): string =>
    protocols.every((protocol) => formatPorts(set, protocol)[0] === '*')
      ? 'all ports'
      : protocols
          .flatMap((protocol) =>
            formatPorts(set, protocol).map((range) => `${protocol} ${range === '*' ? 'all' : range}`),
          )
          .join(', ');
  const certain = list(allowed);
  const uncertain = list(depends);
  if (certain === '' && uncertain === '') return 'nothing';
  return [certain, uncertain === '' ? '' : `depends on the network plugin: ${uncertain}`]
    .filter(Boolean)
    .join('; ');
}
