/** `npm run bench`: prints figures as JSON lines. Times are of this machine and run; compare ratios and growth. */
import { parseArgs } from 'node:util';
import { benchChecks } from './checks.ts';
import { benchLint } from './lint.ts';
import { benchMap } from './map.ts';
import { benchReach } from './reach.ts';
import { benchYaml } from './yaml/compare.ts';
import { benchKeystrokes } from './yaml/keystrokes.ts';
import { benchWorkspace } from './yaml/workspace.ts';
import { benchScale } from './scale/scale.ts';

const usage = `Usage: npm run bench -- [OPTIONS]

  --only NAME,NAME  lint, yaml, reach, map, checks, scale; default: all
  --pods N,N        scale: sizes of the generated cluster; default: 1000,10000,50000
  --kubeconfig FILE scale: read this real cluster instead of the lab, with no changes to follow
  --parts NAME,…    scale: connection, cold, json, informer, programs; default: all
  --churn SECONDS   scale: how long each client follows 1,000 changes a second; default: 15, 0 for not at all
  --long            scale: a minute of changes
  --runs N          scale: how often each is measured, the median is printed; default: 3
  --no-build        scale: take dist/cli.js as it is
`;

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: 'lint,yaml,reach,map,checks,scale' },
    pods: { type: 'string', default: '1000,10000,50000' },
    parts: { type: 'string' },
    kubeconfig: { type: 'string' },
    churn: { type: 'string', default: '15' },
    long: { type: 'boolean', default: false },
    runs: { type: 'string', default: '3' },
    'no-build': { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

const names = (list: string): Set<string> => new Set(list.split(',').map((name) => name.trim()));
const only = names(values.only);

if (values.help) process.stdout.write(usage);
else {
  if (only.has('lint')) benchLint();
  if (only.has('yaml')) {
    await benchYaml();
    benchKeystrokes();
    await benchWorkspace();
  }
  if (only.has('reach')) benchReach();
  if (only.has('map')) await benchMap();
  if (only.has('checks')) await benchChecks();
  if (only.has('scale')) {
    await benchScale({
      pods: [...names(values.pods)].map(Number),
      churnSeconds: values.long ? 60 : Number(values.churn),
      runs: Number(values.runs),
      parts: values.parts === undefined ? undefined : names(values.parts),
      build: !values['no-build'],
      kubeconfig: values.kubeconfig,
    });
  }
}
