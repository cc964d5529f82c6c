/** `npm run bench`: prints figures as JSON lines. Times are of this machine and run; compare ratios and growth. */
import { benchChecks } from './checks.ts';
import { benchLint } from './lint.ts';
import { benchReach } from './reach.ts';

benchLint();
benchReach();
await benchChecks();
