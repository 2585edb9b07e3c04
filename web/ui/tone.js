// A price to be heard: half the probability is the same interval higher, wherever you are.

const LOWEST = 110; // Hz: the price 0
const INTERVAL = 2 ** (3 / 12); // a minor third for each bit: twenty bits are five octaves
const LOUD = 0.12;
const [RISE, SLIDE, FALL] = [0.02, 0.03, 0.15]; // seconds, as time constants
const HELD = 0.25; // seconds that a tone goes on when nothing moves

/** The frequency of a price in nats, in Hz. */
export function pitch(nats) {
  return LOWEST * INTERVAL ** (nats / Math.LN2);
}

/** A voice that is silent until it is turned on, and falls silent when nothing moves. */
export function tone() {
  let voice = null;
  const turn = (on) => {
    voice?.context.close();
    voice = on ? makeVoice() : null;
  };
  return {
    /** A browser lets a page sound only from within a press. */
    turn,
    play(nats) {
      if (!voice) return;
      const { context, oscillator, gain } = voice;
      const now = context.currentTime;
      oscillator.frequency.setTargetAtTime(pitch(nats), now, SLIDE);
      gain.gain.cancelScheduledValues(now);
      gain.gain.setTargetAtTime(LOUD, now, RISE);
      gain.gain.setTargetAtTime(0, now + HELD, FALL);
    },
    close: () => turn(false),
  };
}

function makeVoice() {
  const context = new AudioContext();
  const oscillator = new OscillatorNode(context, { type: "triangle", frequency: LOWEST });
  const gain = new GainNode(context, { gain: 0 });
  oscillator.connect(gain).connect(context.destination);
  oscillator.start();
  return { context, oscillator, gain };
}
