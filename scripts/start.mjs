// npm start: see README.md.
import { handOver } from './bootstrap.mjs';

handOver('starting/main.ts');
