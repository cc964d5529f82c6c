/** The signals the lab's processes know, with Linux' numbers. */
const numbers = {
  HUP: 1,
  INT: 2,
  QUIT: 3,
  KILL: 9,
  USR1: 10,
  USR2: 12,
  PIPE: 13,
  ALRM: 14,
  TERM: 15,
  CONT: 18,
  STOP: 19,
} as const;

export type SignalName = keyof typeof numbers;

export const signalNames = Object.keys(numbers) as readonly SignalName[];

export function signalNumber(name: SignalName): number {
  return numbers[name];
}

/** Reads `TERM`, `SIGTERM` or `15`; undefined when there is no such signal. */
export function parseSignal(text: string): SignalName | undefined {
  const plain = text.toUpperCase().replace(/^SIG/, '');
  return signalNames.find((name) => name === plain || String(numbers[name]) === plain);
}

/** Why a process was ended: everything it waits for is rejected with this. */
export class Killed extends Error {
  override readonly name = 'Killed';
  readonly signal: SignalName;

  constructor(signal: SignalName) {
    super(`killed by SIG${signal}`);
    this.signal = signal;
  }

  /** The status a shell shows for it. */
  get exitCode(): number {
    return 128 + numbers[this.signal];
  }
}
