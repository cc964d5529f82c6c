import type { Rule } from '../rule.ts';
import { appProtocol } from './appProtocol.ts';
import { clusterIPAddress } from './clusterIPAddress.ts';
import { endpointAddresses } from './endpointAddresses.ts';
import { externalIPs } from './externalIPs.ts';
import { externalNameAddress } from './externalNameAddress.ts';
import { externalNameIgnored } from './externalNameIgnored.ts';
import { externalNameMissing } from './externalNameMissing.ts';
import { externalNameWithAddress } from './externalNameWithAddress.ts';
import { externalTrafficPolicy } from './externalTrafficPolicy.ts';
import { headlessIgnores } from './headlessIgnores.ts';
import { headlessPortMapping } from './headlessPortMapping.ts';
import { headlessWithType } from './headlessWithType.ts';
import { healthCheckNodePort } from './healthCheckNodePort.ts';
import { ipFamilies } from './ipFamilies.ts';
import { loadBalancerField } from './loadBalancerField.ts';
import { nodePortDuplicate } from './nodePortDuplicate.ts';
import { nodePortOnClusterIP } from './nodePortOnClusterIP.ts';
import { nodePortRange } from './nodePortRange.ts';
import { selectorMatchesNothing } from './selectorMatchesNothing.ts';
import { serviceCidr } from './serviceCidr.ts';
import { serviceName } from './serviceName.ts';
import { servicePortBothProtocols } from './servicePortBothProtocols.ts';
import { servicePortDuplicate } from './servicePortDuplicate.ts';
import { servicePortName } from './servicePortName.ts';
import { servicePortNumber } from './servicePortNumber.ts';
import { servicePortUnnamed } from './servicePortUnnamed.ts';
import { servicePortsMissing } from './servicePortsMissing.ts';
import { serviceTargetPort } from './serviceTargetPort.ts';
import { sessionAffinity } from './sessionAffinity.ts';
import { targetPortNameUnknown } from './targetPortNameUnknown.ts';
import { targetPortProtocol } from './targetPortProtocol.ts';
import { targetPortUndeclared } from './targetPortUndeclared.ts';
import { trafficDistribution } from './trafficDistribution.ts';

export const serviceRules: readonly Rule[] = [
  appProtocol,
  clusterIPAddress,
  endpointAddresses,
  externalIPs,
  externalNameAddress,
  externalNameIgnored,
  externalNameMissing,
  externalNameWithAddress,
  externalTrafficPolicy,
  headlessIgnores,
  headlessPortMapping,
  headlessWithType,
  healthCheckNodePort,
  ipFamilies,
  loadBalancerField,
  nodePortDuplicate,
  nodePortOnClusterIP,
  nodePortRange,
  selectorMatchesNothing,
  serviceCidr,
  serviceName,
  servicePortBothProtocols,
  servicePortDuplicate,
  servicePortName,
  servicePortNumber,
  servicePortUnnamed,
  servicePortsMissing,
  serviceTargetPort,
  sessionAffinity,
  targetPortNameUnknown,
  targetPortProtocol,
  targetPortUndeclared,
  trafficDistribution,
];
