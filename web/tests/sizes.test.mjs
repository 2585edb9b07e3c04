// What is drawn anew when its room changes: with the next frame, once the page has come. Each test
// names the function it speaks of.

import assert from "node:assert/strict";
import { test } from "node:test";
import { whenResized } from "../ui/sizes.js";

/** A browser that lays boxes out, and paints a frame, only when it is told to. */
function browser(readyState) {
  const frames = new Map();
  const observers = new Set();
  const page = new EventTarget();
  let last = 0;
  class Observer {
    constructor(told) {
      Object.assign(this, { told, boxes: new Set() });
      observers.add(this);
    }
    observe(box) {
      this.boxes.add(box);
    }
    disconnect() {
      this.boxes.clear();
    }
  }
  Object.assign(globalThis, {
    document: { readyState },
    ResizeObserver: Observer,
    addEventListener: page.addEventListener.bind(page),
    removeEventListener: page.removeEventListener.bind(page),
    requestAnimationFrame: (draw) => frames.set(++last, draw) && last,
    cancelAnimationFrame: (id) => frames.delete(id),
  });
  return {
    resize(box) {
      for (const one of observers) if (one.boxes.has(box)) one.told();
    },
    frame() {
      const now = [...frames.values()];
      frames.clear();
      for (const draw of now) draw();
    },
    load() {
      page.dispatchEvent(new Event("load"));
    },
  };
}

const [STAGE, OTHER] = [{}, {}];

function watched(readyState) {
  const seen = { drawn: 0, ...browser(readyState) };
  seen.end = whenResized([STAGE, OTHER], () => seen.drawn++);
  return seen;
}

test("sizes.whenResized: nothing is drawn while boxes are measured, and once with the next frame", () => {
  const seen = watched("complete");
  seen.resize(STAGE);
  seen.resize(OTHER);
  seen.resize(STAGE);
  assert.equal(seen.drawn, 0);
  seen.frame();
  assert.equal(seen.drawn, 1);
  seen.frame();
  assert.equal(seen.drawn, 1);
  seen.resize(OTHER);
  seen.frame();
  assert.equal(seen.drawn, 2);
});

test("sizes.whenResized: what is drawn by was read while all was laid out, and is the latest", () => {
  const { resize, frame } = browser("complete");
  const [stage, drawn] = [{ width: 640 }, []];
  const draw = (width) => drawn.push([width, stage.width]);
  whenResized([stage], draw, () => stage.width);
  resize(stage);
  stage.width = 300;
  resize(stage);
  stage.width = 0; // what others draw
  frame();
  assert.deepEqual(drawn, [[300, 0]]);
});

test("sizes.whenResized: no box is watched before the page has come", () => {
  const seen = watched("interactive");
  seen.resize(STAGE);
  seen.frame();
  assert.equal(seen.drawn, 0);
  seen.load();
  seen.resize(STAGE);
  seen.frame();
  assert.equal(seen.drawn, 1);
});

test("sizes.whenResized: what was ended draws no more, neither with the next frame nor once the page has come", () => {
  const live = watched("complete");
  live.resize(STAGE);
  live.end();
  live.frame();
  live.resize(STAGE);
  live.frame();
  assert.equal(live.drawn, 0);

  const coming = watched("loading");
  coming.end();
  coming.load();
  coming.resize(STAGE);
  coming.frame();
  assert.equal(coming.drawn, 0);
});
