// What one answer alone does not tell: rates, when a retry was armed, queues that were full a moment ago.

import { durationMillis, isNumber, percent } from './format.js';

const RATE_SAMPLES = 4;
const PRESSURE = 0.8;
const PRESSURE_MILLIS = 5000;

/** Values by key. What an answer does not speak of is forgotten with the next. */
export class Memory {

	#before = new Map();
	#now = new Map();

	get = (key) => this.#before.get(key);

	keep(key, value) {
		this.#now.set(key, value);
		return value;
	}

	turn() {
		this.#before = this.#now;
		this.#now = new Map();
	}

}

/** Messages a second, sent and received; null as long as they can't be known. */
export function ratesOf(memory, socket, now) {
	const { sent, received } = socket.messages;
	if (!isNumber(sent) && !isNumber(received)) {
		return null;
	}
	const samples = [...memory.get(socket.id) ?? [], { now, sent, received }].slice(-RATE_SAMPLES);
	memory.keep(socket.id, samples);
	const [first] = samples;
	const elapsed = (now - first.now) / 1000;
	const rateOf = (last, begin) => (elapsed > 0 && isNumber(last) && isNumber(begin) && last >= begin
		? (last - begin) / elapsed : null);
	return { sent: rateOf(sent, first.sent), received: rateOf(received, first.received) };
}

/**
 * The current retry interval, and when it ends. The answer does not tell when it began: that is known to a second or so,
 * from the answer in which the number of retries was another.
 */
export function retryOf(memory, endpoint, now) {
	const interval = durationMillis(endpoint.json.retryInterval);
	if (endpoint.state !== 'retrying' || interval === null) {
		return null;
	}
	const { retries } = endpoint.json;
	const known = memory.get(endpoint.key);
	if (known && known.retries === retries && known.interval === interval) {
		return memory.keep(endpoint.key, known);
	}
	return memory.keep(endpoint.key, { interval, retries, due: known ? now + interval : null });
}

/**
 * What is worth saying about the queues in the picture: nothing, unless one is or just was full or nearly so. A queue
 * under pressure gets places back in batches; the worst of some seconds is what its sender meets.
 */
export function pressureOf(memory, socket, now) {
	const found = [];
	for (const [direction, words, arrow] of [['sent', 'send queue', '↑'], ['received', 'receive queue', '↓']]) {
		const key = `${socket.id}|${direction}`;
		const queue = socket.queues[direction];
		const level = queue?.full > 0 ? 1 : queue?.utilization ?? 0;
		const known = memory.get(key);
		const recent = known && now - known.at < PRESSURE_MILLIS ? known : null;
		const worst = level >= PRESSURE && !(recent?.level > level) ? { level, at: now } : recent;
		if (queue && worst) {
			memory.keep(key, worst);
			const state = worst.level >= 1 ? 'full' : percent(worst.level);
			found.push({ direction, short: `${arrow} queue ${state}`, words: `${words} ${state}` });
		}
	}
	return found;
}
