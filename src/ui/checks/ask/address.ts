import * as vscode from 'vscode';
import { CancelledError } from '../../../base/cancellation.ts';
import { ExplainedError, messageOf } from '../../../base/errors.ts';
import type { ClusterConnection } from '../../../model/connection.ts';
import { parseRef, type Ref } from '../../../model/refs.ts';
import { planUrl } from '../../../probe/planUrl.ts';
import { refWord } from '../../../probe/refWord.ts';
import { walk } from '../../host/steps.ts';
import type { CheckQuestion } from '../checkEntry.ts';
import { checkArgument } from './argument.ts';
import { questionsFor } from './questions.ts';
import { sourceStep } from './source.ts';

/**
 * Asks what is missing of "does this container reach that address", inside or outside of the cluster.
 * @throws CancelledError when the user turns away; ExplainedError.
 */
export async function askAddress(
  connection: ClusterConnection,
  argument: unknown,
): Promise<readonly CheckQuestion[]> {
  const title = vscode.l10n.t('Test Address');
  const known = checkArgument(argument);
  const { answer: source, steps } = await sourceStep(connection, title, known.from);
  await walk(steps);
  const to = known.to ?? (await typedAddress(title));
  if (source.value === undefined) {
    throw new ExplainedError('question-incomplete', vscode.l10n.t('Source and address are needed'));
  }
  await connection.whenRead(new AbortController().signal);
  return questionsFor(connection, source.value, to);
}

/**
 * Asks for a name, as the source's own resolver sees it.
 * @throws CancelledError when the user turns away; ExplainedError.
 */
export async function askDns(
  connection: ClusterConnection,
  argument: unknown,
): Promise<readonly CheckQuestion[]> {
  const title = vscode.l10n.t('Test DNS Name');
  const known = checkArgument(argument);
  const { answer: source, steps } = await sourceStep(connection, title, known.from);
  await walk(steps);
  const service = known.to?.is === 'service' ? `${known.to.name}.${known.to.namespace}` : undefined;
  const to = service === undefined ? known.to : nameRef(service);
  const asked = to ?? (await typedName(title));
  if (source.value === undefined) {
    throw new ExplainedError('question-incomplete', vscode.l10n.t('Source and name are needed'));
  }
  await connection.whenRead(new AbortController().signal);
  return questionsFor(connection, source.value, asked);
}

/** A URL, or HOST:PORT, which is asked as plain TCP. @throws CancelledError */
export async function typedAddress(title: string): Promise<Ref> {
  const text = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('A URL or HOST:PORT. Schemes: http, https, tcp, udp.'),
    placeHolder: 'https://example.com/',
    ignoreFocusOut: true,
    validateInput: (value) => problemOf(() => addressRef(value)),
  });
  if (text === undefined) throw new CancelledError();
  return addressRef(text);
}

async function typedName(title: string): Promise<Ref> {
  const text = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('A name as a program in the container would use it'),
    placeHolder: 'demoservice',
    ignoreFocusOut: true,
    validateInput: (value) => problemOf(() => nameRef(value)),
  });
  if (text === undefined) throw new CancelledError();
  return nameRef(text);
}

function addressRef(text: string): Ref {
  const word = text.trim();
  const ref = parseRef(/^[a-z][a-z0-9+.-]*:\/\//i.test(word) ? word : `tcp://${word}`);
  if (ref.is === 'url') planUrl(ref.url);
  return ref;
}

function nameRef(text: string): Ref {
  const ref = parseRef(refWord(`dns:${text.trim()}`));
  if (ref.is === 'url') planUrl(ref.url);
  return ref;
}

/** Why a text cannot be used; undefined where it can. */
function problemOf(read: () => unknown): string | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}
