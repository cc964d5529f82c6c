import assert from 'node:assert/strict';
import { parse } from '../../../src/manifest/parse.ts';
import { applyEdits, type Finding } from '../../../src/rules/index.ts';
import { suppressionsOf } from '../../../src/rules/suppress.ts';
import { ignoreComment } from '../../../src/ui/editor/ignoreComment.ts';

const service = `# a demo
apiVersion: v1
kind: Service
metadata:
  name: s
spec:
  ports:
    - port: 80 # the web
      targetPort: http
`;
const two = `${service}---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: p\n`;

function findingAt(line: number, code = 'some-rule'): Finding {
  const start = { line, character: 2 };
  return {
    file: 'a.yaml',
    range: { start, end: start },
    severity: 'warning',
    code,
    message: '',
    fixes: [],
    related: [],
  };
}

function ignore(text: string, line: number, code?: string): string {
  return applyEdits(text, [ignoreComment(parse(text), findingAt(line, code))]);
}

describe('the comment that ignores a rule here', () => {
  const cases = [
    ['with LF', two],
    ['with CRLF', two.replaceAll('\n', '\r\n')],
  ] as const;
  for (const [name, text] of cases) {
    it(`silences exactly its own line, whichever that is, ${name}`, () => {
      const before = parse(text);
      const objects = before.objects.map((object) => object.toJson());
      for (let line = 0; line < before.lines.lineCount; line++) {
        if (/^\s*(#.*|---.*)?$/.test(before.lines.lineText(line))) continue;
        const after = parse(ignore(text, line));
        const suppressions = suppressionsOf(after);
        const silenced = Array.from({ length: after.lines.lineCount }, (_, at) => at).filter((at) =>
          suppressions.isIgnored('some-rule', at),
        );
        assert.deepEqual(
          silenced.map((at) => after.lines.lineText(at).replace(/ # podnet-ignore: some-rule$/, '')),
          [before.lines.lineText(line)],
        );
        assert.deepEqual(
          after.objects.map((object) => object.toJson()),
          objects,
        );
      }
    });
  }

  it('stands above the line, as far in', () => {
    const lines = ignore(service, 8).split('\n');
    assert.equal(lines[8], '      # podnet-ignore: some-rule');
  });

  it('joins a comment that is there', () => {
    const once = ignore(service, 8);
    const twice = ignore(once, 9, 'other-rule');
    assert.equal(twice.split('\n')[8], '      # podnet-ignore: some-rule, other-rule');
    assert.ok(suppressionsOf(parse(twice)).isIgnored('other-rule', 9));
  });
});
