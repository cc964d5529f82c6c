// npm test: see CONTRIBUTING.md.
import { handOver } from './bootstrap.mjs';

handOver('testing/main.ts');
