// What was measured, in the form of the other measurements: name, value, unit. `bench table` prints it with the bars.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export const rounds = Number(process.env.SHENDU_VITALS_ROUNDS ?? 5);

const folder = process.env.SHENDU_BENCH_OUT ?? join('..', 'target', 'bench');

interface Figure {
  what: string;
  value: number;
  unit: string;
}

export class Figures {
  private readonly all: Figure[] = [];

  add(what: string, value: number, unit: string): void {
    if (!Number.isFinite(value)) throw new Error(`${what} was not measured`);
    this.all.push({ what, value, unit });
  }

  /** The middle of the rounds, and the worst beside it. */
  of(what: string, values: number[], unit: string): void {
    const sorted = [...values].sort((one, other) => one - other);
    this.add(`${what}, median`, sorted[Math.floor(sorted.length / 2)] ?? NaN, unit);
    this.add(`${what}, worst`, sorted.at(-1) ?? NaN, unit);
  }

  async write(name: string): Promise<void> {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, name), JSON.stringify(this.all, undefined, 2));
  }
}
