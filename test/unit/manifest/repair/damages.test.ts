import assert from 'node:assert/strict';
import { repairText } from '../../../../src/manifest/repair/repair.ts';

const pod = (containers: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  containers:\n${containers}`;
const plain = pod('    - name: c\n      image: nginx\n');
const flat = 'apiVersion: v1\nkind: Pod\nmetadata:\nname: a\nspec:\ncontainers:\n- name: c\nimage: nginx\n';

/** What the text becomes, without remarks about where. */
function repaired(text: string): string {
  const done = repairText(text);
  assert.equal(done.status, 'repaired', JSON.stringify(done.unplaced));
  assert.ok(done.changes.length > 0);
  assert.equal(repairText(done.text).text, done.text, 'what was repaired is sound');
  return done.text;
}

describe('what copying does to a manifest', () => {
  it('prompts', () => {
    const text = plain.replace(/^/gm, '> ').replace(/> $/, '');
    assert.equal(repaired(text), plain);
    assert.equal(repaired(flat.replace(/^(?=.)/gm, '$ ')), plain);
    assert.equal(repaired(flat.replace(/^(?=.)/gm, '# ')), plain);
    assert.equal(
      repaired(`$ cat <<EOF | kubectl apply -f -\n${plain.replace(/^(?=.)/gm, '> ')}> EOF\n`),
      `# $ cat <<EOF | kubectl apply -f -\n${plain}# EOF\n`,
    );
  });

  it('line numbers before the lines, and in a column of their own', () => {
    const numbered = (separator: string, text: string): string =>
      text.replace(/^(?=.)/gm, () => `${String((line += 1))}${separator}`);
    let line = 0;
    assert.equal(repaired(numbered(' ', plain)), plain);
    line = 7;
    assert.equal(repaired(numbered('. ', flat)), plain);
    line = 0;
    assert.equal(repaired(numbered('\t', flat)), plain);
    assert.equal(repaired(`1\n2\n3\n4\n5\n6\n7\n8\n${flat}`), plain);
  });

  it('line numbers with a bar, and the plus signs of a change', () => {
    let line = 0;
    const barred = (text: string): string =>
      text.replace(/^(?=.)/gm, () => `${String((line += 1)).padStart(3)} | `);
    assert.equal(repaired(barred(plain)), plain);
    line = 0;
    assert.equal(repaired(barred(flat)), plain);
    assert.equal(repaired(plain.replace(/^(?=.)/gm, '+')), plain);
  });

  it('blanks before colons and none behind them, but not in a text of several lines', () => {
    assert.equal(repaired(flat.replaceAll(': ', ' : ')), plain);
    assert.equal(repaired(flat.replace('kind: ', 'kind:').replace('name: ', 'name:')), plain);
    const config = 'apiVersion: v1\nkind : ConfigMap\nmetadata:\nname: a\ndata:\na: |\n  x : y\n';
    assert.match(repairText(config).text, /x : y/);
  });

  it('blanks that became non-breaking ones in quotes, too', () => {
    const command = plain.replace('image: nginx\n', 'image: nginx\n      args: ["a b"]\n');
    assert.equal(repaired(command.replaceAll(' ', '\u00a0')), command);
    const one = command.replace('"a b"', '"a\u00a0b"');
    assert.equal(repairText(one).text, one, "a single one in a text is the author's");
  });

  it('code fences and the text around them', () => {
    const text = `Here it is:\n\n\`\`\`yaml\n${flat}\`\`\`\nCopy\nAnd that is all.\n`;
    assert.equal(repaired(text), `# Here it is:\n${plain}# Copy\n# And that is all.\n`);
  });

  it('typographic quotes and dashes, but not within a text', () => {
    const text =
      'apiVersion: v1\nkind: Pod\nmetadata:\n  name: “a”\nspec:\n  containers:\n  – name: ‘c’\n    image: nginx\n    command: [“sh”, “-c”, “echo it’s”]\n';
    assert.equal(
      repaired(text),
      `apiVersion: v1\nkind: Pod\nmetadata:\n  name: "a"\nspec:\n  containers:\n  - name: 'c'\n    image: nginx\n    command: ["sh", "-c", "echo it’s"]\n`,
    );
  });

  it('tabs, non-breaking blanks and characters that show nothing', () => {
    assert.equal(repaired(plain.replace(/^( +)/gm, (blanks) => '\t'.repeat(blanks.length / 2))), plain);
    assert.equal(repaired(plain.replaceAll(' ', '\u00a0')), plain);
    assert.equal(repaired(flat.replace('nginx', '\u200bnginx\ufeff')), plain);
  });

  it('notes behind arrows', () => {
    assert.equal(
      repaired(
        flat.replace('containers:', 'containers: ---> what runs').replace('nginx', 'nginx → the image'),
      ),
      plain.replace('containers:', 'containers: # what runs').replace('nginx', 'nginx # the image'),
    );
  });

  it('comments stay, each before the line that it stood before', () => {
    const text = flat
      .replace('name: a', '# its name\nname: a # a')
      .replace('- name: c', '# the one\n- name: c');
    assert.equal(
      repaired(`# a pod\n${text}`),
      `# a pod\n${plain.replace('  name: a', '  # its name\n  name: a # a').replace('    - name: c', '    # the one\n    - name: c')}`,
    );
  });

  it('documents without and with separators', () => {
    const namespace = 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: b\n';
    assert.equal(
      repaired(`${flat}apiVersion: v1\nkind: Namespace\nmetadata:\nname: b\n`),
      `${plain}---\n${namespace}`,
    );
    const joined = (flat + '---\n' + namespace).replace(/\s+/g, ' ');
    assert.equal(repaired(joined), `${plain}---\n${namespace}`.trimEnd());
  });

  it('lost list markers', () => {
    const text = flat.replace('- ', '') + 'ports:\ncontainerPort: 80\nname: d\nimage: httpd\n';
    assert.equal(
      repaired(text),
      `${plain}      ports:\n        - containerPort: 80\n    - name: d\n      image: httpd\n`,
    );
  });

  it('objects in a List', () => {
    const text =
      'apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\nkind: Namespace\nmetadata:\nname: a\n- apiVersion: v1\nkind: Service\nmetadata:\nname: s\nspec:\nports:\n- port: 80\n';
    assert.equal(
      repaired(text),
      'apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: Namespace\n    metadata:\n      name: a\n  - apiVersion: v1\n    kind: Service\n    metadata:\n      name: s\n    spec:\n      ports:\n        - port: 80\n',
    );
  });

  it('scripts and files in a ConfigMap, with the word to check them', () => {
    const text =
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\nname: a\ndata:\nrun.sh: |\n#!/bin/sh\n\necho hi: there\napp.conf: |-\na=b\n';
    assert.equal(
      repaired(text),
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  run.sh: |\n    #!/bin/sh\n\n    echo hi: there\n  app.conf: |-\n    a=b\n',
    );
    const notes = repairText(text).notes.map(({ message }) => message);
    assert.equal(notes.filter((message) => message.includes('lost its indentation')).length, 2);
  });

  it('a value that YAML cannot take as it stands gets quotes', () => {
    const text =
      'apiVersion: batch/v1 kind: CronJob metadata: name: h spec: schedule: */5 * * * * jobTemplate: spec: template: spec: containers: - name: h image: busybox restartPolicy: OnFailure';
    const done = repaired(text);
    assert.match(done, /^ {2}schedule: "\*\/5 \* \* \* \*"$/m);
    assert.match(done, /^ {10}restartPolicy: OnFailure$/m);
  });

  it('line breaks stay as they were, and so does a missing one at the end', () => {
    assert.equal(repaired(flat.replaceAll('\n', '\r\n')), plain.replaceAll('\n', '\r\n'));
    assert.equal(repaired(flat.trimEnd()), plain.trimEnd());
  });

  it('only the damaged document of several is touched', () => {
    const odd = 'apiVersion: v1\nkind:   Namespace   # kept\nmetadata: {name: z}\n';
    const other = 'a:   1\n# not ours\n';
    assert.equal(
      repaired(`${odd}---\n${flat}---\n${other}---\n${odd}`),
      `${odd}---\n${plain}---\n${other}---\n${odd}`,
    );
  });
});

describe('what repair does not know', () => {
  it('is kept as a comment and named', () => {
    const done = repairText(flat.replace('image: nginx', 'image: nginx\nfoobar: 3'));
    assert.equal(done.status, 'partial');
    assert.match(done.text, /^\s*# foobar: 3$/m);
    assert.equal(done.unplaced.length, 1);
    assert.equal(done.unplaced[0]?.line, 8);
    assert.match(done.unplaced[0].message, /foobar: 3/);
  });

  it('is not guessed for kinds whose fields are not known', () => {
    const text = flat.replace('apiVersion: v1', 'apiVersion: example.com/v1').replace('Pod', 'Widget');
    const done = repairText(text);
    assert.equal(done.text, text);
    assert.equal(done.status, 'partial');
    assert.match(done.unplaced[0]?.message ?? '', /"Widget"/);
    // Characters can be repaired without knowing the fields.
    const tabs = 'apiVersion: example.com/v1\nkind: Widget\nmetadata:\n\tname: a\n';
    assert.equal(repaired(tabs), tabs.replace('\t', '  '));
  });

  it('is offered, where a text can be read in two ways', () => {
    const text =
      'apiVersion: v1\nkind: Pod\nmetadata:\nname: a\nspec:\ncontainers:\n- name: c\nimage: nginx\nsecurityContext:\nrunAsUser: 1000\n';
    const done = repairText(text);
    assert.match(done.text, /^ {6}securityContext:$/m);
    const [other] = done.alternatives;
    assert.match(other?.text ?? '', /^ {2}securityContext:$/m);
    assert.match(
      other?.title ?? '',
      /spec\.securityContext instead of spec\.containers\[0\]\.securityContext/,
    );
  });

  it('is left alone: templates, kustomizations, other YAML, single unknown fields', () => {
    const template = flat.replace('name: a', 'name: {{ .Values.name }}');
    assert.equal(repairText(template).status, 'unreadable');
    assert.equal(repairText(template).text, template);
    assert.equal(repairText('resources:\n- a.yaml\n', { file: 'x/kustomization.yaml' }).status, 'unreadable');
    for (const text of ['a: 1\nb:\n- c\n', '', '# nothing\n', `${plain}volumemounts: []\n`]) {
      assert.equal(repairText(text).text, text);
      assert.equal(repairText(text).status, 'sound');
    }
    const glued = 'kind: PodapiVersion: v1metadata:name: pspec:containers:- name: c';
    assert.equal(repairText(glued).text, glued);
    assert.equal(repairText(glued).status, 'partial');
  });
});
