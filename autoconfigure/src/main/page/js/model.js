// Makes of an answer what the page shows. Fields that are missing, or not what they should be, count as not known.

import { isNumber, text } from './format.js';
import { Memory, pressureOf, ratesOf, retryOf } from './memory.js';
import { Places } from './places.js';
import { blocksOf } from './topology.js';

const isObject = (value) => value !== null && typeof value === 'object';

const list = (value) => (Array.isArray(value) ? value.filter(isObject) : []);

export class Model {

	#traffic = new Memory();
	#retries = new Memory();
	#levels = new Memory();
	#places = new Places();

	/** @returns the sockets, their endpoints and totals, and the blocks of the picture */
	read(answer, now) {
		const ids = new Set();
		const sockets = list(answer.sockets).map((socket, index) => this.#socket(socket, index, ids, now));
		const endpoints = sockets.flatMap((socket) => socket.endpoints);
		[this.#traffic, this.#retries, this.#levels].forEach((memory) => memory.turn());
		const blocks = blocksOf(sockets);
		this.#places.assign(blocks, now);
		return { sockets, endpoints, blocks, totals: totalsOf(answer.summary, sockets, endpoints) };
	}

	#socket(json, index, ids, now) {
		const id = text(json.id);
		const socket = {
			json,
			id: id && !ids.has(id) ? id : `${id || text(json.name)}#${index}`,
			name: text(json.name) || id || 'socket',
			type: text(json.type),
			context: text(json.context),
			messages: isObject(json.messages) ? json.messages : {},
			queues: isObject(json.queues) ? json.queues : {},
		};
		ids.add(socket.id);
		socket.endpoints = list(json.endpoints).map((endpoint, number) => this.#endpoint(socket, endpoint, number, now));
		socket.rates = ratesOf(this.#traffic, socket, now);
		socket.pressure = pressureOf(this.#levels, socket, now);
		return socket;
	}

	#endpoint(socket, json, number, now) {
		const endpoint = {
			json,
			socket,
			key: `${socket.id}|${text(json.endpoint)}|${number}`,
			endpoint: text(json.endpoint) || text(json.address) || '?',
			address: text(json.address),
			role: text(json.role),
			transport: text(json.transport),
			state: text(json.state) || 'unknown',
			connections: isNumber(json.connections) ? json.connections : null,
			peers: Array.isArray(json.peers) ? list(json.peers) : null,
		};
		endpoint.retry = retryOf(this.#retries, endpoint, now);
		return endpoint;
	}

}

function totalsOf(summary, sockets, endpoints) {
	const states = new Map();
	if (isObject(summary?.states)) {
		Object.entries(summary.states).filter(([, number]) => isNumber(number))
			.forEach(([state, number]) => states.set(state, number));
	}
	else {
		endpoints.forEach((endpoint) => states.set(endpoint.state, (states.get(endpoint.state) ?? 0) + 1));
	}
	const sum = (values) => (values.length ? values.reduce((left, right) => left + right, 0) : null);
	const numberOr = (value, other) => (isNumber(value) ? value : other);
	return {
		sockets: numberOr(summary?.sockets, sockets.length),
		endpoints: numberOr(summary?.endpoints, endpoints.length),
		connections: numberOr(summary?.connections, sum(endpoints.map((endpoint) => endpoint.connections).filter(isNumber))),
		received: sum(sockets.map((socket) => socket.rates?.received).filter(isNumber)),
		states,
	};
}
