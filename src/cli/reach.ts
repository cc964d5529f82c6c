import { parseArgs } from 'node:util';
import { ExplainedError, messageOf } from '../base/errors.ts';
import { isRecord } from '../model/json.ts';
import { allPairs, groupPods } from '../reach/pairs.ts';
import { answerQuery, readQuery } from '../reach/query.ts';
import type { FilesWorld } from '../reach/worldOfObjects.ts';
import { readText } from './lint/readText.ts';
import { writeJson, writeText } from './reach/pairsOutput.ts';
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
Exit code: 0 = said, 2 = it could not be found out. With --queries: 0 = all is allowed, 1 = something is not,
2 = nothing is known to be denied, but something depends; or a line could not be answered.
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
    const groups = groupPods(world);
    if (groups.some(({ alike }) => alike !== undefined))
      tell('these are many: pods without a workload, with the same labels, stand for each other', io.stderr);
    const pairs = allPairs(world, groups);
    await (output === 'json' ? writeJson(pairs, io) : writeText(pairs, groups, io));
    return 0;
  },
};

/** One answer a line; a query that cannot be answered says so in its place, and the others are answered all the same. */
async function answerAll(
  world: FilesWorld,
  text: string,
  io: Parameters<Verb['run']>[1],
): Promise<0 | 1 | 2> {
  let [unanswered, denied, depends] = [false, false, false];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    try {
      const query: unknown = JSON.parse(line);
      if (!isRecord(query)) throw new ExplainedError('bad-query', 'a query is a JSON object');
      const answer = answerQuery(world, readQuery(query));
      io.stdout.write(`${JSON.stringify(answer)}\n`);
      denied ||= answer.allowed === false;
      depends ||= answer.allowed === 'depends';
    } catch (error) {
      if (!(error instanceof ExplainedError) && !(error instanceof SyntaxError)) throw error;
      io.stdout.write(`${JSON.stringify({ allowed: null, because: [], error: messageOf(error) })}\n`);
      tell(`query ${index + 1}: ${messageOf(error)}`, io.stderr);
      unanswered = true;
    }
    await yieldToOthers(index, io.signal);
  }
  return unanswered ? 2 : denied ? 1 : depends ? 2 : 0;
}

/** Lets Ctrl-C through between many queries. */
async function yieldToOthers(index: number, signal: AbortSignal): Promise<void> {
  if (index % 1_000 === 999) await new Promise((resolve) => setImmediate(resolve));
  signal.throwIfAborted();
}
