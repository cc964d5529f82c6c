import type { Kind } from '../../model/objects.ts';
import type { Judge, Judgement } from '../host/judge.ts';
import { coverageNodes } from './coverageNodes.ts';
import { podIcon, podStateText } from './podState.ts';
import { problemText } from './problemNode.ts';
import { serviceProblems } from './serviceProblems.ts';

const drawn: readonly Kind[] = [
  'Pod',
  'Service',
  'EndpointSlice',
  'Node',
  'PersistentVolumeClaim',
  'PersistentVolume',
];

/** The tree's own judgement of pods and services. */
export const judge: Judge = {
  pod: (pod) => ({ state: stateOfColor(podIcon(pod).color), word: podStateText(pod) }),
  service: (snapshot, service) => {
    const problems = serviceProblems(snapshot, service);
    return problems.length === 0
      ? { state: 'ok', word: '' }
      : { state: 'warning', word: problems.map(problemText).join('; ') };
  },
  coverage: (snapshot) =>
    coverageNodes(
      { snapshot, scope: { is: 'all' }, isBehind: true, filter: '', together: false },
      'map',
      drawn,
    ).map(({ row }) => [row.label, row.description].filter(Boolean).join(': ')),
};

const stateOf: Readonly<Record<string, Judgement['state']>> = {
  'testing.iconPassed': 'ok',
  'list.errorForeground': 'failed',
  'list.warningForeground': 'warning',
};

function stateOfColor(color = ''): Judgement['state'] {
  return stateOf[color] ?? 'none';
}
