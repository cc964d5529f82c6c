import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/event.ts';
import { languageModelTools } from '../host/ids.ts';
import type { Tool, ToolParts } from './tool.ts';

/** How each tool is loaded, by its name: nothing of it before a model first asks. */
function loaders(parts: ToolParts): Readonly<Record<keyof typeof languageModelTools, () => Promise<Tool>>> {
  return {
    list: async () => (await import('./listTool.ts')).listTool(parts),
    check: async () => (await import('./checkTool.ts')).checkTool(parts),
    trace: async () => (await import('./traceTool.ts')).traceTool(parts),
    lint: async () => (await import('./lintTool.ts')).lintTool(),
  };
}

/** Registers the tools with which a language model in the editor can list, check, trace and lint. */
export function registerLanguageModelTools(parts: ToolParts): Disposable {
  const store = new DisposableStore();
  const load = loaders(parts);
  for (const key of Object.keys(load) as (keyof typeof load)[]) {
    const made = async (): Promise<vscode.LanguageModelTool<unknown>> => {
      const [{ asLanguageModelTool }, tool] = await Promise.all([import('./tool.ts'), load[key]()]);
      return asLanguageModelTool(tool, parts.log);
    };
    store.add(
      vscode.lm.registerTool(languageModelTools[key], {
        prepareInvocation: async (options, token) => (await made()).prepareInvocation?.(options, token),
        invoke: async (options, token) => (await made()).invoke(options, token),
      }),
    );
  }
  return store;
}
