import { check } from './check.ts';
import { wrongUse } from './tell.ts';
import type { Verb } from './verb.ts';

const usage = `Usage: podnet dns FROM NAME... [OPTIONS]

Looks names up as a container does: its addresses, the name servers that were asked, and what the search list of
its /etc/resolv.conf makes of each name. The same as "podnet check FROM dns:NAME...", and takes its options.

  FROM  pod/[NAMESPACE/]NAME[:CONTAINER], or "outside": this machine

Exit code: 0 = all names have addresses, 1 = some have none, 2 = it could not be found out.
`;

/** `podnet dns`: names alone. */
export const dns: Verb = {
  name: 'dns',
  summary: 'look names up from inside a container, with its search list',
  usage,
  run(args, io) {
    const names = new Set<string>();
    let from: string | undefined;
    const words = args.map((word, index) => {
      if (word.startsWith('-') || takesValue(args[index - 1])) return word;
      if (from === undefined) {
        from = word;
        return word;
      }
      names.add(word);
      return word.startsWith('dns:') ? word : `dns:${word}`;
    });
    if (names.size === 0) throw wrongUse('dns', 'It needs a source and at least one name.');
    return check.run(words, io);
  },
};

/** Whether the word before was an option whose value this one is. */
function takesValue(before: string | undefined): boolean {
  if (before?.startsWith('-') !== true || before.includes('=')) return false;
  return !['--udp', '--by-name', '--each-endpoint'].includes(before);
}
