import assert from 'node:assert/strict';
import fc from 'fast-check';
import { absolute, FileSystem } from '../../../src/lab/runtime/fs/fileSystem.ts';
import { FileTree } from '../../../src/lab/runtime/fs/inode.ts';
import { blockContains, parseNumericHost } from '../../../src/lab/runtime/network/addresses.ts';
import { parseImage } from '../../../src/lab/runtime/images/reference.ts';
import { findImage } from '../../../src/lab/runtime/images/catalogue.ts';
import { splitFields } from '../../../src/lab/runtime/shell/builtins/input.ts';
import { formatPrintf } from '../../../src/lab/runtime/shell/printf.ts';
import { quote } from '../../../src/lab/runtime/shell/parameter.ts';
import { matchesPattern } from '../../../src/lab/runtime/shell/pattern.ts';
import type { KubeObject } from '../../../src/lab/runtime/types.ts';
import { World } from './world.ts';

/** What can be an argument: no NUL, and well-formed. */
const word = fc
  .string({ unit: 'binary', maxLength: 40 })
  .filter((text) => !text.includes('\0') && text.isWellFormed());

describe('lab properties', () => {
  describe('in a container', () => {
    const world = new World();
    let pod: KubeObject;
    before(async () => {
      pod = world.pod('p', { containers: [{ name: 'c', image: 'debian', command: ['sleep', '1000'] }] });
      await world.ready('p');
    });
    after(() => world.dispose());

    it('arguments arrive as they were given', () =>
      fc.assert(
        fc.asyncProperty(fc.array(word, { minLength: 1, maxLength: 4 }), async (words) => {
          const { stdout, exit } = await world.run(pod, ['printf', '%s|', ...words]);
          assert.equal(exit, 0);
          assert.equal(stdout, words.map((text) => `${text}|`).join(''));
        }),
        { numRuns: 60 },
      ));

    it('a quoted word is itself again, in bash and in sh', () =>
      fc.assert(
        fc.asyncProperty(word, fc.constantFrom('sh', 'bash'), async (text, shell) => {
          const { stdout } = await world.sh(pod, `printf '%s' ${quote(text)}`, { shell });
          assert.equal(stdout, text);
        }),
        { numRuns: 100 },
      ));

    it('no script, however broken, harms the lab', () => {
      const piece = fc.constantFrom(
        'if',
        'then',
        'fi',
        'do',
        'done',
        'while',
        'for',
        'in',
        'case',
        'esac',
        ';',
        ';;',
        '|',
        '||',
        '&',
        '&&',
        '(',
        ')',
        '{',
        '}',
        '<',
        '>',
        '<<',
        '$',
        '${',
        '$(',
        '`',
        '"',
        "'",
        '\\',
        '\n',
        ' ',
        'x=1',
        'echo',
        '[[',
        ']]',
        '((',
        '))',
        '!',
        '*',
        '#',
        '1',
      );
      return fc.assert(
        fc.asyncProperty(
          fc.array(piece, { maxLength: 12 }),
          fc.constantFrom('sh', 'bash'),
          async (pieces, shell) => {
            // A generated loop may be endless.
            const { exit } = await world.run(pod, ['timeout', '0.5', shell, '-c', pieces.join(' ')], {
              input: '',
            });
            assert.equal(typeof exit, 'number');
          },
        ),
        { numRuns: 150 },
      );
    }).timeout(60_000);
  });

  it('paths become absolute once and for all', () => {
    const path = fc.array(fc.constantFrom('a', 'b', '.', '..', '', 'c d')).map((parts) => parts.join('/'));
    fc.assert(
      fc.property(path, path, (cwd, relative) => {
        const full = absolute(`/${cwd}`, relative);
        assert.match(full, /^\//);
        assert.equal(absolute('/', full), full);
        assert.ok(!full.split('/').some((part) => part === '.' || part === '..'));
      }),
    );
  });

  it('files hold what was written, under every name and mount', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 6 }), (writes) => {
        const volume = new FileTree(1_000_000);
        const mount = (path: string): ConstructorParameters<typeof FileSystem>[1][number] => ({
          path,
          tree: volume,
          node: volume.root,
          readOnly: false,
        });
        const root = new FileTree(1_000_000);
        root.place('/a', root.directory());
        root.place('/b', root.directory());
        const files = new FileSystem(root, [mount('/a'), mount('/b')]);
        for (const bytes of writes) files.writeFile('/a/f', bytes, { truncate: false });
        if (writes.length === 0) return;
        files.hardLink('/a/f', '/b/g');
        files.rename('/a/f', '/b/h');
        const expected = Buffer.concat(writes);
        for (const name of ['/a/g', '/b/g', '/a/h']) assert.ok(expected.equals(files.readFile(name)));
      }),
    );
  });

  it('patterns without wildcards match themselves, and `*` matches all', () => {
    fc.assert(
      fc.property(word, (text) => {
        assert.equal(matchesPattern(text, [{ text, quoted: true }]), true);
        assert.equal(matchesPattern(text, [{ text: '*', quoted: false }]), true);
        assert.equal(matchesPattern(`${text}x`, [{ text, quoted: true }]), false);
      }),
    );
  });

  it('fields joined by a separator that is no blank are split again', () => {
    const field = fc.string({ maxLength: 8 }).filter((text) => !/[|\\\n]/.test(text));
    fc.assert(
      fc.property(fc.array(field, { minLength: 1, maxLength: 6 }), (fields) => {
        const split = splitFields(fields.join('|'), '|', fields.length);
        assert.deepEqual(
          fields.map((_, index) => split[index] ?? ''),
          fields,
        );
      }),
    );
  });

  it('printf prints strings and numbers as they are', () => {
    fc.assert(
      fc.property(word, fc.integer(), (text, number) => {
        assert.equal(formatPrintf('%s %d\\n', [text, String(number)]).text, `${text} ${number}\n`);
      }),
    );
  });

  it('addresses are read, and lie in their own blocks', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.integer({ min: 0, max: 32 }), (address, bits) => {
        assert.equal(parseNumericHost(address), address);
        assert.equal(blockContains(`${address}/${bits}`, address), true);
        assert.equal(blockContains(`${address}/33`, address), false);
      }),
    );
    assert.equal(parseNumericHost('127.1'), '127.0.0.1');
    assert.equal(parseNumericHost('0x7f000001'), '127.0.0.1');
    for (const name of ['localhost', '1.2.3.4.5', '256.1.1.1', ''])
      assert.equal(parseNumericHost(name), undefined, name);
  });

  it('image references are read, whatever they are', () => {
    fc.assert(
      fc.property(word, (text) => {
        const found = findImage(text);
        assert.ok('image' in found || found.message !== '');
      }),
    );
    assert.deepEqual(parseImage('nginx'), {
      registry: 'docker.io',
      repository: 'nginx',
      tag: 'latest',
      digest: undefined,
      canonical: 'docker.io/library/nginx:latest',
    });
    assert.equal(parseImage('localhost:5000/a/b:1')?.registry, 'localhost:5000');
    assert.equal(parseImage('a//b'), undefined);
  });
});
