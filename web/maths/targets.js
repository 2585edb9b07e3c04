// Mirrors ce_lib/targets.py.

export function oneHot(y, numClasses) {
  return Array.from({ length: numClasses }, (_, k) => (k === y ? 1 : 0));
}

/** Take ε from the target: "uniform" gives ε/K to all, "others" ε/(K−1) to the rest. */
export function smoothLabels(p, epsilon, convention = "uniform") {
  const K = p.length;
  const taken = (value) => (convention === "uniform" ? epsilon / K : (epsilon * (1 - value)) / (K - 1));
  return p.map((value) => (1 - epsilon) * value + taken(value));
}
