/** What a person hears and feels without looking. */
export type Signals = {
  /** A scan was taken. */
  taken(): void
  /** A command went through. */
  done(): void
  /** Something is wrong: loud, and unlike the others. */
  wrong(): void
}

type Tone = { hertz: number; seconds: number; shape: OscillatorType; volume: number }

const takenTones: Tone[] = [{ hertz: 1_320, seconds: 0.07, shape: 'sine', volume: 0.25 }]
const doneTones: Tone[] = [
  { hertz: 880, seconds: 0.09, shape: 'sine', volume: 0.35 },
  { hertz: 1_320, seconds: 0.16, shape: 'sine', volume: 0.35 },
]
const wrongTones: Tone[] = [
  { hertz: 196, seconds: 0.22, shape: 'square', volume: 0.6 },
  { hertz: 147, seconds: 0.34, shape: 'square', volume: 0.6 },
]

let audio: AudioContext | undefined

export function createSignals(hasSound: boolean): Signals {
  const play = (tones: readonly Tone[]) => {
    if (hasSound) playTones(tones)
  }
  return {
    taken() {
      play(takenTones)
      vibrate(30)
    },
    done() {
      play(doneTones)
      vibrate(80)
    },
    wrong() {
      play(wrongTones)
      vibrate([200, 80, 200])
    },
  }
}

function playTones(tones: readonly Tone[]): void {
  // A device without a loudspeaker, or a page that nobody has touched yet, is silent; no fault.
  try {
    audio ??= new AudioContext()
    if (audio.state === 'suspended') audio.resume().catch(() => {})
    let at = audio.currentTime
    for (const { hertz, seconds, shape, volume } of tones) {
      const source = audio.createOscillator()
      const gain = audio.createGain()
      source.type = shape
      source.frequency.value = hertz
      gain.gain.setValueAtTime(volume, at)
      gain.gain.exponentialRampToValueAtTime(0.001, at + seconds)
      source.connect(gain).connect(audio.destination)
      source.start(at)
      source.stop(at + seconds)
      at += seconds
    }
  } catch {}
}

function vibrate(pattern: number | number[]): void {
  if ('vibrate' in navigator) navigator.vibrate(pattern)
}
