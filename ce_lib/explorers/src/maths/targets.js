// Mirrors ce_lib/targets.py.

export function oneHot(y, numClasses) {
  return Array.from({ length: numClasses }, (_, k) => (k === y ? 1 : 0));
}
