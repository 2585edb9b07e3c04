"""Where a line could end between a number and its unit, on a page as it stands."""

#: The lines of text inside an element in which that could happen. A formula is a number.
PARTED = r"""(inside) => {
  const unit = /[\d½∞⁰¹²³⁴⁵⁶⁷⁸⁹][ \n]+(%|nats?|bits?|px|min(utes)?|[KM]i?B)(?![\p{L}\p{N}])/u;
  const parts = (line) => unit.test(line) || /\bln[ \n]+\d/.test(line);
  const lines = new Map();
  const add = (block, text) => lines.set(block, (lines.get(block) ?? "") + text);
  function read(node, block) {
    if (node.nodeType === Node.TEXT_NODE) add(block, node.data);
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    if (node.matches("pre, script, style, svg")) return;
    const whole = node.matches("code, .katex");
    if (whole) add(block, /\d$/.test(node.textContent) ? "0" : ".");
    if (whole) return;
    const own = getComputedStyle(node).display === "inline" ? block : node;
    for (const child of node.childNodes) read(child, own);
  }
  const root = typeof inside === "string" ? document.querySelector(inside) : inside;
  read(root, root);
  return [...lines.values()].filter(parts);
}"""
