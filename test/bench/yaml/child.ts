/*
 * One side of the comparison, in a process of its own: reads its documents from the parent's words and prints one JSON
 * line. Cold = from the first import to the last verdict; warm = the same documents, each with one character changed,
 * which is done several times and the median taken.
 */
import { documentsOf } from './documents.ts';

type Check = (texts: readonly string[], round: number) => Promise<number>;

const [side = '', count = '300'] = process.argv.slice(2);
const texts = documentsOf(Number(count));
const collect = (globalThis as { gc?: () => void }).gc;
collect?.();
const before = process.memoryUsage().rss;
const started = now();
const check = await sides()[side]?.();
if (check === undefined) throw new Error(`There is no side "${side}".`);
const findings = await check(texts, 0);
const cold = since(started);
const warm: Times[] = [];
for (let round = 1; round <= 5; round++) {
  const changed = texts.map((text) => `${text}# ${round}\n`);
  const from = now();
  await check(changed, round);
  warm.push(since(from));
}
const median = (values: readonly number[]): number => Math.round([...values].sort((a, b) => a - b)[2] ?? 0);
collect?.();
console.log(
  JSON.stringify({
    side,
    documents: texts.length,
    lines: texts.join('').split('\n').length,
    coldMs: Math.round(cold.wall),
    coldCpuMs: Math.round(cold.cpu),
    warmMs: median(warm.map(({ wall }) => wall)),
    warmCpuMs: median(warm.map(({ cpu }) => cpu)),
    findings,
    memoryMb: Math.round((process.memoryUsage().rss - before) / 1e6),
  }),
);

interface Times {
  readonly wall: number;
  readonly cpu: number;
}

/** Both clocks, in milliseconds: the wall's, and that of this process's own work. */
function now(): Times {
  const { user, system } = process.cpuUsage();
  return { wall: performance.now(), cpu: (user + system) / 1_000 };
}

function since(start: Times): Times {
  const end = now();
  return { wall: end.wall - start.wall, cpu: end.cpu - start.cpu };
}

function sides(): Readonly<Record<string, () => Promise<Check>>> {
  return {
    'our fields': () => ours(true),
    'our rules': () => ours(false),
    'yaml-language-server': theirs,
  };
}

/** @param fieldsOnly leaves out what no schema can say, as the other side has nothing like it. */
async function ours(fieldsOnly: boolean): Promise<Check> {
  const { lintText, rules } = await import('../../../src/rules/index.ts');
  const kept = new Set(['unknown-field', 'missing-field', 'wrong-type', 'unknown-value', 'bad-quantity']);
  const off = fieldsOnly ? rules.filter(({ code }) => !kept.has(code)) : [];
  const settings = Object.fromEntries(off.map(({ code }) => [code, 'off' as const]));
  return (all) =>
    Promise.resolve(all.reduce((sum, text) => sum + lintText(text, { rules: settings }).length, 0));
}

async function theirs(): Promise<Check> {
  const { getLanguageService } = await import('yaml-language-server');
  const { TextDocument } = await import('vscode-languageserver-textdocument');
  const { jsonSchemaOfKubernetes } = await import('./jsonSchema.ts');
  const schema = JSON.stringify(jsonSchemaOfKubernetes());
  const service = getLanguageService({
    schemaRequestService: (uri) =>
      uri === 'file:///kubernetes.json'
        ? Promise.resolve(schema)
        : Promise.reject(new Error(`nothing leaves the machine: ${uri}`)),
    workspaceContext: { resolveRelativePath: (relative) => relative },
  });
  service.configure({
    validate: true,
    isKubernetes: true,
    schemas: [{ uri: 'file:///kubernetes.json', fileMatch: ['*.yaml'] }],
  });
  return async (all, round) => {
    let findings = 0;
    for (const [index, text] of all.entries()) {
      const document = TextDocument.create(`file:///${index}.yaml`, 'yaml', round, text);
      findings += (await service.doValidation(document, true)).length;
    }
    return findings;
  };
}
