import type { Rule } from '../rule.ts';
import { policyBlock } from './policyBlock.ts';
import { policyBlocksDns } from './policyBlocksDns.ts';
import { policyPeer } from './policyPeer.ts';
import { policyPeerList } from './policyPeerList.ts';
import { policyPort } from './policyPort.ts';
import { policyRuleIgnored } from './policyRuleIgnored.ts';
import { policySelectsNothing } from './policySelectsNothing.ts';
import { policyServicePort } from './policyServicePort.ts';
import { policyTypes } from './policyTypes.ts';

export const policyRules: readonly Rule[] = [
  policyBlock,
  policyBlocksDns,
  policyPeer,
  policyPeerList,
  policyPort,
  policyRuleIgnored,
  policySelectsNothing,
  policyServicePort,
  policyTypes,
];
