import * as vscode from 'vscode';
import { ExplainedError, isCancellation, messageOf } from '../../base/errors.ts';
import { oneLine } from '../../base/hostileText.ts';
import type { LogEvent } from './logFollower.ts';
import { shownLine } from './logLine.ts';

/** Colours that tell the containers apart; their names stand there too. */
const colours = [36, 33, 32, 35, 34, 91, 92, 93, 94, 95] as const;

/** Where a terminal's lines come from. Returns at the end; throws ExplainedError, CancelledError. */
export type LogSource = (tell: (event: LogEvent) => void, signal: AbortSignal) => Promise<void>;

/** Logs in a terminal: as they come, each line under its container's name. Closing it ends them. */
export class LogTerminal implements vscode.Pseudoterminal {
  readonly #source: LogSource;
  readonly #named: boolean;
  readonly #write = new vscode.EventEmitter<string>();
  readonly #close = new vscode.EventEmitter<void>();
  readonly #controller = new AbortController();
  readonly #colours = new Map<string, number>();
  #hasEnded = false;

  readonly onDidWrite = this.#write.event;
  readonly onDidClose = this.#close.event;

  /** @param named whether each line names its container: there may be several. */
  constructor(source: LogSource, named: boolean) {
    this.#source = source;
    this.#named = named;
  }

  open(): void {
    const { signal } = this.#controller;
    this.#source((event) => this.#tell(event), signal)
      .catch((error: unknown) => {
        if (!signal.aborted && !isCancellation(error)) this.#note(withRemedy(error));
      })
      .then(() => {
        if (signal.aborted) return;
        this.#hasEnded = true;
        this.#note(vscode.l10n.t('The log has ended. Press a key to close the terminal.'));
      })
      .catch((error: unknown) => this.#note(messageOf(error)));
  }

  close(): void {
    this.#controller.abort();
    this.#write.dispose();
    this.#close.dispose();
  }

  /** Ctrl-C ends the following; any key closes what has ended. */
  handleInput(data: string): void {
    if (this.#hasEnded) {
      this.#close.fire();
      return;
    }
    if (data !== '\u0003') return;
    this.#controller.abort();
    this.#hasEnded = true;
    this.#note(vscode.l10n.t('Stopped. Press a key to close the terminal.'));
  }

  #tell(event: LogEvent): void {
    if (this.#controller.signal.aborted) return;
    if (event.is !== 'lines') {
      this.#note(noteOf(event));
      return;
    }
    const prefix = this.#named ? this.#prefixOf(event.of) : '';
    this.#write.fire(event.lines.map((line) => `${prefix}${shownLine(line)}\r\n`).join(''));
  }

  #prefixOf({ pod, container }: { readonly pod: string; readonly container: string }): string {
    const name = `${pod}/${container}`;
    const colour = this.#colours.get(name) ?? colours[this.#colours.size % colours.length] ?? 36;
    this.#colours.set(name, colour);
    return `\u001b[${colour}m${oneLine(name, 120)}\u001b[0m `;
  }

  #note(text: string): void {
    this.#write.fire(`\u001b[33m${oneLine(text, 1_000)}\u001b[0m\r\n`);
  }
}

function noteOf(event: Exclude<LogEvent, { readonly is: 'lines' }>): string {
  switch (event.is) {
    case 'failed':
      return `${event.of.pod}/${event.of.container}: ${withRemedy(event.error)}`;
    case 'joined':
      return vscode.l10n.t('{0}/{1} has joined', event.of.pod, event.of.container);
    case 'restarted':
      return vscode.l10n.t('{0}/{1} was restarted: {2}×', event.of.pod, event.of.container, event.of.run);
    case 'gone':
      return vscode.l10n.t('{0} is gone', event.pod);
    case 'left':
      return vscode.l10n.t('{0} is not selected any more', event.pod);
    case 'held-back':
      return vscode.l10n.t(
        'The logs of {0} of {1} containers are followed; the others join as these end.',
        event.followed,
        event.all,
      );
    case 'waiting':
      return waitingText(event.pods);
  }
}

function waitingText(pods: Extract<LogEvent, { readonly is: 'waiting' }>['pods']): string {
  if (pods.length === 0) return vscode.l10n.t('No pod is there yet. Those that come are followed.');
  const states = pods.slice(0, 5).map(({ name, phase, reason }) => `${name}: ${reason?.word ?? phase}`);
  return vscode.l10n.t(
    'No container has run yet ({0}). Their logs are followed as soon as they run.',
    states.join(', '),
  );
}

function withRemedy(error: unknown): string {
  const remedy = error instanceof ExplainedError ? (error.remedy ?? '') : '';
  return `${messageOf(error)} ${remedy}`.trim();
}
