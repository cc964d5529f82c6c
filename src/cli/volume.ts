import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { inEnglish } from '../base/say.ts';
import { createExec } from '../cluster/index.ts';
import type { NamespaceScope } from '../model/connection.ts';
import { labelOf } from '../probe/attempt.ts';
import { reportText } from '../probe/report.ts';
import { planVolume, type VolumePlan } from '../probe/volume.ts';
import { checkVolume } from '../probe/volumeChecker.ts';
import { exitCodeOf } from './check.ts';
import { openSession } from './cluster/session.ts';
import { clusterOptions, globalUsage, readClusterOptions } from './globalOptions.ts';
import { tell, wrongUse } from './tell.ts';
import type { Verb } from './verb.ts';

const usage = `Usage: podnet volume pod/[NAMESPACE/]NAME VOLUME --yes [OPTIONS]

Tests that all who mount a volume see the same directory: writes a small file with a random word through one mount,
reads it through every other one, compares, and removes it again.

  --yes                 do it; without it only what would be done is said, and nothing is changed
  -n, --namespace NAME  the pod's namespace where the reference names none; default: the context's own
${globalUsage}

Pods that use the same claim, NFS export, or host path on the same node are compared as well, as far as their
namespaces are read. Exit code: 0 = all see it, 1 = some do not, 2 = it could not be found out.
`;

/** `podnet volume`: whether a volume is shared. */
export const volume: Verb = {
  name: 'volume',
  summary: 'test that all who mount a volume see the same files',
  usage,
  async run(args, io) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        ...clusterOptions,
        namespace: { type: 'string', short: 'n' },
        yes: { type: 'boolean' },
      },
    });
    const options = readClusterOptions('volume', values);
    const [podWord = '', name = '', extra] = positionals;
    const [, first, second] = /^(?:pods?|po)\/([^/:]+)(?:\/([^/:]+))?$/.exec(podWord) ?? [];
    if (first === undefined || name === '' || extra !== undefined) {
      throw wrongUse('volume', 'It needs a pod, as pod/NAMESPACE/NAME, and the name of one of its volumes.');
    }
    const namespaceIn = (own: string): string => (second === undefined ? (values.namespace ?? own) : first);
    const session = await openSession(
      options,
      ({ namespace }): NamespaceScope => ({ is: 'only', namespaces: [namespaceIn(namespace)] }),
      io,
    );
    try {
      const snapshot = await session.read();
      const marker = randomBytes(8).toString('hex');
      const namespace = namespaceIn(session.connection.context.namespace);
      const plan = planVolume({ namespace, pod: second ?? first, volume: name }, snapshot, marker);
      for (const { template, args } of plan.notes) tell(inEnglish(template, ...args), io.stderr);
      for (const line of said(plan)) tell(line, io.stderr);
      if (!values.yes) {
        tell('nothing was done: repeat it with --yes', io.stderr);
        return 2;
      }
      const exec = createExec({
        client: session.client,
        nodeOf: ({ namespace: of, pod }) => snapshot.get('Pod', of, pod)?.nodeName,
      });
      const { records, left } = await checkVolume(exec, plan, marker, io.signal);
      if (left !== undefined) tell(`the file is still there: ${left}`, io.stderr);
      io.stdout.write(
        options.output === 'json'
          ? `${JSON.stringify(records, null, 2)}\n`
          : records.map((record) => `${reportText(record)}\n`).join(''),
      );
      return exitCodeOf(records);
    } finally {
      session.dispose();
    }
  },
};

/** What will be changed, and what will be read. */
function said({ writer, readers, file }: VolumePlan): readonly string[] {
  return [
    `writes the file ${file} in ${labelOf(writer.at)}, and removes it at the end`,
    ...readers.map((reader) => `reads ${reader.file} in ${labelOf(reader.at)}`),
  ];
}
