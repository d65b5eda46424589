// Reading badges with the camera: the browser's own detector where there is one, else zxing compiled to
// WebAssembly (served from this site).

import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";
import wasm from "zxing-wasm/reader/zxing_reader.wasm";

interface Detector {
  detect(source: CanvasImageSource): Promise<{ rawValue: string }[]>;
}
interface DetectorClass {
  new (options: { formats: string[] }): Detector;
  getSupportedFormats(): Promise<string[]>;
}

/** The same badge held before the lens is one scan until it was away this long. */
const SAME_BADGE_MS = 3000;
const LONGEST_EDGE = 960;

type Read = (video: HTMLVideoElement) => Promise<string[]>;

async function native(): Promise<Read | null> {
  const found = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector;
  if (!found || !(await found.getSupportedFormats()).includes("qr_code")) return null;
  const detector = new found({ formats: ["qr_code"] });
  return async (video) => (await detector.detect(video)).map((code) => code.rawValue);
}

async function zxing(): Promise<Read> {
  await prepareZXingModule({ overrides: { locateFile: () => wasm }, fireImmediately: true });
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d", { willReadFrequently: true });
  return async (video) => {
    const scale = Math.min(1, LONGEST_EDGE / Math.max(video.videoWidth, video.videoHeight));
    canvas.width = Math.round(video.videoWidth * scale);
    canvas.height = Math.round(video.videoHeight * scale);
    if (!context || canvas.width === 0) return [];
    context.drawImage(video, 0, 0, canvas.width, canvas.height);
    const frame = context.getImageData(0, 0, canvas.width, canvas.height);
    const codes = await readBarcodes(frame, { formats: ["QRCode"], maxNumberOfSymbols: 1 });
    return codes.filter((code) => code.isValid).map((code) => code.text);
  };
}

export class Camera {
  private stream: MediaStream | null = null;
  private lastCode = "";
  private lastSeen = 0;

  constructor(
    private readonly video: HTMLVideoElement,
    private readonly found: (code: string) => void,
  ) {}

  get running(): boolean {
    return this.stream !== null;
  }

  /** Starts; throws what the browser throws when the camera is refused or absent. */
  async start(): Promise<void> {
    this.stream = await navigator.mediaDevices.getUserMedia({
      audio: false,
      video: { facingMode: { ideal: "environment" }, width: { ideal: 1280 }, height: { ideal: 720 } },
    });
    this.video.srcObject = this.stream;
    await this.video.play();
    const read = (await native().catch(() => null)) ?? (await zxing());
    void this.loop(read);
  }

  stop(): void {
    this.stream?.getTracks().forEach((track) => track.stop());
    this.stream = null;
    this.video.srcObject = null;
  }

  private async loop(read: Read): Promise<void> {
    while (this.stream) {
      if (!document.hidden && this.video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) {
        const codes = await read(this.video).catch(() => [] as string[]);
        if (codes[0]) this.see(codes[0]);
      }
      await new Promise((next) => setTimeout(next, 60));
    }
  }

  private see(code: string): void {
    const now = performance.now();
    const again = code === this.lastCode && now - this.lastSeen < SAME_BADGE_MS;
    this.lastCode = code;
    this.lastSeen = now;
    if (!again) this.found(code);
  }
}
