// Asks the endpoint again and again, slower while it does not answer.

const INTERVAL = 1000;
const TIMEOUT = 5000;
const BACKOFF = [1000, 2000, 4000, 8000, 15000];

export class Poller {

	#url;
	#onAnswer;
	#onProblem;
	#timer = null;
	#running = false;
	#busy = false;
	#failures = 0;
	#due = null;

	constructor(url, onAnswer, onProblem) {
		this.#url = url;
		this.#onAnswer = onAnswer;
		this.#onProblem = onProblem;
	}

	/** When the next attempt begins, in the time of performance.now(), or null. */
	get due() {
		return this.#busy ? null : this.#due;
	}

	start() {
		this.#running = true;
		this.now();
	}

	stop() {
		this.#running = false;
		clearTimeout(this.#timer);
	}

	now() {
		clearTimeout(this.#timer);
		if (!this.#busy) {
			this.#ask();
		}
	}

	async #ask() {
		this.#busy = true;
		const begin = performance.now();
		let wait;
		try {
			const answer = await getJson(this.#url);
			this.#failures = 0;
			await this.#onAnswer(answer);
			wait = Math.max(100, INTERVAL - (performance.now() - begin));
		}
		catch (problem) {
			wait = BACKOFF[Math.min(this.#failures, BACKOFF.length - 1)];
			this.#failures++;
			this.#onProblem(problem);
		}
		finally {
			this.#busy = false;
		}
		if (this.#running) {
			this.#due = performance.now() + wait;
			this.#timer = setTimeout(() => this.#ask(), wait);
		}
	}

}

/** A problem that people can do something about. */
export class Problem extends Error {

	constructor(title, hint) {
		super(hint);
		this.title = title;
	}

}

export async function getJson(url) {
	const limit = new AbortController();
	const timer = setTimeout(() => limit.abort(), TIMEOUT);
	try {
		const response = await fetch(url, { headers: { Accept: 'application/json' }, credentials: 'same-origin', cache: 'no-store', signal: limit.signal });
		if (!response.ok) {
			throw new Problem(`The endpoint answers ${response.status}`, hint(response.status));
		}
		if (!(response.headers.get('content-type') ?? '').includes('json')) {
			throw new Problem('The endpoint answers with something else', 'Perhaps it asks to log in. Reload this page to see.');
		}
		return await response.json();
	}
	catch (ex) {
		if (ex instanceof Problem) {
			throw ex;
		}
		if (ex.name === 'AbortError') {
			throw new Problem('The endpoint does not answer', `It took more than ${TIMEOUT / 1000} s.`);
		}
		if (ex instanceof SyntaxError) {
			throw new Problem('The endpoint gives an answer that cannot be read', ex.message);
		}
		throw new Problem('The application cannot be reached', 'It may be stopped or restarting. What is shown here is its last known state.');
	}
	finally {
		clearTimeout(timer);
	}
}

function hint(status) {
	switch (status) {
		case 401:
		case 403:
			return 'It wants a login or a role.';
		case 404:
			return 'Is it exposed still? management.endpoints.web.exposure.include must name zmq.';
		default:
			return status >= 500 ? 'The log of the application says why.' : 'Reload this page to see what it says.';
	}
}
