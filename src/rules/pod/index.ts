import type { Rule } from '../rule.ts';
import { containerEnvironment } from './containerEnvironment.ts';
import { containerImage } from './containerImage.ts';
import { containerName } from './containerName.ts';
import { containerPortName } from './containerPortName.ts';
import { containerPortNumber } from './containerPortNumber.ts';
import { containerResources } from './containerResources.ts';
import { duplicateContainerPort } from './duplicateContainerPort.ts';
import { handlerPort } from './handlerPort.ts';
import { hostAliases } from './hostAliases.ts';
import { hostIPWithoutHostPort } from './hostIPWithoutHostPort.ts';
import { hostNetworkDns } from './hostNetworkDns.ts';
import { hostNetworkPort } from './hostNetworkPort.ts';
import { hostPortDuplicate } from './hostPortDuplicate.ts';
import { hostPortNumber } from './hostPortNumber.ts';
import { hostPortPartlyBound } from './hostPortPartlyBound.ts';
import { hostPortReplicas } from './hostPortReplicas.ts';
import { initContainerFields } from './initContainerFields.ts';
import { podContainers } from './podContainers.ts';
import { podDns } from './podDns.ts';
import { podHostname } from './podHostname.ts';
import { podNameDots } from './podNameDots.ts';
import { portNameInTwoContainers } from './portNameInTwoContainers.ts';
import { probeGracePeriod } from './probeGracePeriod.ts';
import { probeHandler } from './probeHandler.ts';
import { probePortUndeclared } from './probePortUndeclared.ts';
import { probeThresholds } from './probeThresholds.ts';
import { subdomainWithoutService } from './subdomainWithoutService.ts';

export const podRules: readonly Rule[] = [
  containerEnvironment,
  containerImage,
  containerName,
  containerPortName,
  containerPortNumber,
  containerResources,
  duplicateContainerPort,
  handlerPort,
  hostAliases,
  hostIPWithoutHostPort,
  hostNetworkDns,
  hostNetworkPort,
  hostPortDuplicate,
  hostPortNumber,
  hostPortPartlyBound,
  hostPortReplicas,
  initContainerFields,
  podContainers,
  podDns,
  podHostname,
  podNameDots,
  portNameInTwoContainers,
  probeGracePeriod,
  probeHandler,
  probePortUndeclared,
  probeThresholds,
  subdomainWithoutService,
];
