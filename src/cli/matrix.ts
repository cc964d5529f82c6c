import { parseArgs } from 'node:util';
import type { NamespaceScope } from '../model/connection.ts';
import { parseRef } from '../model/refs.ts';
import { compareRuns } from '../probe/matrix/compare.ts';
import { MatrixRuns } from '../probe/matrix/runs.ts';
import { refWord } from '../probe/refWord.ts';
import { checkMatrix } from '../probe/matrix/checkMatrix.ts';
import { exitCodeOf } from './check.ts';
import { allowOptions, allowUsage, createCheckers, readAllowed } from './cluster/checkers.ts';
import { checkOptions, limitUsage, readLimits } from './checkOptions.ts';
import { openSession } from './cluster/session.ts';
import { clusterOptions, globalUsage, readClusterOptions, readScope, scopeOptions } from './globalOptions.ts';
import { inNamespace } from './inNamespace.ts';
import { planMatrix } from '../probe/matrix/plan.ts';
import { comparisonText, readEarlier } from './matrix/earlier.ts';
import { expectFile } from './matrix/smoke.ts';
import { matrixText } from './matrix/table.ts';
import { save } from './save.ts';
import { readServiceBy } from './serviceBy.ts';
import { matrixCsv, matrixMarkdown, matrixTable, recordsOf } from '../probe/matrix/export.ts';
import { tell, wrongUse } from './tell.ts';
import type { Verb } from './verb.ts';

const usage = `Usage: podnet matrix --from SELECTOR --to SELECTOR|svc|REF... [-n NAMESPACE | -A] [OPTIONS]
       podnet matrix --expect FILE [--junit FILE] [OPTIONS]

Tests every source against every target, with one command a source, and prints records and a table.

  --from SELECTOR       pods by label, such as app=web,tier!=db; "" for all
  --to WORD             pods by label on the ports they declare; svc for all services; or a reference as in
                        podnet check; may be given several times
  -n, --namespace NAME  where to look for pods and services; default: the context's own
  -A, --all-namespaces  everywhere
  --by KIND             how to ask services, as in podnet check; --by-name is --by name
${limitUsage}
  --compare FILE        say what broke and what was mended since the run whose -o json is in this file
  --csv FILE, --markdown FILE   save the run in these forms, too
  --expect FILE         instead of --from and --to: make the checks of a podnet.yaml, which says what must and
                        must not be reachable; --junit FILE saves the results for a pipeline
${allowUsage}
${globalUsage}

Exit code: 0 = all reachable (HTTP errors too) or as expected, 1 = some are not, 2 = it could not be found out.
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
        ...allowOptions,
        ...checkOptions,
        compare: { type: 'string' },
        csv: { type: 'string' },
        markdown: { type: 'string' },
        expect: { type: 'string' },
        junit: { type: 'string' },
      },
    });
    const options = readClusterOptions('matrix', values);
    const scope = readScope('matrix', values);
    const { from, to: words = [] } = values;
    const [extra] = positionals;
    if (extra !== undefined) throw wrongUse('matrix', `"${extra}" is one word too many.`);
    const allowed = readAllowed('matrix', values);
    if (values.expect !== undefined) {
      if (from !== undefined || words.length > 0 || scope !== undefined) {
        throw wrongUse(
          'matrix',
          '--expect takes sources and targets from its file, not --from, --to, -n or -A.',
        );
      }
      return expectFile(values.expect, options, allowed, values.junit, io);
    }
    if (values.junit !== undefined) throw wrongUse('matrix', '--junit goes with --expect.');
    if (from === undefined || words.length === 0) {
      throw wrongUse('matrix', 'It needs --from and --to, or --expect.');
    }
    const serviceBy = readServiceBy('matrix', values);
    const before = values.compare === undefined ? undefined : await readEarlier(io, values.compare);
    const limits = readLimits('matrix', values);
    let asked: NamespaceScope = { is: 'all' };
    let to = words;
    const session = await openSession(
      options,
      (context) => {
        asked = scope ?? { is: 'only', namespaces: [context.namespace] };
        to = words.map((word) => refWord(inNamespace(word, context.namespace)));
        return widened(asked, to);
      },
      io,
    );
    try {
      const snapshot = await session.read();
      const inScope = (namespace: string): boolean =>
        asked.is === 'all' || asked.namespaces.includes(namespace);
      const plan = planMatrix(snapshot, inScope, from, to, serviceBy);
      for (const note of plan.notes) tell(note, io.stderr);
      const checkers = createCheckers(session, snapshot, allowed, io);
      const growing = new MatrixRuns().begin(plan, {
        title: `${from === '' ? 'all pods' : from} to ${words.join(', ')}`,
        context: session.connection.context.name,
        simulated: session.connection.isPracticeLab === true,
      });
      try {
        await checkMatrix(checkers.batch, plan.rows, limits, (done) => growing.add(done), io.signal);
      } finally {
        await checkers.cleanUp();
      }
      const run = growing.end('done');
      const records = recordsOf(run);
      const comparison = before && compareRuns(before, run);
      if (values.csv !== undefined) await save(io, values.csv, matrixCsv(run));
      if (values.markdown !== undefined) await save(io, values.markdown, matrixMarkdown(run, comparison));
      io.stdout.write(
        options.output === 'json'
          ? `${JSON.stringify({ records, table: matrixTable(records), ...(comparison && { comparison }) }, null, 2)}\n`
          : `${matrixText(records)}${comparison === undefined ? '' : comparisonText(comparison)}`,
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
