// Whether the page is live, and if not, what is wrong and when it tries again.

import { setText } from './html.js';

/** An answer that is older than this many seconds is worth a word. */
const OLD = 3;

const $ = (id) => document.getElementById(id);

export class Status {

	paused = false;

	#poller;
	#answered = null;
	#problem = null;

	constructor(poller) {
		this.#poller = poller;
	}

	get live() {
		return !this.paused && this.#problem === null && this.#answered !== null;
	}

	answered() {
		this.#answered = performance.now();
		this.#problem = null;
		$('problem').hidden = true;
		document.body.classList.remove('stale', 'waiting');
		this.show();
	}

	failed(problem) {
		this.#problem = problem;
		document.body.classList.toggle('stale', this.#answered !== null);
		setText($('problem-title'), problem.title);
		setText($('problem-text'), problem.message);
		$('problem').hidden = false;
		this.show();
	}

	show() {
		const now = performance.now();
		const age = this.#answered === null ? null : Math.round((now - this.#answered) / 1000);
		const old = age === null ? '' : `, last answer ${age} s ago`;
		const kind = this.paused ? 'paused' : this.#problem ? 'problem' : age === null ? 'waiting' : 'live';
		$('status').dataset.status = kind;
		setText($('status-text'), {
			paused: `Paused${old}`,
			problem: `Not live${old}`,
			waiting: 'Waiting for the first answer',
			live: age > OLD ? `Waiting${old}` : 'Live',
		}[kind]);
		if (this.#problem) {
			const { due } = this.#poller;
			setText($('problem-next'), this.paused ? '' : due === null ? 'Trying now' : `Next try in ${Math.max(0, Math.ceil((due - now) / 1000))} s`);
		}
	}

}
