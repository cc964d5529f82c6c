import { randomBytes } from 'node:crypto';
import { FileSystem, type Credentials, type Mount } from '../fs/fileSystem.ts';
import { FileTree } from '../fs/inode.ts';
import { procMount } from '../fs/procFiles.ts';
import { findImage } from '../images/catalogue.ts';
import type { Image } from '../images/image.ts';
import type { Container as ContainerSpec, Pod } from '../kube.ts';
import type { NetworkStack } from '../network/stack.ts';
import type { DescriptorTable } from '../system/descriptors.ts';
import { SystemError } from '../system/errors.ts';
import { readExecutable, which } from '../system/executable.ts';
import type { CpuShare } from '../system/cpuShare.ts';
import type { Kernel, Program, Userland } from '../system/kernel.ts';
import { Process, signalGroup } from '../system/process.ts';
import { containerEnvironment, ConfigurationError, substitute } from './environment.ts';
import { hostnameOf, type PodEtcFiles } from './etcFiles.ts';
import { ContainerLog } from './logs.ts';
import { MainStreams } from './mainStreams.ts';
import type { PodVolumes } from './volumes.ts';
import type { ClusterView, ExecSession } from '../types.ts';

/** The writable layer of a container. */
const layerBytes = 64 * 1_048_576;

/** What a container needs of its pod and of the lab. */
export interface ContainerWorld {
  readonly view: ClusterView;
  readonly network: NetworkStack;
  readonly volumes: PodVolumes;
  readonly etc: PodEtcFiles;
  readonly programs: ReadonlyMap<string, Program>;
  readonly cpu: CpuShare;
}

/** Why a container could not be started, in the words of the container status. */
export class StartError extends Error {
  override readonly name = 'StartError';
  readonly reason:
    | 'CreateContainerConfigError'
    | 'CreateContainerError'
    | 'RunContainerError'
    | 'InvalidImageName'
    | 'ErrImagePull';

  constructor(reason: StartError['reason'], message: string) {
    super(message);
    this.reason = reason;
  }
}

interface ContainerParts {
  readonly kernel: Kernel;
  readonly main: Process;
  readonly log: ContainerLog;
  readonly environment: ReadonlyMap<string, string>;
  readonly workingDirectory: string;
  readonly who: Credentials;
  /** Where clients attach; only a container with `stdin: true` has it. */
  readonly streams: MainStreams | undefined;
}

/** One run of a container: its files, its processes, its log. A restart makes a new one. */
export class RunningContainer {
  readonly id = randomBytes(32).toString('hex');
  readonly kernel: Kernel;
  readonly main: Process;
  readonly log: ContainerLog;
  readonly startedAt = new Date();
  readonly who: Credentials;
  private readonly parts: ContainerParts;

  private constructor(parts: ContainerParts) {
    this.parts = parts;
    this.kernel = parts.kernel;
    this.main = parts.main;
    this.log = parts.log;
    this.who = parts.who;
    void this.main.exited.then(() => {
      this.killAll();
      this.log.close();
    });
  }

  /** Makes the container and starts its main process. @throws StartError */
  static start(world: ContainerWorld, pod: Pod, spec: ContainerSpec): RunningContainer {
    const { image, alpineTag } = imageOf(spec);
    const who = userOf(pod, spec, image);
    const root = new FileTree(layerBytes);
    image.fill(root, alpineTag);
    let environment: Map<string, string>;
    let mounts: Mount[];
    try {
      environment = new Map([
        ...Object.entries(image.environment),
        ...containerEnvironment(world.view, pod, spec, hostnameOf(pod)),
      ]);
      mounts = world.volumes.mountsOf(pod, spec, root, environment);
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      throw new StartError('CreateContainerConfigError', error.message);
    }
    for (const mount of world.etc.mounts) root.place(mount.path, root.file(''));
    const userland = alpineTag ? 'alpine' : image.userland;
    const kernel = makeKernel(world, pod, userland, spec, root, mounts);
    environment.set('HOME', environment.get('HOME') ?? homeOf(kernel, who.uid));
    const workingDirectory = spec.workingDir ?? image.workingDirectory;
    kernel.files.makeDirectory(workingDirectory, true);
    const argv = argvOf(image, spec, environment);
    const log = new ContainerLog();
    const { stdin = false, stdinOnce = false, tty = false } = spec;
    const streams = new MainStreams(log, { stdin, stdinOnce, tty }, (group, name) =>
      signalGroup(kernel, group, name),
    );
    if (tty) environment.set('TERM', environment.get('TERM') ?? 'xterm');
    const main = startMain(kernel, argv, environment, workingDirectory, who, streams);
    return new RunningContainer({
      kernel,
      main,
      log,
      environment,
      workingDirectory,
      who,
      streams: stdin ? streams : undefined,
    });
  }

  /**
   * Starts another process in the container.
   * @throws SystemError when the program cannot be run
   */
  exec(
    argv: readonly string[],
    descriptors: DescriptorTable,
    extra: Readonly<Record<string, string>> = {},
  ): Process {
    const environment = new Map([...this.parts.environment, ...Object.entries(extra)]);
    return startProcess(this.kernel, argv, environment, this.parts.workingDirectory, this.who, descriptors);
  }

  /** Connects to the main process; undefined where the container has no input. */
  attach(): ExecSession | undefined {
    return this.parts.streams?.attach(this.main.exited);
  }

  killAll(): void {
    for (const process of [...this.kernel.processes.values()]) process.deliver('KILL');
  }
}

function imageOf(spec: ContainerSpec): { image: Image; alpineTag: boolean } {
  const found = findImage(spec.image ?? '');
  if ('image' in found) return found;
  throw new StartError(found.problem, found.message);
}

function userOf(pod: Pod, spec: ContainerSpec, image: Image): Credentials {
  const context = { ...pod.spec?.securityContext, ...spec.securityContext };
  const uid = context.runAsUser ?? image.user.uid;
  if (context.runAsNonRoot === true && uid === 0) {
    throw new StartError(
      'CreateContainerConfigError',
      `container has runAsNonRoot and image will run as root (pod: "${pod.metadata.name}", container: ${spec.name})`,
    );
  }
  return { uid, gid: context.runAsGroup ?? (context.runAsUser === undefined ? image.user.gid : 0) };
}

function argvOf(image: Image, spec: ContainerSpec, environment: ReadonlyMap<string, string>): string[] {
  const command = spec.command ?? [];
  const args = spec.args ?? [];
  // `command` replaces the image's entrypoint and drops its command too.
  const entrypoint = command.length > 0 ? command : image.entrypoint;
  const rest = args.length > 0 ? args : command.length > 0 ? [] : image.command;
  const argv = [...entrypoint, ...rest].map((word) => substitute(word, environment));
  if (argv.length === 0) throw new StartError('CreateContainerError', 'no command specified');
  return argv;
}

function makeKernel(
  world: ContainerWorld,
  pod: Pod,
  userland: Userland,
  spec: ContainerSpec,
  root: FileTree,
  mounts: readonly Mount[],
): Kernel {
  let lastPid = 0;
  const proc = procMount(() => kernel);
  const kernel: Kernel = {
    files: new FileSystem(
      root,
      [proc.mount, ...world.etc.mounts, ...mounts],
      spec.securityContext?.readOnlyRootFilesystem === true,
    ),
    network: world.network,
    hostname: hostnameOf(pod),
    userland,
    programs: world.programs,
    processes: proc.processes,
    cpu: world.cpu,
    nextPid: () => ++lastPid,
    userName: (uid) => passwdEntry(kernel, uid)?.[0] ?? String(uid),
  };
  return kernel;
}

function passwdEntry(kernel: Kernel, uid: number): string[] | undefined {
  return Buffer.from(kernel.files.readFile('/etc/passwd'))
    .toString()
    .split('\n')
    .map((line) => line.split(':'))
    .find(([, , id]) => id === String(uid));
}

function homeOf(kernel: Kernel, uid: number): string {
  return passwdEntry(kernel, uid)?.[5] ?? '/';
}

function startMain(
  kernel: Kernel,
  argv: readonly string[],
  environment: ReadonlyMap<string, string>,
  cwd: string,
  who: Credentials,
  streams: MainStreams,
): Process {
  const descriptors = streams.descriptors();
  try {
    return startProcess(kernel, argv, environment, cwd, who, descriptors);
  } catch (error) {
    descriptors.closeAll();
    if (!(error instanceof SystemError)) throw error;
    throw new StartError(
      'RunContainerError',
      `failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: ${execProblem(argv[0] ?? '', error)}: unknown`,
    );
  }
}

function startProcess(
  kernel: Kernel,
  argv: readonly string[],
  environment: ReadonlyMap<string, string>,
  cwd: string,
  who: Credentials,
  descriptors: DescriptorTable,
): Process {
  const [name = ''] = argv;
  const path = which(name, kernel.files.as(who), cwd, environment.get('PATH'));
  if (path === undefined) throw new SystemError('ENOENT', name);
  const { program, before } = readExecutable(path, kernel.files.as(who));
  const body = kernel.programs.get(program);
  if (body === undefined) throw new SystemError('ENOEXEC', path);
  const full = before.length > 0 ? [...before, ...argv.slice(1)] : argv;
  return new Process(kernel, { argv: full, environment, cwd, who, descriptors }, body);
}

/** How runc says that a program cannot be run. */
export function execProblem(name: string, error: SystemError): string {
  if (error.code !== 'ENOENT') return `exec: "${name}": ${error.text.toLowerCase()}`;
  return name.includes('/')
    ? `exec: "${name}": stat ${name}: no such file or directory`
    : `exec: "${name}": executable file not found in $PATH`;
}
