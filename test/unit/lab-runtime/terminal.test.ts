import assert from 'node:assert/strict';
import type { ExecSession, KubeObject } from '../../../src/lab/runtime/types.ts';
import { World } from './world.ts';

/** Somebody at a terminal: types, and waits for what appears on the screen. */
class Screen {
  private shown = '';
  private readonly session: ExecSession;
  private readonly pumping: Promise<void>;
  private wake: (() => void) | undefined;
  private ended = false;

  constructor(session: ExecSession) {
    this.session = session;
    this.pumping = this.pump();
  }

  type(text: string): void {
    this.session.writeStdin(Buffer.from(text));
  }

  /** Waits until the screen ends with the text and returns what was written since the last call. */
  async until(end: string): Promise<string> {
    while (!this.shown.endsWith(end)) {
      if (this.ended) throw new Error(`the session ended with ${JSON.stringify(this.shown)}`);
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
    const { shown } = this;
    this.shown = '';
    return shown;
  }

  async exit(): Promise<{ exitCode: number } | { notStarted: string }> {
    await this.pumping;
    return this.session.exited;
  }

  private async pump(): Promise<void> {
    for await (const chunk of this.session.stdout) {
      this.shown += Buffer.from(chunk).toString();
      this.wake?.();
    }
    this.ended = true;
    this.wake?.();
  }
}

const prompt = 'root@testipod:/# ';

describe('lab terminal', () => {
  const world = new World();
  let pod: KubeObject;
  before(async () => {
    pod = world.pod('testipod', {
      containers: [{ name: 'c00', image: 'ubuntu', command: ['sleep', '1000'] }],
    });
    await world.ready('testipod');
  });
  after(() => world.dispose());

  async function shell(command = ['/bin/bash']): Promise<Screen> {
    const screen = new Screen(world.start(pod, command, { tty: true }));
    await screen.until(command[0] === '/bin/bash' ? prompt : '# ');
    return screen;
  }

  it('prompts, echoes, runs and ends with the exit code', async () => {
    const screen = await shell();
    screen.type('echo hi\r');
    assert.equal(await screen.until(prompt), `echo hi\r\nhi\r\n${prompt}`);
    screen.type('cd tmp\r');
    assert.match(await screen.until('root@testipod:/tmp# '), /cd tmp\r\n/);
    screen.type('false\r');
    await screen.until('/tmp# ');
    screen.type('echo $?; nosuch\r');
    assert.equal(
      await screen.until('/tmp# '),
      'echo $?; nosuch\r\n1\r\nbash: nosuch: command not found\r\nroot@testipod:/tmp# '.replace(
        'bash:',
        '/bin/bash:',
      ),
    );
    screen.type('exit 5\r');
    assert.deepEqual(await screen.exit(), { exitCode: 5 });
  });

  it('erases, moves the cursor and recalls lines', async () => {
    const screen = await shell();
    screen.type('echo abX\u007fc\r');
    assert.match(await screen.until(prompt), /\r\nabc\r\n/);
    screen.type('echo 13\u001b[D2\r');
    assert.match(await screen.until(prompt), /\r\n123\r\n/);
    screen.type('\u001b[A\u001b[A\r');
    assert.match(await screen.until(prompt), /\r\nabc\r\n/);
    screen.type('echo lost\u0015echo kept\r');
    assert.match(await screen.until(prompt), /\r\nkept\r\n/);
    screen.type('exit\r');
    await screen.exit();
  });

  it('completes commands and paths', async () => {
    const screen = await shell();
    screen.type('cat /etc/hostn\t\r');
    assert.match(await screen.until(prompt), /\r\ntestipod\r\n/);
    screen.type('whoa\t\r');
    assert.match(await screen.until(prompt), /\r\nroot\r\n/);
    screen.type('ls /etc/host\t\t');
    await screen.until('hostname  hosts\r\n\r' + prompt + 'ls /etc/host\u001b[K');
    screen.type('\u0003');
    await screen.until(prompt);
    screen.type('exit 0\r');
    await screen.exit();
  });

  it('asks for more while a command is incomplete', async () => {
    const screen = await shell();
    screen.type('for i in 1 2; do\r');
    await screen.until('> ');
    screen.type('echo n$i\r');
    await screen.until('> ');
    screen.type('done\r');
    assert.match(await screen.until(prompt), /\r\nn1\r\nn2\r\n/);
    screen.type('cat <<E\r');
    await screen.until('> ');
    screen.type('text\r');
    await screen.until('> ');
    screen.type('E\r');
    assert.match(await screen.until(prompt), /\r\ntext\r\n/);
    screen.type('exit\r');
    await screen.exit();
  });

  it('stops a running program and a running loop with Ctrl-C, and the shell goes on', async () => {
    const screen = await shell();
    screen.type('sleep 1000\r');
    await screen.until('sleep 1000\r\n');
    await new Promise((resolve) => setTimeout(resolve, 50));
    screen.type('\u0003');
    await screen.until(prompt);
    screen.type('echo $?\r');
    assert.match(await screen.until(prompt), /\r\n130\r\n/);
    screen.type('while true; do :; done\r');
    await screen.until('done\r\n');
    await new Promise((resolve) => setTimeout(resolve, 50));
    screen.type('\u0003');
    await screen.until(prompt);
    screen.type('half a line\u0003');
    await screen.until(prompt);
    screen.type('exit\r');
    // bash ends with the status of what was interrupted last.
    assert.deepEqual(await screen.exit(), { exitCode: 130 });
  });

  it('gives typed lines to programs, Ctrl-D being their end', async () => {
    const screen = await shell();
    screen.type('cat > /tmp/note\r');
    await screen.until('note\r\n');
    await new Promise((resolve) => setTimeout(resolve, 50));
    screen.type('first\rsecX\u007fond\r\u0004');
    await screen.until(prompt);
    screen.type('cat /tmp/note; tty; [ -t 0 ] && echo terminal\r');
    assert.match(await screen.until(prompt), /\r\nfirst\r\nsecond\r\n\/dev\/pts\/0\r\nterminal\r\n/);
    screen.type('\u0004');
    assert.deepEqual(await screen.exit(), { exitCode: 0 });
  });

  it('runs a single command on a terminal without a shell', async () => {
    const screen = new Screen(world.start(pod, ['echo', 'a'], { tty: true }));
    await screen.until('a\r\n');
    assert.deepEqual(await screen.exit(), { exitCode: 0 });
  });

  it('starts sh as Debian does, and a shell within a shell', async () => {
    const screen = await shell(['sh']);
    screen.type('echo $0\r');
    assert.match(await screen.until('# '), /\r\nsh\r\n/);
    screen.type('bash\r');
    await screen.until(prompt);
    screen.type('exit\r');
    await screen.until('# ');
    screen.type('exit\r');
    assert.deepEqual(await screen.exit(), { exitCode: 0 });
  });

  it('attaches to a shell that is the main process, as after `kubectl run -it`', async () => {
    const spec = {
      name: 'curl',
      image: 'curlimages/curl',
      args: ['sh'],
      stdin: true,
      stdinOnce: true,
      tty: true,
    };
    const attached = world.pod('curl', { restartPolicy: 'Never', containers: [spec] });
    await world.ready('curl');
    const session = world.runtime.attach?.({ podUid: attached.metadata.uid, container: 'curl', stdin: true });
    assert.ok(session);
    const screen = new Screen(session);
    // As kubectl says: "If you don't see a command prompt, try pressing enter."
    screen.type('\rid -un\r');
    await screen.until('\r\ncurl_user\r\n~ $ ');
    session.kill();
    await screen.exit();
    assert.equal((await world.until('curl', () => true)).ready, true);
    const again = world.runtime.attach?.({ podUid: attached.metadata.uid, container: 'curl', stdin: true });
    assert.ok(again);
    const second = new Screen(again);
    second.type('exit 4\r');
    assert.deepEqual(await second.exit(), { exitCode: 4 });
    const ended = await world.until('curl', ({ state }) => 'terminated' in state);
    assert.ok('terminated' in ended.state);
    assert.equal(ended.state.terminated.exitCode, 4);
    assert.equal(
      world.runtime.attach?.({ podUid: pod.metadata.uid, container: 'c00', stdin: true }),
      undefined,
    );
  });

  it('installs curl as the lesson does, and asks as apt does', async () => {
    await world.dns();
    const lesson = world.pod('lesson', {
      containers: [
        { name: 'c00', image: 'ubuntu', command: ['sleep', '1000'] },
        { name: 'c01', image: 'httpd' },
      ],
    });
    await world.ready('lesson', 'c01');
    const screen = new Screen(world.start(lesson, ['/bin/bash'], { tty: true }));
    await screen.until('root@lesson:/# ');
    screen.type('curl localhost:80\r');
    assert.match(await screen.until('# '), /curl: command not found/);
    screen.type('apt install curl\r');
    assert.match(await screen.until('# '), /E: Unable to locate package curl/);
    screen.type('apt update && apt install curl\r');
    await screen.until('[Y/n] ');
    screen.type('y\r');
    assert.match(await screen.until('root@lesson:/# '), /Setting up curl/);
    screen.type('curl localhost:80\r');
    assert.match(await screen.until('root@lesson:/# '), /<h1>It works!<\/h1>/);
    screen.type('exit\r');
    await screen.exit();
  });
});
