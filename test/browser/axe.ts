// What axe-core, the field's engine for accessibility rules, finds wrong with a panel's page; and VS Code's themes.
import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import axe from 'axe-core';
import type { FrameLocator, Page } from 'playwright-core';
import type { RunningWorkbench } from './harness.ts';

/** A light, a dark and both high-contrast themes, with the class that VS Code gives to a panel's body. */
export const themes = {
  'Default Light Modern': 'vscode-light',
  'Default Dark Modern': 'vscode-dark',
  'Default High Contrast': 'vscode-high-contrast',
  'Default High Contrast Light': 'vscode-high-contrast-light',
} as const;

/** The page of the panel in front. */
export function panelPage(page: Page): FrameLocator {
  return page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
}

/** Changes the workspace's theme, and waits until the panel in front has it. */
export async function useTheme(
  { page, workspace }: RunningWorkbench,
  theme: keyof typeof themes,
): Promise<void> {
  const folder = path.join(workspace, '.vscode');
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'settings.json'), JSON.stringify({ 'workbench.colorTheme': theme }));
  await panelPage(page).locator(`body.${themes[theme]}`).waitFor();
}

/** Rules of the panel's page that are broken, a text each; the page has at least one element that was looked at. */
export async function violations(page: Page): Promise<readonly string[]> {
  const handle = await page.frameLocator('iframe.webview.ready').locator('#active-frame').elementHandle();
  const frame = await handle.contentFrame();
  assert.ok(frame, 'no panel is in front');
  await frame.evaluate(axe.source);
  const tags = JSON.stringify(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']);
  const result: Pick<axe.AxeResults, 'violations' | 'passes'> = await frame.evaluate(
    `axe.run(document, { runOnly: ${tags}, resultTypes: ['violations', 'passes'] })`,
  );
  assert.ok(result.passes.length > 10, 'axe saw next to nothing');
  return result.violations.map(
    ({ id, impact, nodes }) =>
      `${impact ?? ''} ${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary ?? ''}`).join(' | ')}`,
  );
}
