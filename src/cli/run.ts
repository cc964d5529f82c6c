import { parseArgs } from 'node:util';
import manifest from '../../package.json' with { type: 'json' };
import { isCancellation } from '../base/errors.ts';
import { oneLine } from '../base/hostileText.ts';
import { globalOptions } from './globalOptions.ts';
import { isArgumentError, tell } from './tell.ts';
import type { ExitCode, Io, Verb } from './verb.ts';
import { verbs } from './verbs.ts';

/** Runs `podnet` with the words behind it. Never rejects for what a user can cause. */
export async function run(args: readonly string[], io: Io): Promise<ExitCode> {
  const { verb, rest } = splitVerb(args);
  if (verb === undefined) return withoutVerb(rest, io);
  if (verb === 'help') return help(rest, io);
  const load = verbs.get(verb);
  if (load === undefined) {
    tell(`there is no verb "${oneLine(verb, 40)}".${near(verb)} See podnet --help.`, io.stderr);
    return 2;
  }
  try {
    const found = await load();
    if (rest.includes('--help') || rest.includes('-h')) return printUsage(found, io);
    return await found.run(rest, io);
  } catch (error) {
    if (isArgumentError(error)) {
      tell(`${error.message.split(/\.\s|\n/)[0] ?? ''}. See podnet ${verb} --help.`, io.stderr);
    } else if (io.signal.aborted && isCancellation(error)) {
      tell('interrupted', io.stderr);
    } else {
      tell(error, io.stderr);
    }
    return 2;
  }
}

/** The first word that is no option is the verb; options before it belong to it as well. */
function splitVerb(args: readonly string[]): { verb: string | undefined; rest: readonly string[] } {
  const { tokens } = parseArgs({
    args: [...args],
    options: globalOptions,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const first = tokens.find((token) => token.kind === 'positional');
  if (first === undefined) return { verb: undefined, rest: args };
  return { verb: first.value, rest: [...args.slice(0, first.index), ...args.slice(first.index + 1)] };
}

async function withoutVerb(rest: readonly string[], io: Io): Promise<ExitCode> {
  if (rest.includes('--version')) {
    io.stdout.write(`podnet ${manifest.version}\n`);
    return 0;
  }
  if (rest.includes('--help') || rest.includes('-h')) return help([], io);
  io.stderr.write(await overview());
  return 2;
}

async function help([name]: readonly string[], io: Io): Promise<ExitCode> {
  const load = name === undefined ? undefined : verbs.get(name);
  if (load !== undefined) return printUsage(await load(), io);
  io.stdout.write(await overview());
  return 0;
}

function printUsage(verb: Verb, io: Io): ExitCode {
  io.stdout.write(verb.usage.endsWith('\n') ? verb.usage : `${verb.usage}\n`);
  return 0;
}

async function overview(): Promise<string> {
  const all = await Promise.all([...verbs.values()].map((load) => load()));
  const width = Math.max(...all.map(({ name }) => name.length));
  return [
    'Usage: podnet VERB [OPTIONS]',
    '',
    'How the pods, services and volumes of a cluster hang together, and whether they reach each other.',
    '',
    ...all.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    '',
    'podnet VERB --help says more; podnet --version names the version.',
    'Exit code: 0 = fine, 1 = findings or unreachable, 2 = it could not be found out.',
    '',
  ].join('\n');
}

/** A verb one or two letters away. */
function near(word: string): string {
  const same = (verb: string): number => {
    const letters = new Set(verb);
    return (
      [...new Set(word)].filter((letter) => letters.has(letter)).length /
      Math.max(letters.size, new Set(word).size)
    );
  };
  const [best] = [...verbs.keys()].sort((a, b) => same(b) - same(a));
  return best !== undefined && same(best) >= 0.6 ? ` Did you mean "${best}"?` : '';
}
