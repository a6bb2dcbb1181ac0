/** Asks again for what may have changed: one question at a time, and none too soon after another. */

export class Refresher<Answer> {
  private askedAt = -Infinity;
  private waiting: ReturnType<typeof setTimeout> | undefined;
  private asking = false;
  private again = false;
  private stopped = false;

  /** apart: ms between two questions at least. */
  constructor(
    private readonly load: () => Promise<Answer>,
    private readonly take: (answer: Answer) => void,
    private readonly apart: number,
    private readonly failed: (error: unknown) => void = () => undefined,
  ) {}

  /** Ask now, or as soon as may be. */
  ask(): void {
    if (this.stopped || this.waiting !== undefined) return;
    if (this.asking) {
      this.again = true;
      return;
    }
    const wait = Math.max(0, this.askedAt + this.apart - Date.now());
    this.waiting = setTimeout(() => {
      this.waiting = undefined;
      void this.run();
    }, wait);
  }

  /** Ask no more; what is still under way is not taken. */
  stop(): void {
    this.stopped = true;
    clearTimeout(this.waiting);
  }

  private async run(): Promise<void> {
    this.asking = true;
    this.askedAt = Date.now();
    try {
      const answer = await this.load();
      if (!this.isOver()) this.take(answer);
    } catch (error) {
      if (!this.isOver()) this.failed(error);
    }
    this.asking = false;
    if (!this.again) return;
    this.again = false;
    this.ask();
  }

  private isOver(): boolean {
    return this.stopped;
  }
}
