import { ExplainedError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { record, type Json } from '../../model/json.ts';

/**
 * Stands for a Secret's value. It is not base64, so that an API server refuses a Secret which holds it: nobody can
 * overwrite the values by applying what they were shown.
 */
export const hiddenValue = '(hidden)';
/** Holds the whole manifest, values and all. */
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/** An object as it may be shown: a Secret's values are replaced by {@link hiddenValue}. */
export function withoutSecretValues(object: Json): Json {
  if (object.kind !== 'Secret' || object.apiVersion !== 'v1') return object;
  const shown: Record<string, unknown> = { ...object };
  for (const field of ['data', 'stringData']) {
    if (shown[field] !== undefined) shown[field] = hidden(record(shown[field]));
  }
  const metadata = record(object.metadata);
  const annotations = record(metadata.annotations);
  if (lastApplied in annotations) {
    shown.metadata = { ...metadata, annotations: { ...annotations, [lastApplied]: hiddenValue } };
  }
  return shown;
}

/** @throws ExplainedError `hidden-secret` for a Secret as {@link withoutSecretValues} shows it. */
export function refuseHiddenValues(object: Json): void {
  if (object.kind !== 'Secret' || object.apiVersion !== 'v1') return;
  const values = [record(object.data), record(object.stringData)].flatMap((data) => Object.values(data));
  if (!values.includes(hiddenValue)) return;
  throw new ExplainedError('hidden-secret', t('This Secret holds placeholders instead of its values.'), {
    remedy: t('Put the real values where "{0}" stands, or leave those keys out.', hiddenValue),
  });
}

function hidden(values: Json): Json {
  return Object.fromEntries(Object.keys(values).map((key) => [key, hiddenValue]));
}
