// What a steward hears and feels: a high double tone and a short buzz for "in", a low long one for "no".
// Sound needs one touch of the page first; browsers want it so.

let audio: AudioContext | null = null;

/** Call from a touch or key press: allows sound from now on. */
export function wake(): void {
  audio ??= new AudioContext();
  if (audio.state === "suspended") void audio.resume();
}

function tone(frequency: number, begin: number, length: number, shape: OscillatorType): void {
  if (audio?.state !== "running") return;
  const source = audio.createOscillator();
  const level = audio.createGain();
  source.type = shape;
  source.frequency.value = frequency;
  const start = audio.currentTime + begin;
  level.gain.setValueAtTime(0.25, start);
  level.gain.exponentialRampToValueAtTime(0.001, start + length);
  source.connect(level).connect(audio.destination);
  source.start(start);
  source.stop(start + length);
}

/** A buzz; browsers want one touch of the page first. */
export function buzz(pattern: number | number[]): void {
  if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.(pattern);
}

/** Tells a verdict without a look at the screen. */
export function signal(verdict: string): void {
  if (verdict === "admit") {
    tone(880, 0, 0.12, "sine");
    tone(1320, 0.12, 0.18, "sine");
    buzz(80);
  } else if (verdict === "admit_with_notice") {
    tone(880, 0, 0.12, "triangle");
    tone(880, 0.2, 0.12, "triangle");
    tone(1100, 0.4, 0.2, "triangle");
    buzz([80, 60, 80]);
  } else {
    tone(180, 0, 0.5, "sawtooth");
    buzz([300, 80, 300]);
  }
}
