import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  commands,
  contextKeys,
  reportScheme,
  settings,
  viewContainer,
  viewItems,
  views,
  viewStates,
} from '../../../src/ui/host/ids.ts';

const root = path.join(import.meta.dirname, '../../..');
const readJson = (file: string): unknown => JSON.parse(readFileSync(path.join(root, file), 'utf8'));

interface MenuItem {
  readonly command: string;
  readonly when?: string;
  readonly group?: string;
}
interface Manifest {
  readonly icon: string;
  readonly l10n: string;
  readonly activationEvents: readonly string[];
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] };
  };
  readonly contributes: {
    readonly viewsContainers: {
      readonly activitybar: readonly { readonly id: string; readonly icon: string }[];
    };
    readonly views: Readonly<Record<string, readonly { readonly id: string; readonly icon: string }[]>>;
    readonly viewsWelcome: readonly {
      readonly view: string;
      readonly contents: string;
      readonly when: string;
    }[];
    readonly commands: readonly {
      readonly command: string;
      readonly title: string;
      readonly category?: string;
      readonly icon?: string;
    }[];
    readonly walkthroughs: readonly {
      readonly id: string;
      readonly steps: readonly {
        readonly id: string;
        readonly media: { readonly markdown: string };
        readonly completionEvents: readonly string[];
      }[];
    }[];
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
    readonly configuration: readonly {
      readonly properties: Readonly<
        Record<
          string,
          { readonly scope?: string; readonly markdownDescription?: string; readonly default?: unknown }
        >
      >;
    }[];
  };
}

const manifest = readJson('package.json') as Manifest;
const texts = readJson('package.nls.json') as Readonly<Record<string, string>>;
const { contributes } = manifest;
const sources = globSync('src/{extension.ts,connect.ts,ui/**/*.ts}', { cwd: root }).map((file) => ({
  file,
  text: readFileSync(path.join(root, file), 'utf8'),
}));
const sorted = (values: Iterable<string>): string[] => [...values].sort();

describe('The manifest and the code', () => {
  it('name the same commands', () => {
    assert.deepEqual(
      sorted(contributes.commands.map(({ command }) => command)),
      sorted(Object.values(commands)),
    );
  });

  it('register every command once', () => {
    for (const name of Object.keys(commands)) {
      const uses = sources.filter(({ text }) =>
        new RegExp(`register\\(\\s*commands\\.${name}\\b`).test(text),
      );
      assert.equal(
        uses.length,
        1,
        `${name} is registered in ${uses.map(({ file }) => file).join(', ') || 'no file'}`,
      );
    }
  });

  it('name the same views in the same container', () => {
    assert.deepEqual(Object.keys(contributes.views), [viewContainer]);
    assert.deepEqual(
      contributes.viewsContainers.activitybar.map(({ id }) => id),
      [viewContainer],
    );
    assert.deepEqual(
      sorted(contributes.views[viewContainer]!.map(({ id }) => id)),
      sorted(Object.values(views)),
    );
  });

  it('name the same settings', () => {
    const named = contributes.configuration.flatMap(({ properties }) => Object.keys(properties));
    assert.deepEqual(sorted(named), sorted(Object.values(settings).map((name) => `podNetwork.${name}`)));
  });

  it('know the same context keys', () => {
    const known = new Set<string>([...Object.values(contextKeys), ...Object.values(views)]);
    for (const when of whens()) {
      for (const [key] of when.matchAll(/podNetwork\.\w+/g)) {
        assert.ok(known.has(key), `"${when}" reads ${key}, which nothing sets`);
      }
    }
  });

  it('have a welcome text for every state but the two that show something else', () => {
    const welcomed = contributes.viewsWelcome.flatMap(
      ({ when }) => /^podNetwork\.state == (\w+)$/.exec(when)?.[1] ?? [],
    );
    assert.deepEqual(
      sorted(welcomed),
      sorted(viewStates.filter((state) => state !== 'opening' && state !== 'tree')),
    );
  });

  it('use no word for a tree item that no item has', () => {
    const words = new Set<string>(Object.values(viewItems));
    for (const when of whens()) {
      const pattern = /viewItem =~ \/\^(.+)\$\//.exec(when)?.[1];
      if (pattern === undefined) {
        assert.ok(!when.includes('viewItem'), `"${when}" does not anchor its pattern`);
        continue;
      }
      assert.ok(
        [...words].some((word) => new RegExp(`^${pattern}$`).test(word)),
        `"${when}" fits no item`,
      );
    }
  });
});

describe('Commands in menus', () => {
  const palette = new Map(contributes.menus.commandPalette!.map(({ command, when }) => [command, when]));

  it('exist', () => {
    const known = new Set(contributes.commands.map(({ command }) => command));
    for (const [menu, items] of Object.entries(contributes.menus)) {
      for (const { command } of items) assert.ok(known.has(command), `${command} in ${menu}`);
    }
  });

  it('say for which view', () => {
    for (const menu of ['view/title', 'view/item/context']) {
      for (const { command, when = '' } of contributes.menus[menu]!) {
        assert.match(when, /^view == podNetwork\.(cluster|checks|forwards)\b/, `${command} in ${menu}`);
      }
    }
  });

  it('have an icon where they are drawn as one, and at most three of them a row', () => {
    const icons = new Map(contributes.commands.map(({ command, icon }) => [command, icon]));
    const rows = new Map<string, number>();
    for (const items of Object.values(contributes.menus)) {
      for (const { command, when, group = '' } of items) {
        if (!/^(inline|navigation)/.test(group)) continue;
        assert.ok(icons.get(command), `${command} has no icon`);
        rows.set(`${when} ${group.split('@')[0]}`, (rows.get(`${when} ${group.split('@')[0]}`) ?? 0) + 1);
      }
    }
    for (const [row, count] of rows) assert.ok(count <= 3, `${count} icons at ${row}`);
  });

  it('are grouped', () => {
    for (const { command, group } of contributes.menus['view/item/context']!) assert.ok(group, command);
  });

  it('are hidden from the palette where only a tree item makes sense of them', () => {
    for (const command of [commands.copyAddress, commands.cancelCheck, commands.removeCheck]) {
      assert.equal(palette.get(command), 'false', command);
    }
  });
});

describe('Texts', () => {
  it('stand in package.nls.json, and all of those are used', () => {
    const used = [...readFileSync(path.join(root, 'package.json'), 'utf8').matchAll(/"%([\w.]+)%"/g)].map(
      (m) => m[1]!,
    );
    assert.deepEqual(sorted(new Set(used)), sorted(Object.keys(texts)));
  });

  it('are named, not written, in the manifest', () => {
    for (const { title, category } of contributes.commands) {
      assert.match(title, /^%.+%$/);
      assert.match(category ?? '', /^%.+%$/);
    }
    for (const { contents } of contributes.viewsWelcome) assert.match(contents, /^%.+%$/);
  });

  it('link only to commands that exist', () => {
    const own = new Set<string>(Object.values(commands));
    for (const [key, text] of Object.entries(texts)) {
      for (const [, command] of text.matchAll(/command:([\w.]+)/g)) {
        const focus = Object.values(views).some((view) => command === `${view}.focus`);
        assert.ok(
          focus || own.has(command!) || command!.startsWith('workbench.'),
          `${key} links to ${command}`,
        );
      }
    }
  });

  it('offer one button in each welcome text', () => {
    for (const [key, text] of Object.entries(texts)) {
      // The Checks view has nothing to offer where there is no cluster: the view above it does.
      if (!key.startsWith('welcome.') || key === 'welcome.checksWithoutCluster') continue;
      const buttons = text.split('\n').filter((line) => /^\[[^\]]+\]\([^)]+\)$/.test(line));
      assert.equal(buttons.length, 1, key);
    }
  });
});

describe('Settings and files', () => {
  it('keep the kubeconfig from untrusted workspaces and from the settings of a workspace', () => {
    const { kubeconfig } = settings;
    assert.ok(
      manifest.capabilities.untrustedWorkspaces.restrictedConfigurations.includes(`podNetwork.${kubeconfig}`),
    );
    const all = Object.assign(
      {},
      ...contributes.configuration.map(({ properties }) => properties),
    ) as Manifest['contributes']['configuration'][number]['properties'];
    assert.equal(all[`podNetwork.${kubeconfig}`]!.scope, 'machine');
    for (const [name, setting] of Object.entries(all)) {
      assert.ok(setting.markdownDescription, `${name} has no Markdown description`);
      assert.ok('default' in setting, `${name} has no default`);
    }
  });

  it('have every file the manifest names', () => {
    const files = [
      manifest.icon,
      ...contributes.viewsContainers.activitybar.map(({ icon }) => icon),
      ...contributes.views[viewContainer]!.map(({ icon }) => icon),
    ];
    for (const file of files) assert.ok(existsSync(path.join(root, file)), file);
  });

  it('lead through the walkthrough, each step with its page and an event that ends it', () => {
    const [walkthrough] = contributes.walkthroughs;
    assert.ok(walkthrough);
    const { steps } = walkthrough;
    assert.deepEqual(
      steps.map(({ id }) => id),
      ['explore', 'test', 'explain', 'write', 'practise'],
    );
    const own = new Set<string>(Object.values(commands));
    const keys = new Set<string>(Object.values(contextKeys));
    for (const { id, media, completionEvents } of steps) {
      assert.ok(existsSync(path.join(root, media.markdown)), id);
      assert.ok(completionEvents.length > 0, id);
      for (const event of completionEvents) {
        const [, kind, name] = /^on(Command|Context):([\w.]+)/.exec(event) ?? [];
        assert.ok((kind === 'Command' ? own : keys).has(name ?? ''), event);
      }
      // The welcome text leads here.
      const link = encodeURIComponent(`pod-network-explorer.pod-network-explorer#${walkthrough.id}`);
      assert.ok(texts['welcome.noKubeconfig']?.includes(link));
    }
  });

  it('keep commands that need a cluster out of the palette while there is none', () => {
    const palette = new Map(contributes.menus.commandPalette!.map(({ command, when }) => [command, when]));
    for (const command of [commands.openTerminal, commands.copyIp, commands.testService, commands.search]) {
      assert.match(palette.get(command) ?? '', /^!\(podNetwork\.state =~ /, command);
    }
    // The ways to a cluster stay.
    for (const command of [commands.startLab, commands.startScenario, commands.selectContext]) {
      assert.equal(palette.get(command), undefined, command);
    }
  });

  it('call the reports what menus call them', () => {
    assert.ok(whens().includes(`resourceScheme == ${reportScheme}`));
    assert.ok(manifest.activationEvents.includes(`onFileSystem:${reportScheme}`));
  });
});

function whens(): string[] {
  return [
    ...Object.values(contributes.menus).flatMap((items) => items.map(({ when }) => when ?? '')),
    ...contributes.viewsWelcome.map(({ when }) => when),
  ];
}
