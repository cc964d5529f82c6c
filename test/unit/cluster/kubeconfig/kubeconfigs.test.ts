import assert from 'node:assert/strict';
import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Kubeconfigs } from '../../../../src/cluster/kubeconfig/kubeconfigs.ts';
import { useTemporaryFolder } from '../support/temporaryFolder.ts';

const good = `apiVersion: v1
kind: Config
current-context: lab
clusters:
- name: lab
  cluster: {server: "https://127.0.0.1:6443/"}
contexts:
- name: lab
  context: {cluster: lab, user: me, namespace: shop}
- name: anonymous
  context: {cluster: lab}
users:
- name: me
  user: {token: first}
`;

describe('Kubeconfigs', () => {
  const folder = useTemporaryFolder();
  const write = (name: string, text: string): string => {
    const file = path.join(folder.path, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  };
  const open = (env: Record<string, string>, file?: string): Kubeconfigs =>
    new Kubeconfigs({ environment: { env, homedir: folder.path }, debounceMs: 10, file });

  it('takes the explicit file, else all of KUBECONFIG, else the one of the home folder', () => {
    const env = { KUBECONFIG: ['/a', '', '/b', '/a'].join(path.delimiter) };
    assert.deepEqual(open(env, '~/mine').files, [path.join(folder.path, 'mine')]);
    assert.deepEqual(open(env).files, ['/a', '/b']);
    assert.deepEqual(open({ KUBECONFIG: '' }).files, [path.join(folder.path, '.kube', 'config')]);
  });

  it('says where it looked when there is none', async () => {
    const file = path.join(folder.path, '.kube', 'config');
    assert.deepEqual(await open({}).read(), { is: 'none', searched: [file] });
  });

  it('reads contexts with their server, user and namespace', async () => {
    const file = write('good', good);
    const common = { cluster: 'lab', server: 'https://127.0.0.1:6443', file };
    assert.deepEqual(await open({}, file).read(), {
      is: 'read',
      current: 'lab',
      contexts: [
        { name: 'lab', user: 'me', namespace: 'shop', ...common },
        { name: 'anonymous', user: '', namespace: 'default', ...common },
      ],
    });
  });

  it('merges several files: the first that names a thing wins, names cross files', async () => {
    const first = write('m1', 'contexts:\n- name: lab\n  context: {cluster: far, user: me}\n');
    const second = write(
      'm2',
      `${good.replaceAll('first', 'second')}- name: other\n  user: {token: t}\n`.replace(
        'clusters:\n',
        'clusters:\n- name: far\n  cluster: {server: "https://far.example"}\n',
      ),
    );
    const third = write('m3', 'current-context: late\nusers:\n- name: me\n  user: {token: third}\n');
    const configs = open({ KUBECONFIG: [first, second, third].join(path.delimiter) });
    const contexts = await configs.read();
    assert.equal(contexts.is === 'read' && contexts.current, 'lab');
    const resolved = await configs.resolve('lab');
    assert.equal(resolved.context.file, first);
    assert.equal(resolved.cluster.cluster.server, 'https://far.example');
    assert.equal(resolved.user?.user.token, 'second');
    assert.equal((await configs.resolve('anonymous')).user, undefined);
  });

  it('names file, line and remedy of broken YAML', async () => {
    const file = write('broken', 'clusters:\n- name: a\n  cluster: {server: "https://x"\ncontexts: []\n');
    const contexts = await open({}, file).read();
    assert.equal(contexts.is, 'broken');
    assert.equal(contexts.file, file);
    assert.match(contexts.message, /^Line [34]: This is not valid YAML/);
    assert.notEqual(contexts.remedy, '');
  });

  it('keeps what is usable beside broken entries and broken files, and lists the problems', async () => {
    const bad = write('bad', '\tno: yaml');
    const partly = write(
      'partly',
      good.replace(
        'contexts:\n',
        'contexts:\n- name: lost\n  context: {cluster: gone}\n- name: empty\n- context: {cluster: lab}\n',
      ),
    );
    const configs = open({
      KUBECONFIG: [bad, partly, path.join(folder.path, 'absent')].join(path.delimiter),
    });
    const contexts = await configs.read();
    assert.equal(contexts.is, 'read');
    assert.deepEqual(
      contexts.contexts.map((context) => context.name),
      ['lost', 'lab', 'anonymous'],
    );
    assert.deepEqual(
      (await configs.problems()).map(({ file, line, message }) => [
        path.basename(file),
        line,
        message.replace(/:.*|, which.*/, ''),
      ]),
      [
        ['bad', 1, 'This is not valid YAML'],
        ['partly', 10, 'contexts[1] ("empty") has no context.'],
        ['partly', 11, 'contexts[2] has no name.'],
        ['partly', undefined, 'The context "lost" names the cluster "gone"'],
      ],
    );
    await assert.rejects(configs.resolve('lost'), { code: 'unknown-cluster' });
    await assert.rejects(configs.resolve('nope'), (error: Error & { code: string; remedy: string }) => {
      assert.equal(error.code, 'unknown-context');
      assert.match(error.remedy, /lost, lab, anonymous/);
      return true;
    });
  });

  it('calls a file that is no kubeconfig broken, an empty one empty', async () => {
    assert.equal((await open({}, write('list', '- 1\n')).read()).is, 'broken');
    assert.equal((await open({}, write('folder/x', '')).read()).is, 'none');
    const asFolder = await open({}, path.join(folder.path, 'folder')).read();
    assert.equal(asFolder.is, 'broken');
  });

  it('reads what the library leaves out: token file, exec, as-groups', async () => {
    const file = write(
      'extras',
      `${good}- name: all
  user:
    tokenFile: secrets/token
    as: jane
    as-uid: "7"
    as-groups: [dev, ops]
    as-user-extra: {reason: [on call]}
    exec: {apiVersion: client.authentication.k8s.io/v1, command: ./bin/login, args: [a], installHint: get it, env: [{name: A, value: b}]}
`.replace('user: me,', 'user: all,'),
    );
    const { user } = await open({}, file).resolve('lab');
    assert.equal(user?.tokenFile, path.join(folder.path, 'secrets/token'));
    assert.deepEqual(user.impersonate, {
      user: 'jane',
      uid: '7',
      groups: ['dev', 'ops'],
      extra: new Map([['reason', ['on call']]]),
    });
    assert.deepEqual(user.exec, {
      command: path.join(folder.path, 'bin/login'),
      args: ['a'],
      env: [{ name: 'A', value: 'b' }],
      apiVersion: 'client.authentication.k8s.io/v1',
      installHint: 'get it',
      provideClusterInfo: false,
      interactiveMode: 'IfAvailable',
    });
  });

  describe('onDidChange', () => {
    /** Resolves with the number of calls once the event fired. */
    const nextChange = (configs: Kubeconfigs): Promise<void> =>
      new Promise((resolve) => {
        const subscription = configs.onDidChange(() => {
          subscription.dispose();
          resolve();
        });
      });
    const tokenOf = async (configs: Kubeconfigs): Promise<string | undefined> =>
      (await configs.resolve('lab')).user?.user.token;

    it('sees writes, atomic replaces and removal, and nothing of its neighbours', async () => {
      const file = write('live/config', good);
      const configs = open({}, file);
      let changes = 0;
      const subscription = configs.onDidChange(() => {
        changes += 1;
      });
      const change = nextChange(configs);
      write('live/neighbour', 'x');
      write('live/config', good.replace('first', 'second'));
      await change;
      assert.equal(changes, 1);
      assert.equal(await tokenOf(configs), 'second');
      for (const token of ['third', 'fourth']) {
        const replaced = nextChange(configs);
        renameSync(write('live/config.new', good.replace('first', token)), file);
        await replaced;
        assert.equal(await tokenOf(configs), token);
      }
      const removed = nextChange(configs);
      rmSync(file);
      await removed;
      assert.equal((await configs.read()).is, 'none');
      subscription.dispose();
      configs.dispose();
    });

    it('waits for a folder that does not exist yet, and follows links', async () => {
      const home = path.join(folder.path, 'newhome');
      mkdirSync(home);
      const configs = new Kubeconfigs({ environment: { env: {}, homedir: home }, debounceMs: 10 });
      const created = nextChange(configs);
      const file = write('newhome/.kube/config', good);
      await created;
      configs.dispose();
      const link = path.join(folder.path, 'link');
      symlinkSync(file, link);
      const linked = open({}, link);
      const changed = nextChange(linked);
      write('newhome/.kube/config', good.replace('first', 'linked'));
      await changed;
      assert.equal(await tokenOf(linked), 'linked');
      linked.dispose();
    });

    it('fires when another file is chosen', async () => {
      const configs = open({}, write('one', good));
      const changed = nextChange(configs);
      configs.setFile(write('two', good.replace('first', 'chosen')));
      await changed;
      assert.equal(await tokenOf(configs), 'chosen');
      configs.dispose();
    });
  });
});
