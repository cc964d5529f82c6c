import type { Locator, Page } from 'playwright-core';

/** The workbench as a person uses it: palette, quick picks, views, editors. */
export class Workbench {
  readonly page: Page;
  readonly #pictureFile: (name: string) => string;

  /** @param pictureFile where {@link picture} saves the one of that name */
  constructor(page: Page, pictureFile: (name: string) => string) {
    this.page = page;
    this.#pictureFile = pictureFile;
  }

  /** Waits until the workbench is drawn and its status bar stands. */
  async waitUntilReady(): Promise<void> {
    await this.page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 60_000 });
    await this.page.locator('.activitybar .action-label').first().waitFor({ timeout: 60_000 });
  }

  /** The open quick pick or input box. */
  get quickInput(): Locator {
    return this.page.locator('.quick-input-widget:visible');
  }

  /** Rows of the open quick pick. */
  get quickPickRows(): Locator {
    return this.quickInput.locator('.monaco-list-row');
  }

  /** Runs a command by the title that the palette shows, for example 'Pod Network: Refresh'. */
  async runCommand(title: string): Promise<void> {
    await this.page.keyboard.press('F1');
    await this.quickInput.locator('input').first().waitFor();
    await this.quickInput.locator('input').first().fill(`>${title}`);
    const row = this.quickPickRows.filter({ hasText: title }).first();
    await row.waitFor();
    await row.click();
  }

  /**
   * Answers VS Code's own dialog for saving.
   * @param proposed the file name it proposes: it fills that in a moment after it opens, over anything typed by then
   * @param file an absolute path
   */
  async saveAs(proposed: string, file: string): Promise<void> {
    const input = this.quickInput.locator('input[type="text"]').first();
    const holds = async (isRight: (value: string) => boolean): Promise<void> => {
      while (!isRight(await input.inputValue())) await this.page.waitForTimeout(50);
    };
    await holds((value) => value.endsWith(proposed));
    await input.fill(file);
    await holds((value) => value === file);
    await this.page.keyboard.press('Enter');
  }

  /** Picks the first row of the open quick pick that contains the text. */
  async pick(text: string): Promise<void> {
    const row = this.quickPickRows.filter({ hasText: text }).first();
    await row.waitFor();
    await row.click();
  }

  /** Opens a file of the workspace in an editor. */
  async openFile(name: string): Promise<void> {
    await this.page.keyboard.press('Control+P');
    await this.quickInput.locator('input').first().fill(name);
    await this.quickPickRows.filter({ hasText: name }).first().waitFor();
    await this.page.keyboard.press('Enter');
    await this.page.locator('.tabs-container .tab.active').filter({ hasText: name }).waitFor();
  }

  /** Shows a view container by the name its activity bar button has. */
  async openViewContainer(name: string): Promise<void> {
    const button = this.page
      .locator(`.activitybar [role="tab"]:has(.action-label[aria-label^="${name}"])`)
      .first();
    await button.waitFor();
    const isOpen = async (): Promise<boolean> =>
      (await button.getAttribute('aria-expanded')) === 'true' ||
      (await button.getAttribute('aria-selected')) === 'true';
    // After a reload VS Code opens the side bar as it was, and a click on what has just opened closes it again.
    for (let turn = 0; turn < 5 && !(await isOpen()); turn++) await this.page.waitForTimeout(200);
    // A badge may lie over the icon.
    if (!(await isOpen())) await button.locator('.action-label').first().click({ force: true });
  }

  /** Rows of all trees in the side bar, from top to bottom. */
  get treeRows(): Locator {
    return this.page.locator('.part.sidebar .monaco-list-row[role="treeitem"]');
  }

  /** The first tree row that contains the text. */
  treeRow(text: string | RegExp): Locator {
    return this.treeRows.filter({ hasText: text }).first();
  }

  /** Opens a tree row's children; does nothing when they are open. */
  async expand(text: string | RegExp): Promise<void> {
    const row = this.treeRow(text);
    await row.waitFor();
    if ((await row.getAttribute('aria-expanded')) === 'false')
      await row.locator('.monaco-tl-twistie').click();
  }

  /** Clicks an entry of a tree row's context menu. */
  async contextMenu(row: string | RegExp, entry: string): Promise<void> {
    // A hover of another row, left over from the last click, may lie over this one.
    await this.#moveAway();
    await this.treeRow(row).click({ button: 'right' });
    // The menu is drawn inside a shadow root; Playwright's selectors go through it.
    const item = this.page.locator('.monaco-menu .action-item', { hasText: entry }).first();
    await item.waitFor();
    // VS Code ignores clicks in the first 100 ms of a menu, so that the one that opened it chooses nothing.
    await this.page.waitForTimeout(200);
    await item.click();
  }

  /** Messages in the lower right corner. */
  get notifications(): Locator {
    return this.page.locator('.notifications-toasts .notification-list-item');
  }

  /** Moves the mouse to where nothing explains itself, and waits until what was explained is gone. */
  async #moveAway(): Promise<void> {
    await this.page.mouse.move(200, 5);
    await this.page.locator('.workbench-hover').first().waitFor({ state: 'hidden' });
  }

  /** Saves a picture of the window and returns its path. */
  async picture(name: string): Promise<string> {
    await this.#moveAway();
    const file = this.#pictureFile(name);
    await this.page.screenshot({ path: file, animations: 'disabled', caret: 'hide' });
    return file;
  }
}
