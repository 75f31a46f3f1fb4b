// Makes an open page show what the server sends for it now, without loading it anew.
//
// What changed is found by comparing what the server sent before with what it sends now, never with the page itself:
// scripts may have changed that. What they touched stays as they left it, and if it stands in the way, or if what came
// may be something that scripts look for when a page is loaded, then the page has to be loaded anew.

const PLAIN = new Set(
  ("a abbr b bdi blockquote br caption cite code dd dfn del div dl dt em figcaption figure hr i img ins kbd li mark ol " +
    "p picture pre q s samp small source span strong sub sup time u ul var wbr").split(" "),
);
const LOADED = "script:not([type='application/ld+json']), style, link, base, iframe, object, embed, meta[http-equiv]";

// Whether `live`, an element that was loaded as `before`, shows `now` from here on; if not, nothing was changed.
export const renew = (live, before, now) => {
  const steps = [];
  const possible = inTemplates(before) === inTemplates(now) && planNode(live, before, now, steps);
  if (possible) for (const step of steps) step();
  return possible;
};

// What is in a template, such as what is in the overlay, is no child of it, and is not looked at when nodes are compared.
const inTemplates = (root) => Array.from(root.querySelectorAll("template"), (one) => one.innerHTML).join();

const planNode = (live, before, now, steps) => {
  if (before.isEqualNode(now)) return true;
  if (!live || !isSameKind(before, now)) return false;
  if (before.nodeType !== Node.ELEMENT_NODE) {
    if (live.data !== before.data) return false;
    steps.push(() => (live.data = now.data));
    return true;
  }
  const own = [];
  const possible =
    !before.matches(LOADED) && planAttributes(live, before, now, own) && planChildren(live, before, now, own);
  if (possible) steps.push(...own);
  return possible || planReplacement([live], [before], [now], () => live.replaceWith(now), steps);
};

const planAttributes = (live, before, now, steps) => {
  const names = new Set([...before.getAttributeNames(), ...now.getAttributeNames()]);
  for (const name of names) {
    const value = now.getAttribute(name);
    if (value === before.getAttribute(name)) continue;
    if (live.getAttribute(name) !== before.getAttribute(name) || live === document.documentElement) return false;
    steps.push(() => (value === null ? live.removeAttribute(name) : live.setAttribute(name, value)));
  }
  return true;
};

const planChildren = (live, before, now, steps) => {
  const [old, fresh] = [[...before.childNodes], [...now.childNodes]];
  const shown = counterparts(live, old);
  const [first, last] = alike(old, fresh);
  const end = old.length - last;
  const [gone, goneShown, come] = [old.slice(first, end), shown.slice(first, end), fresh.slice(first, fresh.length - last)];
  const own = [];
  const inPairs =
    gone.length === come.length && gone.every((one, index) => planNode(goneShown[index], one, come[index], own));
  if (inPairs) {
    steps.push(...own);
    return true;
  }
  const [previous, next] = [shown[first - 1], shown[end]];
  if (!previous && !next && goneShown.length < live.childNodes.length) return false; // where would it have to stand?
  const replace = () => {
    if (next) next.before(...come);
    else if (previous) previous.after(...come);
    else live.append(...come);
    for (const one of goneShown) one.remove();
  };
  return planReplacement(goneShown, gone, come, replace, steps);
};

// How many nodes two lists have in common at their beginnings and, beyond those, at their ends.
const alike = (old, fresh) => {
  const most = Math.min(old.length, fresh.length);
  let first = 0;
  while (first < most && old[first].isEqualNode(fresh[first])) first++;
  let last = 0;
  while (last < most - first && old.at(-1 - last).isEqualNode(fresh.at(-1 - last))) last++;
  return [first, last];
};

// Replaced is only what nobody but the browser can have anything to do with.
const planReplacement = (live, before, now, replace, steps) => {
  const possible = live.every((one, index) => one?.isEqualNode(before[index])) && [...before, ...now].every(isPlain);
  if (possible) steps.push(replace);
  return possible;
};

const isPlain = (node) =>
  node.nodeType !== Node.ELEMENT_NODE ||
  (PLAIN.has(node.localName) && !node.id && !Object.keys(node.dataset).length && [...node.childNodes].every(isPlain));

// For each of the nodes that were loaded the one that is shown; undefined for those that scripts took away or changed.
const counterparts = (live, loaded) => {
  const shown = [...live.childNodes];
  let from = 0;
  return loaded.map((one) => {
    const at = shown.findIndex((other, index) => index >= from && isCounterpart(other, one));
    if (at >= 0) from = at + 1;
    return shown[at];
  });
};

const isCounterpart = (live, loaded) =>
  isSameKind(live, loaded) && (live.nodeType !== Node.ELEMENT_NODE ? live.data === loaded.data : live.id === loaded.id);

const isSameKind = (one, other) => one.nodeType === other.nodeType && one.nodeName === other.nodeName;
