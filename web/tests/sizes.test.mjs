// What is drawn anew when its room changes: with the next frame, once the page is laid out. Each test
// names the function it speaks of.

import assert from "node:assert/strict";
import { test } from "node:test";
import { whenResized } from "../ui/sizes.js";

/** A browser that lays boxes out, and paints a frame, only when it is told to. */
function browser(whole) {
  const frames = new Map();
  const observers = new Set();
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
    self: { ceWhole: whole },
    ResizeObserver: Observer,
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
  };
}

const [STAGE, OTHER] = [{}, {}];

function watched(whole) {
  const seen = { drawn: 0, ...browser(whole) };
  seen.end = whenResized([STAGE, OTHER], () => seen.drawn++);
  return seen;
}

test("sizes.whenResized: nothing is drawn while boxes are measured, and once with the next frame", () => {
  const seen = watched();
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
  const { resize, frame } = browser();
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

test("sizes.whenResized: no box is watched before all of the page is laid out", async () => {
  const { promise, resolve } = Promise.withResolvers();
  const seen = watched(promise);
  seen.resize(STAGE);
  seen.frame();
  assert.equal(seen.drawn, 0);
  resolve();
  await promise;
  seen.resize(STAGE);
  seen.frame();
  assert.equal(seen.drawn, 1);
});

test("sizes.whenResized: what was ended draws no more, neither with the next frame nor once the page is laid out", async () => {
  const live = watched();
  live.resize(STAGE);
  live.end();
  live.frame();
  live.resize(STAGE);
  live.frame();
  assert.equal(live.drawn, 0);

  const coming = watched(Promise.resolve());
  coming.end();
  await self.ceWhole;
  coming.resize(STAGE);
  coming.frame();
  assert.equal(coming.drawn, 0);
});
