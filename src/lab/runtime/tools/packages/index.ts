import type { Program } from '../../system/kernel.ts';
import { apk } from './apk.ts';
import { apt, aptCache, dpkg } from './apt.ts';
import { dnf, rpm } from './dnf.ts';

/** Package managers. Installing makes tools appear in this container until it restarts, as in a real one. */
export const packageTools: Readonly<Record<string, Program>> = {
  apt,
  'apt-get': apt,
  'apt-cache': aptCache,
  apk,
  yum: dnf,
  dnf,
  microdnf: dnf,
  dpkg,
  rpm,
};
