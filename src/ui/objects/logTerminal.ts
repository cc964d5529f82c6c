import * as vscode from 'vscode';
import { ExplainedError, isCancellation, messageOf } from '../../base/errors.ts';
import { oneLine } from '../../base/hostileText.ts';
import type { LogRequest, PodLogs } from '../../model/requests.ts';
import { shownLine } from './logLine.ts';

/** Colours that tell the containers apart; their names stand there too. */
const colours = [36, 33, 32, 35, 34, 91, 92, 93, 94, 95] as const;
/** Streams opened at once: each holds a connection to the API server. */
export const mostStreams = 20;

/** Logs in a terminal: one after the other as they come, each line under its container's name. Closing it ends them. */
export class LogTerminal implements vscode.Pseudoterminal {
  readonly #logs: PodLogs;
  readonly #requests: readonly LogRequest[];
  readonly #write = new vscode.EventEmitter<string>();
  readonly #close = new vscode.EventEmitter<void>();
  readonly #controller = new AbortController();
  #hasEnded = false;

  readonly onDidWrite = this.#write.event;
  readonly onDidClose = this.#close.event;

  constructor(logs: PodLogs, requests: readonly LogRequest[]) {
    this.#logs = logs;
    this.#requests = requests;
  }

  open(): void {
    const several = this.#requests.length > 1;
    const streams = this.#requests.map((request, index) =>
      this.#read(request, several ? prefixOf(request, colours[index % colours.length] ?? 36) : ''),
    );
    void Promise.all(streams).then(() => {
      if (this.#controller.signal.aborted) return;
      this.#hasEnded = true;
      this.#note(vscode.l10n.t('The log has ended. Press a key to close the terminal.'));
    });
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

  /** Never rejects: that one log cannot be read is said among the others. */
  async #read(request: LogRequest, prefix: string): Promise<void> {
    const { signal } = this.#controller;
    try {
      await this.#logs.read(
        request,
        (lines) => {
          if (!signal.aborted)
            this.#write.fire(lines.map((line) => `${prefix}${shownLine(line)}\r\n`).join(''));
        },
        signal,
      );
    } catch (error) {
      if (isCancellation(error) || signal.aborted) return;
      const remedy = error instanceof ExplainedError ? (error.remedy ?? '') : '';
      this.#note(`${request.pod}/${request.container}: ${messageOf(error)} ${remedy}`);
    }
  }

  #note(text: string): void {
    this.#write.fire(`\u001b[33m${oneLine(text, 1_000)}\u001b[0m\r\n`);
  }
}

function prefixOf({ pod, container }: LogRequest, colour: number): string {
  return `\u001b[${colour}m${oneLine(`${pod}/${container}`, 120)}\u001b[0m `;
}
