import type { Container as ContainerSpec, Pod, ProbeHandler } from '../kube.ts';
import { httpRequest } from '../network/httpClient.ts';
import { Descriptor, DescriptorTable } from '../system/descriptors.ts';
import { SystemError } from '../system/errors.ts';
import { openDevice } from '../system/openFiles.ts';
import { killSession } from '../system/process.ts';
import { unlessAborted } from '../system/wait.ts';
import type { RunningContainer } from './container.ts';

interface ProbeCall {
  readonly probe: ProbeHandler;
  readonly pod: Pod;
  readonly spec: ContainerSpec;
  readonly container: RunningContainer;
  readonly address: string;
  readonly signal: AbortSignal;
}

/** Carries one probe out. The kubelet connects from the node, which network policies always let in. */
export async function runProbe(call: ProbeCall): Promise<boolean> {
  try {
    if (call.probe.exec) return await execProbe(call, call.probe.exec.command ?? []);
    if (call.probe.httpGet) return await httpProbe(call, call.probe.httpGet);
    if (call.probe.tcpSocket)
      return await tcpProbe(call, call.probe.tcpSocket.port, call.probe.tcpSocket.host);
    return call.probe.grpc ? await tcpProbe(call, call.probe.grpc.port, undefined) : true;
  } catch (error) {
    if (call.signal.aborted || error instanceof SystemError) return false;
    throw error;
  }
}

async function execProbe(call: ProbeCall, command: readonly string[]): Promise<boolean> {
  const descriptors = new DescriptorTable();
  for (const number of [0, 1, 2]) descriptors.set(number, new Descriptor(openDevice('null')));
  const process = call.container.exec(command, descriptors);
  try {
    return (await unlessAborted(process.exited, call.signal)) === 0;
  } finally {
    killSession(process.kernel, process.session);
  }
}

async function httpProbe(call: ProbeCall, get: NonNullable<ProbeHandler['httpGet']>): Promise<boolean> {
  const headers = Object.fromEntries((get.httpHeaders ?? []).map(({ name, value }) => [name, value]));
  const port = portNumber(call, get.port);
  if (port === undefined) return false;
  const host = get.host ?? call.address;
  const connection = await call.container.kernel.network.uplink
    .nodeOf(call.pod)
    .connect(host, port, call.signal);
  const path = get.path === undefined || get.path === '' ? '/' : get.path;
  const response = await httpRequest(connection, {
    method: 'GET',
    path: path.startsWith('/') ? path : `/${path}`,
    headers: {
      Host: `${host}:${port}`,
      'User-Agent': 'kube-probe/1.36',
      Accept: '*/*',
      Connection: 'close',
      ...headers,
    },
    tls: get.scheme === 'HTTPS',
    signal: call.signal,
  });
  return response.status >= 200 && response.status < 400;
}

async function tcpProbe(
  call: ProbeCall,
  wanted: number | string,
  host: string | undefined,
): Promise<boolean> {
  const port = portNumber(call, wanted);
  if (port === undefined) return false;
  const node = call.container.kernel.network.uplink.nodeOf(call.pod);
  const connection = await node.connect(host ?? call.address, port, call.signal);
  connection.destroy();
  return true;
}

function portNumber(call: ProbeCall, port: number | string): number | undefined {
  if (typeof port === 'number') return port;
  return call.spec.ports?.find(({ name }) => name === port)?.containerPort;
}
