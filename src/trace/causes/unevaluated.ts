import { t } from '../../base/l10n.ts';
import type { Detector } from './detector.ts';

/** policy-not-evaluated: policies of other kinds exist, and what is seen is not explained without them. */
export const policyNotEvaluated: Detector = ({ world, probes }) => {
  const others = world.notEvaluated ?? [];
  const verdict = probes?.asked?.verdict;
  if (others.length === 0 || (verdict !== undefined && verdict !== 'timeout')) return undefined;
  return {
    id: 'policy-not-evaluated',
    hop: 'policy',
    certainty: 'possible',
    summary:
      others.length > 3
        ? t(
            '{0} and {1} more may decide about this connection and were not evaluated.',
            others.slice(0, 3).join(', '),
            others.length - 3,
          )
        : t('{0} may decide about this connection and were not evaluated.', others.join(', ')),
    objects: others,
    evidence: others
      .slice(0, 10)
      .map((object) => ({ text: t('a policy of a kind that is not evaluated'), object })),
    fixes: [{ title: t('Read those policies with the tool of their network plugin') }],
  };
};
