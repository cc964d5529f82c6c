import type { Rule } from '../rule.ts';
import { dnsNdots } from './dnsNdots.ts';
import { hostNetworkUsed } from './hostNetworkUsed.ts';
import { identicalProbes } from './identicalProbes.ts';
import { namespaceUnset } from './namespaceUnset.ts';
import { podNotIsolated } from './podNotIsolated.ts';
import { policyAllowsEverything } from './policyAllowsEverything.ts';
import { policyBlocksEverything } from './policyBlocksEverything.ts';
import { policyOneDirection } from './policyOneDirection.ts';
import { policyPeerMatchesNothing } from './policyPeerMatchesNothing.ts';
import { privilegedPort } from './privilegedPort.ts';
import { readinessProbeMissing } from './readinessProbeMissing.ts';
import { runtimeSocket } from './runtimeSocket.ts';
import { sensitiveHostMount } from './sensitiveHostMount.ts';
import { serviceExposed } from './serviceExposed.ts';
import { sshPort } from './sshPort.ts';
import { unmaskedProc } from './unmaskedProc.ts';
import { unsafeSysctl } from './unsafeSysctl.ts';
import { unstableApiVersion } from './unstableApiVersion.ts';
import { writableHostMount } from './writableHostMount.ts';

export const opinionRules: readonly Rule[] = [
  dnsNdots,
  hostNetworkUsed,
  identicalProbes,
  namespaceUnset,
  podNotIsolated,
  policyAllowsEverything,
  policyBlocksEverything,
  policyOneDirection,
  policyPeerMatchesNothing,
  privilegedPort,
  readinessProbeMissing,
  runtimeSocket,
  sensitiveHostMount,
  serviceExposed,
  sshPort,
  unmaskedProc,
  unsafeSysctl,
  unstableApiVersion,
  writableHostMount,
];
