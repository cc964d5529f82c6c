import type { Finding } from '../types.ts';
import type { TraceView } from '../view.ts';

/** Looks for one cause. Answers nothing unless it has evidence. */
export type Detector = (view: TraceView) => Finding | undefined;
