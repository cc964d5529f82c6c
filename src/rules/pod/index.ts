import type { Rule } from '../rule.ts';
import { affinity } from './affinity.ts';
import { containerEnvironment } from './containerEnvironment.ts';
import { containerImage } from './containerImage.ts';
import { containerName } from './containerName.ts';
import { containerPortName } from './containerPortName.ts';
import { containerPortNumber } from './containerPortNumber.ts';
import { containerResources } from './containerResources.ts';
import { downwardApi } from './downwardApi.ts';
import { duplicateContainerPort } from './duplicateContainerPort.ts';
import { duplicateVariable } from './duplicateVariable.ts';
import { extendedResources } from './extendedResources.ts';
import { fractionalBytes } from './fractionalBytes.ts';
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
import { lifecycleHandler } from './lifecycleHandler.ts';
import { podContainers } from './podContainers.ts';
import { podAnnotations } from './podAnnotations.ts';
import { podDns } from './podDns.ts';
import { podHostname } from './podHostname.ts';
import { podNameDots } from './podNameDots.ts';
import { podReferences } from './podReferences.ts';
import { podResources } from './podResources.ts';
import { portNameInTwoContainers } from './portNameInTwoContainers.ts';
import { probeGracePeriod } from './probeGracePeriod.ts';
import { probeHandler } from './probeHandler.ts';
import { probePortUndeclared } from './probePortUndeclared.ts';
import { probeThresholds } from './probeThresholds.ts';
import { resizePolicy } from './resizePolicy.ts';
import { resourceClaims } from './resourceClaims.ts';
import { securityContext } from './securityContext.ts';
import { subdomainWithoutService } from './subdomainWithoutService.ts';
import { tolerations } from './tolerations.ts';
import { topologySpread } from './topologySpread.ts';
import { windowsPod } from './windowsPod.ts';

export const podRules: readonly Rule[] = [
  affinity,
  containerEnvironment,
  containerImage,
  containerName,
  containerPortName,
  containerPortNumber,
  containerResources,
  downwardApi,
  duplicateContainerPort,
  duplicateVariable,
  extendedResources,
  fractionalBytes,
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
  lifecycleHandler,
  podContainers,
  podAnnotations,
  podDns,
  podHostname,
  podNameDots,
  podReferences,
  podResources,
  portNameInTwoContainers,
  probeGracePeriod,
  probeHandler,
  probePortUndeclared,
  probeThresholds,
  resizePolicy,
  resourceClaims,
  securityContext,
  subdomainWithoutService,
  tolerations,
  topologySpread,
  windowsPod,
];
