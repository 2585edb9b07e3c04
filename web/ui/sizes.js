// Boxes that are watched for their size.

/**
 * Call `changed(measured)` with the frame after one of `boxes` was first laid out or changed its size.
 * What `measure` reads is read before, while all is laid out: between what others draw, each reading
 * would lay the page out once more. Returns what ends that, also for a frame that is under way.
 *
 * With the next frame, since what it draws may change a box that is watched, and a browser reports
 * that as an error where it happens while boxes are measured. Once the page has come, since until then
 * a section is laid out when it is reached (first.js): while boxes are measured, too.
 */
export function whenResized(boxes, changed, measure = () => null) {
  let [frame, measured, ended] = [0, null, false];
  const observer = new ResizeObserver(() => {
    measured = measure();
    frame ||= requestAnimationFrame(draw);
  });
  function draw() {
    frame = 0;
    changed(measured);
  }
  function watch() {
    if (!ended) for (const box of boxes) observer.observe(box);
  }
  if (self.ceWhole) self.ceWhole.then(watch);
  else watch(); // a notebook is laid out as a whole
  return () => {
    ended = true;
    observer.disconnect();
    cancelAnimationFrame(frame);
  };
}
