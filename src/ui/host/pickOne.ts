import * as vscode from 'vscode';
import { CancelledError } from '../../base/cancellation.ts';
import { iconless } from './shownText.ts';

/** One thing to choose. The texts may come from a cluster; they are made safe here. */
export interface Choice<T> {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  /** A codicon's id. */
  readonly icon?: string;
  /** A heading is drawn above the first choice of each group. */
  readonly group?: string;
  readonly value: T;
}

export interface PickOptions<T> {
  readonly title: string;
  readonly placeholder: string;
  readonly step?: { readonly number: number; readonly of: number; readonly canGoBack: boolean };
  /** Shown busy until it resolves; what it throws, `pickOne` throws. */
  readonly load: (signal: AbortSignal) => Promise<readonly Choice<T>[]>;
  /** Shown where there is nothing to choose. */
  readonly nothing: string;
  /** A choice made of what was typed, offered first. */
  readonly fromText?: (text: string) => Choice<T> | undefined;
}

export type Picked<T> = { readonly is: 'picked'; readonly value: T } | { readonly is: 'back' };

interface Item<T> extends vscode.QuickPickItem {
  readonly value?: T;
}

/** @throws CancelledError when the user turns away; whatever `load` throws. */
export async function pickOne<T>(options: PickOptions<T>): Promise<Picked<T>> {
  const picker = vscode.window.createQuickPick<Item<T>>();
  const controller = new AbortController();
  picker.title = options.title;
  picker.placeholder = options.placeholder;
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  picker.ignoreFocusOut = true;
  picker.busy = true;
  if (options.step) {
    picker.step = options.step.number;
    picker.totalSteps = options.step.of;
    if (options.step.canGoBack) picker.buttons = [vscode.QuickInputButtons.Back];
  }
  let loaded: readonly Item<T>[] = [];
  const offer = (): void => {
    const typed = options.fromText?.(picker.value.trim());
    const nothing = picker.busy || loaded.length > 0 || typed ? [] : [nothingItem<T>(options.nothing)];
    picker.items = [...(typed ? [itemOf(typed, true)] : []), ...loaded, ...nothing];
  };
  try {
    return await new Promise<Picked<T>>((resolve, reject) => {
      picker.onDidAccept(() => {
        const [chosen] = picker.selectedItems;
        if (chosen && 'value' in chosen) resolve({ is: 'picked', value: chosen.value as T });
      });
      picker.onDidTriggerButton((button) => {
        if (button === vscode.QuickInputButtons.Back) resolve({ is: 'back' });
      });
      picker.onDidHide(() => reject(new CancelledError()));
      if (options.fromText) picker.onDidChangeValue(offer);
      picker.show();
      options.load(controller.signal).then((choices) => {
        loaded = grouped(choices);
        picker.busy = false;
        offer();
      }, reject);
    });
  } finally {
    controller.abort();
    picker.dispose();
  }
}

function grouped<T>(choices: readonly Choice<T>[]): readonly Item<T>[] {
  let group: string | undefined;
  return choices.flatMap((choice) => {
    const heading = choice.group !== group && choice.group !== undefined;
    group = choice.group;
    const item = itemOf(choice, false);
    if (!heading) return [item];
    return [{ label: iconless(choice.group ?? ''), kind: vscode.QuickPickItemKind.Separator }, item];
  });
}

function itemOf<T>(choice: Choice<T>, alwaysShow: boolean): Item<T> {
  const icon = choice.icon === undefined ? '' : `$(${choice.icon}) `;
  return {
    label: icon + iconless(choice.label),
    ...(choice.description !== undefined && { description: iconless(choice.description) }),
    ...(choice.detail !== undefined && { detail: iconless(choice.detail) }),
    alwaysShow,
    value: choice.value,
  };
}

/** Always shown, and without a value, so it cannot be chosen. */
function nothingItem<T>(label: string): Item<T> {
  return { label: iconless(label), alwaysShow: true };
}

/** {@link pickOne} where there is no step to go back to. */
export async function pick<T>(options: Omit<PickOptions<T>, 'step'>): Promise<T> {
  const picked = await pickOne(options);
  if (picked.is === 'back') throw new CancelledError();
  return picked.value;
}
