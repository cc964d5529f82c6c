import assert from 'node:assert/strict';
import { isExcluded, lintText, readConfigFile, rules } from '../../../src/rules/index.ts';

const said = (text: string): readonly string[] =>
  readConfigFile(text).problems.map(
    ({ range, message, remedy }) =>
      `${range.start.line + 1}:${range.start.character + 1} ${message} ${remedy}`,
  );

describe('the config file', () => {
  it('takes every setting by its name', () => {
    const { config, problems } = readConfigFile(
      'lint:\n  enabled: true\n  disabledRules: [unused-volume]\n  severity:\n    ssh-port: warning\n    dns-ndots: off\n  fields: on\n' +
        '  kubernetesVersion: "1.34"\n  nodePorts: 1-99\n  exclude: [charts/]\n  complete: true\n',
    );
    assert.deepEqual(problems, []);
    assert.deepEqual(config, {
      rules: { 'ssh-port': 'warning', 'dns-ndots': 'off', 'unused-volume': 'off' },
      cluster: { minorVersion: 34, nodePorts: { first: 1, last: 99 } },
      exclude: ['charts/'],
      enabled: true,
      complete: true,
      fields: 'on',
    });
  });

  it('switches on all opinions at once, and single ones off again', () => {
    const { config } = readConfigFile('lint:\n  opinions: true\n  severity: {ssh-port: "off"}\n');
    const opinions = rules.filter((rule) => rule.opinion === true);
    assert.ok(opinions.length > 10);
    for (const { code } of opinions) assert.equal(config.rules[code] === 'off', code === 'ssh-port', code);
    const ssh =
      'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  namespace: b\nspec:\n  containers: [{name: a, image: b, ports: [{containerPort: 22}]}]\n';
    const codes = lintText(ssh, { rules: config.rules }).map(({ code }) => code);
    assert.ok(codes.includes('dns-ndots') && !codes.includes('ssh-port'), codes.join());
  });

  it('says of each mistake where it is, and the way out', () => {
    assert.deepEqual(said('lint:\n  disabledRules:\n    - unused-volum\n'), [
      '3:7 There is no rule "unused-volum". Did you mean unused-volume?',
    ]);
    assert.deepEqual(said('lint:\n  severty: {}\n'), [
      '2:3 There is no setting "severty". Did you mean severity?',
    ]);
    assert.deepEqual(said('lnt:\n  enabled: true\n'), ['1:1 There is no section "lnt". Did you mean lint?']);
    assert.deepEqual(said('lint:\n  severity:\n    ssh-port: fatal\n'), [
      '3:5 The severity of ssh-port is not one. It takes error, warning, hint or off.',
    ]);
    assert.equal(said('lint:\n  kubernetesVersion: 1.36\n').length, 1);
    assert.equal(said('lint:\n  nodePorts: 30000\n').length, 1);
    assert.equal(said('lint: [\n').length, 1);
    assert.equal(said('- lint\n').length, 1);
  });

  it('is empty where the file is', () => {
    assert.deepEqual(readConfigFile('# nothing yet\n').problems, []);
    assert.deepEqual(readConfigFile('lint:\n').config.rules, {});
  });

  it('leaves out files as a .gitignore does', () => {
    for (const [pattern, file, expected] of [
      ['charts/', 'charts/a.yaml', true],
      ['charts/', 'deep/charts/b/a.yaml', true],
      ['charts', 'deep/charts/a.yaml', true],
      ['deep/charts', 'deep/charts/a.yaml', true],
      ['deep/charts', 'x/deep/charts/a.yaml', false],
      ['*.gen.yaml', 'a/b.gen.yaml', true],
      ['/top.yaml', 'top.yaml', true],
      ['charts/', 'charts.yaml', false],
      ['**/x/*.yaml', 'a/x/b.yaml', true],
    ] as const) {
      assert.equal(isExcluded(file, [pattern]), expected, `${pattern} ${file}`);
    }
  });
});
