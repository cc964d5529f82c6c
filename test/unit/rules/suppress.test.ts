import assert from 'node:assert/strict';
import { lintText } from '../../../src/rules/index.ts';

const codes = (text: string): readonly string[] => lintText(text).map((finding) => finding.code);
const head = 'apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  ports:\n';

describe('# podnet-ignore', () => {
  it('on the line, and on the line above', () => {
    assert.deepEqual(codes(`${head}    - port: 0\n`), ['service-port-number']);
    assert.deepEqual(codes(`${head}    - port: 0 # podnet-ignore: service-port-number for a test\n`), []);
    assert.deepEqual(
      codes(`${head}    # podnet-ignore: service-port-number for a test\n\n    - port: 0\n`),
      [],
    );
  });

  it('only for its code, and only for its line', () => {
    assert.deepEqual(codes(`${head}    - port: 0 # podnet-ignore: service-port-name x\n`), [
      'service-port-number',
    ]);
    const two = `${head}    - {name: a, port: 0} # podnet-ignore: service-port-number x\n    - {name: b, port: -1}\n`;
    assert.deepEqual(codes(two), ['service-port-number']);
  });

  it('several codes with commas', () => {
    const text = `${head}    - {port: 0, nodePort: 30000} # podnet-ignore: service-port-number, node-port-on-cluster-ip x\n`;
    assert.deepEqual(codes(text), []);
  });

  it('before everything else, for the whole document and no other', () => {
    const one = `${head}    - port: 0\n`;
    const other = one.replace('name: web', 'name: shop');
    const text = `# podnet-ignore: service-port-number generated\n${one}---\n${other}`;
    assert.deepEqual(
      lintText(text).map((finding) => finding.range.start.line),
      [15],
    );
    assert.deepEqual(codes(`---\n# podnet-ignore: service-port-number generated\n${one}`), []);
  });
});

describe('settings', () => {
  it('switch a rule off, or change its severity', () => {
    const text = `${head}    - port: 0\n`;
    assert.deepEqual(lintText(text, { rules: { 'service-port-number': 'off' } }), []);
    assert.equal(lintText(text, { rules: { 'service-port-number': 'hint' } })[0]?.severity, 'hint');
    assert.deepEqual(
      lintText(`${text}x: --> y\n`, {
        rules: { 'lesson-arrow': 'off', 'unknown-field': 'off', 'service-port-number': 'off' },
      }),
      [],
    );
  });
});
