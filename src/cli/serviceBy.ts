import { serviceBys, type ServiceBy } from '../probe/serviceBy.ts';
import { wrongUse } from './tell.ts';

/** How services are asked, by `--by` and its short forms. @throws ExplainedError */
export function readServiceBy(
  verb: string,
  values: { readonly by?: string; readonly 'by-name'?: boolean; readonly 'each-endpoint'?: boolean },
): ServiceBy {
  const words = [
    ...(values.by === undefined ? [] : [values.by]),
    ...(values['by-name'] ? ['name'] : []),
    ...(values['each-endpoint'] ? ['endpoints'] : []),
  ];
  const [word = 'ip', ...others] = [...new Set(words)];
  if (others.length > 0)
    throw wrongUse(verb, 'Only one of --by, --by-name and --each-endpoint can be given.');
  const found = serviceBys.find((by) => by === word);
  if (found === undefined) throw wrongUse(verb, `--by takes ${serviceBys.join(', ')}, not "${word}".`);
  return found;
}
