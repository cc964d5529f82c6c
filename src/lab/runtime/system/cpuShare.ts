const sliceMilliseconds = 4;
const pauseMilliseconds = 6;

/** Shares the lab's one thread: busy loops inside containers pause often enough for everybody else to run. */
export class CpuShare {
  private sliceStart = performance.now();
  private pause: Promise<void> | undefined;

  /** Called between two steps of a program. */
  async breathe(): Promise<void> {
    if (this.pause === undefined) {
      if (performance.now() - this.sliceStart < sliceMilliseconds) return;
      this.pause = new Promise((resolve) =>
        setTimeout(() => {
          this.sliceStart = performance.now();
          this.pause = undefined;
          resolve();
        }, pauseMilliseconds),
      );
    }
    await this.pause;
  }
}
