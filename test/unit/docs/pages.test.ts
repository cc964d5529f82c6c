import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { commands, settings } from '../../../src/ui/host/ids.ts';

const root = path.join(import.meta.dirname, '../../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const pages = globSync(['*.md', 'docs/**/*.md', 'media/**/*.md', 'scripts/**/*.md'], { cwd: root });
const texts = JSON.parse(read('package.nls.json')) as Readonly<Record<string, string>>;
const titles = new Set(Object.keys(commands).map((name) => texts[`command.${name}.title`]));

/** The anchors of a page's headings, as GitHub and VS Code make them. */
function anchorsOf(page: string): ReadonlySet<string> {
  const headings = [...read(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading);
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\- ]/gu, '')
        .trim()
        .replaceAll(' ', '-'),
    ),
  );
}

/** Links and pictures of a page that lead to files of this repository; code is not read. */
function localLinks(page: string): readonly string[] {
  const prose = read(page)
    .replace(/^```[\s\S]*?^```/gm, '')
    .replace(/`[^`\n]*`(?!\])/g, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target));
}

describe('The pages of the documentation', () => {
  it('link to what there is', () => {
    const all = pages.flatMap((page) => localLinks(page).map((target) => ({ page, target })));
    assert.ok(all.length > 200, `only ${all.length} links were found`);
    for (const { page, target } of all) {
      const [file = '', anchor] = target.split('#');
      const meant = file === '' ? page : path.join(path.dirname(page), file);
      assert.ok(existsSync(path.join(root, meant)), `${page} links to ${target}`);
      if (anchor !== undefined) assert.ok(anchorsOf(meant).has(anchor), `${page} links to ${target}`);
    }
  });

  it('show every picture there is', () => {
    const shown = pages.flatMap((page) =>
      localLinks(page).map((target) => path.join(path.dirname(page), target)),
    );
    const unused = globSync('docs/images/*', { cwd: root }).filter((file) => !shown.includes(file));
    assert.deepEqual(unused, []);
  });

  it('name settings and commands that exist', () => {
    const own = ['podNetwork', ...Object.values(settings).map((name) => `podNetwork.${name}`)];
    const known = new Set<string>([...own, ...Object.values(commands), 'podNetwork.repair']);
    for (const page of pages) {
      for (const [name] of read(page).matchAll(/podNetwork(\.[A-Za-z]+)+/g)) {
        const isPart = own.some((setting) => setting.startsWith(`${name}.`));
        assert.ok(known.has(name) || isPart, `${page} names ${name}`);
      }
    }
  });

  it('call commands what the palette calls them', () => {
    const [, table = ''] = /^## Commands$([\s\S]*?)^## /m.exec(read('README.md')) ?? [];
    const listed = [...table.matchAll(/^\|[^|]+\| ([A-Z].+) \|$/gm)].flatMap(([, cell = '']) =>
      cell.split(', '),
    );
    assert.ok(listed.length > 30, `only ${listed.length} commands are listed`);
    const written = pages.flatMap((page) =>
      [...read(page).matchAll(/\*\*Pod Network: ([^*]+)\*\*/g)].map(([, title = '']) => title),
    );
    for (const title of [...listed, ...written]) assert.ok(titles.has(title), title);
  });

  it('list every setting in the README', () => {
    const [, table = ''] = /^## Settings$([\s\S]*?)^## /m.exec(read('README.md')) ?? [];
    const listed = [...table.matchAll(/^\| (`podNetwork\.[^|]+) \|[^|]+\|(.+)\|$/gm)].flatMap(
      ([, names = '', about = '']) => settingsOf(names, about),
    );
    assert.deepEqual(
      listed.sort(),
      Object.values(settings)
        .map((name) => `podNetwork.${name}`)
        .sort(),
    );
  });
});

/** What a row names: `podNetwork.a.b`, `.c` beside it, or `podNetwork.a.*` and the names in the text about it. */
function settingsOf(names: string, about: string): readonly string[] {
  const quoted = (text: string): readonly string[] =>
    [...text.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
  let group = '';
  return quoted(names).flatMap((name) => {
    const full = name.startsWith('.') ? group + name : name;
    group = full.slice(0, full.lastIndexOf('.'));
    return full.endsWith('.*') ? quoted(about).map((member) => `${group}.${member}`) : [full];
  });
}
