import type { Rule } from '../rule.ts';
import { autoscaler } from './autoscaler.ts';
import { autoscalerBehavior } from './autoscalerBehavior.ts';
import { autoscalerMetrics } from './autoscalerMetrics.ts';
import { configData } from './configData.ts';
import { cronSchedule } from './cronSchedule.ts';
import { disruptionBudget } from './disruptionBudget.ts';
import { immutableField } from './immutableField.ts';
import { jobCompletion } from './jobCompletion.ts';
import { jobSelector } from './jobSelector.ts';
import { limitRange } from './limitRange.ts';
import { negativeNumber } from './negativeNumber.ts';
import { podFailurePolicy } from './podFailurePolicy.ts';
import { resourceQuota } from './resourceQuota.ts';
import { restartPolicy } from './restartPolicy.ts';
import { secretType } from './secretType.ts';
import { selectorTemplateMismatch } from './selectorTemplateMismatch.ts';
import { serviceNotHeadless } from './serviceNotHeadless.ts';
import { statefulSetServiceName } from './statefulSetServiceName.ts';
import { updateStrategy } from './updateStrategy.ts';

export const workloadRules: readonly Rule[] = [
  autoscaler,
  autoscalerBehavior,
  autoscalerMetrics,
  configData,
  cronSchedule,
  disruptionBudget,
  immutableField,
  jobCompletion,
  jobSelector,
  limitRange,
  negativeNumber,
  podFailurePolicy,
  resourceQuota,
  restartPolicy,
  secretType,
  selectorTemplateMismatch,
  serviceNotHeadless,
  statefulSetServiceName,
  updateStrategy,
];
