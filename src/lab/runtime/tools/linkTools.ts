import type { Program } from '../system/kernel.ts';
import type { Process } from '../system/process.ts';

/** Programs that show a pod's interfaces, routes and sockets. */
export const linkTools: Readonly<Record<string, Program>> = { ip, ifconfig, route, ss, netstat };

interface Interface {
  readonly name: string;
  readonly address: string;
  readonly prefix: number;
  readonly hardware: string;
}

/** The pod's interface: the address and a hardware address made of it, as CNI plugins do. */
function mainInterface(process: Process): Interface | undefined {
  const address = process.kernel.network.addresses().find((candidate) => !candidate.includes(':'));
  if (address === undefined) return undefined;
  const hardware = address.split('.').map((part) => Number(part).toString(16).padStart(2, '0'));
  return { name: 'eth0', address, prefix: 24, hardware: `02:42:${hardware.join(':')}` };
}

function gateway(address: string): string {
  return address.replace(/\.\d+$/, '.1');
}

async function ip(process: Process): Promise<number> {
  const words = process.argv.slice(1).filter((word) => !/^-(4|c|color|o|oneline)$/.test(word));
  const brief = words.includes('-br') || words.includes('-brief');
  const [object = 'help', verb = 'show'] = words.filter((word) => !word.startsWith('-'));
  const eth = mainInterface(process);
  if (/^(add|del|set|replace|flush|change)$/.test(verb)) {
    await process.printError('RTNETLINK answers: Operation not permitted\n');
    return 2;
  }
  if (/^a(ddr(ess)?)?$/.test(object)) {
    if (brief)
      await process.print(
        `lo               UNKNOWN        127.0.0.1/8 \n${eth ? `eth0@if2         UP             ${eth.address}/${eth.prefix} \n` : ''}`,
      );
    else {
      await process.print(
        '1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000\n    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00\n    inet 127.0.0.1/8 scope host lo\n       valid_lft forever preferred_lft forever\n',
      );
      if (eth) {
        await process.print(
          `2: eth0@if2: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP group default qlen 1000\n    link/ether ${eth.hardware} brd ff:ff:ff:ff:ff:ff link-netnsid 0\n    inet ${eth.address}/${eth.prefix} brd ${eth.address.replace(/\d+$/, '255')} scope global eth0\n       valid_lft forever preferred_lft forever\n`,
        );
      }
    }
    return 0;
  }
  if (/^r(oute)?$/.test(object)) {
    if (eth && verb === 'get') {
      const target = words.at(-1) ?? '';
      await process.print(
        `${target} via ${gateway(eth.address)} dev eth0 src ${eth.address} uid ${process.who.uid} \n    cache \n`,
      );
    } else if (eth) {
      const network = eth.address.replace(/\d+$/, '0');
      await process.print(
        `default via ${gateway(eth.address)} dev eth0 \n${network}/${eth.prefix} dev eth0 proto kernel scope link src ${eth.address} \n`,
      );
    }
    return 0;
  }
  if (/^l(ink)?$/.test(object)) {
    await process.print(
      '1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN mode DEFAULT group default qlen 1000\n    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00\n',
    );
    if (eth)
      await process.print(
        `2: eth0@if2: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP mode DEFAULT group default qlen 1000\n    link/ether ${eth.hardware} brd ff:ff:ff:ff:ff:ff link-netnsid 0\n`,
      );
    return 0;
  }
  if (/^n(eigh(bour)?)?$/.test(object)) {
    if (eth) await process.print(`${gateway(eth.address)} dev eth0 lladdr 02:42:0a:f4:00:01 REACHABLE \n`);
    return 0;
  }
  await process.printError(`Object "${object}" is unknown, try "ip help".\n`);
  return 1;
}

async function ifconfig(process: Process): Promise<number> {
  const eth = mainInterface(process);
  if (eth) {
    await process.print(
      `eth0      Link encap:Ethernet  HWaddr ${eth.hardware.toUpperCase()}  \n          inet addr:${eth.address}  Bcast:${eth.address.replace(/\d+$/, '255')}  Mask:255.255.255.0\n          UP BROADCAST RUNNING MULTICAST  MTU:1500  Metric:1\n\n`,
    );
  }
  await process.print(
    'lo        Link encap:Local Loopback  \n          inet addr:127.0.0.1  Mask:255.0.0.0\n          UP LOOPBACK RUNNING  MTU:65536  Metric:1\n\n',
  );
  return 0;
}

async function route(process: Process): Promise<number> {
  const eth = mainInterface(process);
  await process.print(
    'Kernel IP routing table\nDestination     Gateway         Genmask         Flags Metric Ref    Use Iface\n',
  );
  if (eth) {
    await process.print(
      `default         ${gateway(eth.address).padEnd(15)} 0.0.0.0         UG    0      0        0 eth0\n${eth.address.replace(/\d+$/, '0').padEnd(15)} *               255.255.255.0   U     0      0        0 eth0\n`,
    );
  }
  return 0;
}

/** The wanted sockets: listening ones are all that the lab keeps account of. */
function wanted(process: Process): { tcp: boolean; udp: boolean; programs: boolean } {
  const letters = process.argv
    .slice(1)
    .filter((word) => /^-[a-zA-Z]+$/.test(word))
    .join('');
  const long = process.argv.join(' ');
  const tcp = letters.includes('t') || long.includes('--tcp');
  const udp = letters.includes('u') || long.includes('--udp');
  return {
    tcp: tcp || !udp,
    udp: udp || !tcp,
    programs: letters.includes('p') || long.includes('--processes'),
  };
}

function socketAddress(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

async function ss(process: Process): Promise<number> {
  const { tcp, udp, programs } = wanted(process);
  const both = tcp && udp;
  await process.print(
    `${both ? 'Netid ' : ''}State  Recv-Q Send-Q Local Address:Port  Peer Address:PortProcess\n`,
  );
  for (const { protocol, address, port, program } of process.kernel.network.listening()) {
    if (protocol === 'TCP' ? !tcp : !udp) continue;
    const local = address === '::' ? `*:${port}` : socketAddress(address, port);
    const peer = address === '::' ? '*:*' : address.includes(':') ? '[::]:*' : '0.0.0.0:*';
    const state = protocol === 'TCP' ? 'LISTEN' : 'UNCONN';
    const who = programs ? ` users:(("${program}",pid=1,fd=3))` : '';
    await process.print(
      `${both ? protocol.toLowerCase().padEnd(6) : ''}${state} 0      ${protocol === 'TCP' ? '511' : '0  '}    ${local.padStart(18)} ${peer.padStart(18)}${who}\n`,
    );
  }
  return 0;
}

async function netstat(process: Process): Promise<number> {
  const { tcp, udp, programs } = wanted(process);
  await process.print(
    `Active Internet connections (only servers)\nProto Recv-Q Send-Q Local Address           Foreign Address         State      ${programs ? ' PID/Program name    ' : ''}\n`,
  );
  for (const { protocol, address, port, program } of process.kernel.network.listening()) {
    if (protocol === 'TCP' ? !tcp : !udp) continue;
    const six = address.includes(':');
    const name = `${protocol.toLowerCase()}${six ? '6' : ''}`.padEnd(5);
    const local = `${address}:${port}`.padEnd(23);
    const remote = (six ? ':::*' : '0.0.0.0:*').padEnd(23);
    await process.print(
      `${name}      0      0 ${local} ${remote} ${(protocol === 'TCP' ? 'LISTEN' : '').padEnd(11)}${programs ? ` 1/${program}` : ''}\n`,
    );
  }
  return 0;
}
