import * as vscode from 'vscode';
import { ExplainedError } from '../../../base/errors.ts';
import type { ClusterConnection } from '../../../model/connection.ts';
import type { Choice } from '../../host/pickOne.ts';
import { pickStep, walk } from '../../host/steps.ts';
import type { CheckQuestion } from '../checkEntry.ts';
import { portChoices, portQuestion } from '../../host/portChoices.ts';
import { checkArgument } from './argument.ts';
import { questionsFor } from './questions.ts';
import { sourceStep } from './source.ts';

/**
 * Asks what is missing of "does this container reach the others of its pod on localhost".
 * @throws CancelledError when the user turns away; ExplainedError.
 */
export async function askLocalhost(
  connection: ClusterConnection,
  argument: unknown,
): Promise<readonly CheckQuestion[]> {
  const title = vscode.l10n.t('Test Container-to-Container');
  const known = checkArgument(argument);
  const { answer: source, steps } = await sourceStep(connection, title, known.from);
  let port = known.to?.is === 'localhost' ? known.to.port : undefined;
  const load = async (signal: AbortSignal): Promise<readonly Choice<number>[]> => {
    const snapshot = await connection.whenRead(signal);
    const pod = source.value && snapshot.get('Pod', source.value.namespace, source.value.pod);
    return pod === undefined ? [] : portChoices(snapshot, pod);
  };
  const ask = {
    ...portQuestion(title, load),
    placeholder: vscode.l10n.t('On which port of localhost? Choose one, or type a number'),
  };
  const asking = pickStep(ask, (value: number) => (port = value));
  await walk(port === undefined ? [...steps, asking] : steps);
  if (source.value === undefined || port === undefined) {
    throw new ExplainedError('question-incomplete', vscode.l10n.t('Source and port are needed'));
  }
  await connection.whenRead(new AbortController().signal);
  return questionsFor(connection, source.value, { is: 'localhost', port });
}
