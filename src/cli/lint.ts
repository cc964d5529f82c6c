import { lintFiles, type Finding } from '../rules/index.ts';
import type { LintArguments } from './lint/arguments.ts';
import { asJson } from './lint/asJson.ts';
import { asSarif } from './lint/asSarif.ts';
import { asText } from './lint/asText.ts';
import { withInputs } from './lint/withInputs.ts';
import type { Verb } from './verb.ts';

const usage = `Usage: podnet lint FILES... [-o text|json|sarif] [--complete] [--off CODES] [--on CODES]
                   [--kubernetes VERSION] [--node-ports FIRST-LAST] [--config FILE | --no-config]

Checks Kubernetes manifests. FILES are files, folders, patterns, or - for standard input.
  -o             text (default), json or sarif
  --complete     the files are all there is: say also what refers to objects that are not among them
  --off CODES    rules to leave out, separated by commas
  --on CODES     rules to switch on that are off by default; "opinions" = all of these
  --kubernetes   the server's version, such as 1.35; default 1.36
  --node-ports   the server's range of node ports, such as 30000-32767
  --config       the config file; default: the nearest .podnetrc.yaml, here or in a folder above, up to the
                 repository's own
  --no-config    no config file
A comment "# podnet-ignore: CODE reason" switches a rule off for its line, for the next line, or, at the
start of a document, for the document.
Exit code: 0 = no errors and warnings, 1 = some, 2 = something could not be read.
`;

/** `podnet lint`: checks manifests without a cluster. */
export const lint: Verb = {
  name: 'lint',
  summary: 'check manifests for what the server refuses and for what does not work',
  usage,
  run: (args, io) =>
    withInputs(usage, args, io, (wanted, inputs, faults) => {
      if (inputs.length === 0 && faults.length > 0) return 2;
      const findings = lintFiles(inputs, {
        ...wanted.options,
        knowledge: { objects: [], complete: wanted.complete },
      });
      io.stdout.write(written(findings, inputs.length, wanted));
      if (faults.length > 0) return 2;
      return findings.some((finding) => finding.severity !== 'hint') ? 1 : 0;
    }),
};

function written(findings: readonly Finding[], files: number, wanted: LintArguments): string {
  switch (wanted.output) {
    case 'json':
      return asJson(findings);
    case 'sarif':
      return asSarif(findings);
    case 'text':
      return asText(findings, files);
  }
}
